import { useSignal } from '@preact/signals';
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { endOf } from '../../model/life.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { tellChain } from '../../rules/chains/told.ts';
import { usePanel } from '../context.ts';
import { livedMs } from '../facts.ts';
import { Icon } from '../icons.tsx';
import type { SessionView } from '../session.ts';
import { clockTime, codeLabel } from '../sockets/cells.tsx';
import { reconnect } from '../sockets/rows.ts';
import { Separator } from '../split.tsx';
import { t, words } from '../words.ts';
import { recommendedDelay } from './backoff.ts';
import { draw, type Hit, hitAt, LANE_HEIGHT, type Palette, paletteOf, type Scene } from './draw.ts';
import { lanesOf, marksOf } from './model.ts';
import { Ruler } from './ruler.tsx';
import { fitted, type Window, zoomed } from './scale.ts';

const RULER_HEIGHT = 20;
/** More lanes than this scroll, unless the user makes room. */
const MOST_LANES = 6;
/** In a live session the picture moves on this often while nothing else happens. */
const TICK_MS = 250;
/** A drag shorter than this is a click. */
const CLICK_PX = 4;

/** The life of each endpoint as a lane: sockets as bars, waits as gaps. */
export function Lanes(props: {
  readonly view: SessionView;
  readonly matched: readonly SocketRecord[] | undefined;
}) {
  const { view, matched } = props;
  const { ui, store } = usePanel();
  const { duration } = words.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  /** Asking for styles costs a layout: once a theme. */
  const palette = useRef<Palette | undefined>(undefined);
  /** undefined: everything is shown, and follows what comes. */
  const zoom = useSignal<Window | undefined>(undefined);
  /** The length of the shown time where its end follows now. */
  const follow = useSignal(true);
  const hover = useSignal<{ hit: Hit | undefined; x: number; y: number } | undefined>(undefined);
  const brush = useSignal<{ from: number; to: number } | undefined>(undefined);
  const width = useSignal(0);
  const height = useSignal(0);
  const scrollTop = useSignal(0);

  const model = useMemo(() => lanesOf(view), [view]);
  const { log } = store.current.value;
  const marks = useMemo(() => marksOf(log.pageEvents()), [view]);
  const matchedIds = useMemo(
    () => (matched === undefined ? undefined : new Set(matched.map((socket) => socket.id))),
    [matched],
  );
  const lanes = useMemo(
    () =>
      matchedIds === undefined ? model.lanes : model.lanes.filter((lane) => lane.holds(matchedIds)),
    [model, matchedIds],
  );

  // What a new page brings is looked for: the lanes of those before it make room.
  const newest = model.lanes.at(-1)?.chain?.sockets[0];
  const page = useRef<{ readonly document: string | undefined; readonly at: number } | undefined>(
    undefined,
  );
  useLayoutEffect(() => {
    const socket = newest === undefined ? undefined : view.sockets.get(newest);
    if (!view.live || socket?.top !== true) return;
    const before = page.current;
    if (
      before !== undefined &&
      (socket.document === before.document || socket.firstAt < before.at)
    ) {
      return;
    }
    page.current = { document: socket.document, at: socket.firstAt };
    if (before !== undefined && scroller.current !== null) {
      scroller.current.scrollTop = (lanes.length - 1) * LANE_HEIGHT;
    }
  }, [newest]);

  const nowOf = () => (view.live ? store.current.value.now : view.now);
  const windowOf = (): Window => {
    const now = nowOf();
    const wide = zoom.value;
    if (wide === undefined) return fitted(model.from, view.live ? now : Math.max(model.to, now));
    if (!follow.value || !view.live) return wide;
    const span = wide.to - wide.from;
    return { from: now - span * 0.97, to: now + span * 0.03 };
  };
  const sceneOf = (): Scene => ({
    lanes,
    ...marks,
    window: windowOf(),
    now: nowOf(),
    live: view.live,
    width: width.value,
    height: height.value,
    scrollTop: scrollTop.value,
    selected: ui.selected.value,
    matched: matchedIds,
    hovered: hover.value?.hit,
    brush: brush.value,
    cursor: hover.value?.x,
    duration,
  });

  const paint = () => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element == null || context == null || width.value === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const w = Math.round(width.value * ratio);
    const h = Math.round(height.value * ratio);
    if (element.width !== w) element.width = w;
    if (element.height !== h) element.height = h;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    palette.current ??= paletteOf(element);
    draw(context, sceneOf(), palette.current);
  };
  useLayoutEffect(paint);
  // The colours follow the theme, whoever sets it.
  useEffect(() => {
    const observer = new MutationObserver(() => {
      palette.current = undefined;
      paint();
    });
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      width.value = canvas.current?.parentElement?.clientWidth ?? 0;
      height.value = element.clientHeight;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Bars of open sockets grow though nothing is told of them.
  const tick = useSignal(0);
  const moving = view.live && (zoom.value === undefined || follow.value);
  useEffect(() => {
    if (!moving) return;
    const id = setInterval(() => {
      if (!document.hidden) tick.value += 1;
    }, TICK_MS);
    return () => clearInterval(id);
  }, [moving]);
  void tick.value;

  const timeAt = (x: number): number => {
    const shown = windowOf();
    return shown.from + (x / Math.max(1, width.value)) * (shown.to - shown.from);
  };
  const setZoom = (next: Window | undefined, keepFollow = false) => {
    zoom.value = next;
    follow.value = next === undefined || (keepFollow && follow.value);
  };
  const pointOf = (event: MouseEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const drag = useRef<{ x: number; moved: boolean } | undefined>(undefined);
  const onPointerMove = (event: TargetedPointerEvent<HTMLCanvasElement>) => {
    const { x, y } = pointOf(event);
    if (drag.current !== undefined) {
      if (Math.abs(x - drag.current.x) >= CLICK_PX) drag.current.moved = true;
      if (drag.current.moved) {
        const a = timeAt(drag.current.x);
        const b = timeAt(x);
        brush.value = { from: Math.min(a, b), to: Math.max(a, b) };
      }
    }
    hover.value = { hit: hitAt(sceneOf(), x, y), x, y };
  };
  const onPointerUp = (event: TargetedPointerEvent<HTMLCanvasElement>) => {
    const moved = drag.current?.moved === true;
    drag.current = undefined;
    if (moved && brush.value !== undefined) {
      const { from, to } = brush.value;
      brush.value = undefined;
      const shown = windowOf();
      setZoom(to - from > 20 ? { from, to } : shown);
      return;
    }
    brush.value = undefined;
    const { x, y } = pointOf(event);
    const hit = hitAt(sceneOf(), x, y);
    if (hit === undefined) return;
    ui.selected.value = hit.kind === 'bar' ? hit.bar.id : hit.gap.ended;
    ui.detailOpen.value = true;
  };
  /** Around the selected socket, brought into sight; where none is selected, around the middle. */
  const zoomBy = (factor: number) => {
    const shown = windowOf();
    const socket = view.sockets.get(ui.selected.value ?? '');
    if (socket === undefined) {
      setZoom(zoomed(shown, factor, (shown.from + shown.to) / 2), true);
      return;
    }
    const start = socket.openingAt ?? socket.firstAt;
    const at = (start + (endOf(socket) ?? nowOf())) / 2;
    const half = (shown.to - shown.from) / 2;
    const inSight = at >= shown.from && at <= shown.to;
    setZoom(zoomed(inSight ? shown : { from: at - half, to: at + half }, factor, at));
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const shown = windowOf();
    const span = shown.to - shown.from;
    switch (event.key) {
      case 'ArrowLeft':
        setZoom({ from: shown.from - span / 10, to: shown.to - span / 10 });
        break;
      case 'ArrowRight':
        setZoom({ from: shown.from + span / 10, to: shown.to + span / 10 });
        break;
      case '+':
      case '=':
        zoomBy(0.7);
        break;
      case '-':
        zoomBy(1 / 0.7);
        break;
      case '0':
      case 'Escape':
        setZoom(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  // A listener of Preact's is passive in some browsers and could not keep the page from zooming.
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && event.deltaX === 0) return;
      event.preventDefault();
      const shown = windowOf();
      if (event.ctrlKey || event.metaKey) {
        setZoom(zoomed(shown, Math.exp(event.deltaY * 0.002), timeAt(pointOf(event).x)), true);
      } else {
        const by = (event.deltaX / Math.max(1, width.value)) * (shown.to - shown.from);
        setZoom({ from: shown.from + by, to: shown.to + by });
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });

  const lanesHeight = () =>
    ui.lanesHeight.value ??
    RULER_HEIGHT + Math.min(MOST_LANES, Math.max(2, model.lanes.length)) * LANE_HEIGHT + 1;
  const shown = windowOf();
  const tip = hover.value;
  return (
    <>
      <section
        class="lanes"
        id="lanes"
        aria-label={t('panel_lanes')}
        style={{ height: `${lanesHeight()}px` }}
      >
        <div class="lanes-top" style={{ height: `${RULER_HEIGHT}px` }}>
          <div class="lanes-tools">
            {view.live && zoom.value !== undefined && (
              <button
                type="button"
                class="icon-button"
                aria-pressed={follow.value}
                aria-label={t('panel_lanes_follow')}
                title={t('panel_lanes_follow')}
                onClick={() => {
                  follow.value = !follow.value;
                }}
              >
                <Icon name="follow" />
              </button>
            )}
            <button
              type="button"
              class="icon-button"
              disabled={zoom.value === undefined}
              aria-label={t('panel_lanes_fit')}
              title={t('panel_lanes_fit')}
              onClick={() => setZoom(undefined)}
            >
              <Icon name="fit" />
            </button>
          </div>
          <Ruler
            window={shown}
            width={width.value}
            startedAt={view.startedAt}
            flags={marks.flags}
            bands={marks.bands}
            cursor={tip === undefined ? undefined : { x: tip.x, t: timeAt(tip.x) }}
          />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
        <div
          class="lanes-scroll"
          role="group"
          ref={scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows, + and - move and zoom the picture.
          tabIndex={0}
          aria-label={t('panel_lanes_label', {
            count: lanes.length,
            spanMs: Math.max(0, shown.to - shown.from),
          })}
          onKeyDown={onKeyDown}
          onScroll={(event) => {
            scrollTop.value = event.currentTarget.scrollTop;
          }}
        >
          <div class="lanes-content" style={{ height: `${lanes.length * LANE_HEIGHT}px` }}>
            <Labels
              view={view}
              lanes={lanes}
              from={Math.floor(scrollTop.value / LANE_HEIGHT)}
              count={Math.ceil(height.value / LANE_HEIGHT) + 1}
            />
            <div class="lanes-canvas" style={{ height: `${height.value}px` }}>
              {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus; the group around it does. */}
              <canvas
                ref={canvas}
                aria-hidden="true"
                style={{ width: `${width.value}px`, height: `${height.value}px` }}
                onPointerDown={(event) => {
                  if (event.button !== 0) return;
                  event.currentTarget.setPointerCapture(event.pointerId);
                  drag.current = { x: pointOf(event).x, moved: false };
                }}
                onPointerMove={onPointerMove}
                onPointerUp={onPointerUp}
                onPointerLeave={() => {
                  hover.value = undefined;
                }}
                onDblClick={() => setZoom(undefined)}
              />
            </div>
          </div>
        </div>
        {tip?.hit !== undefined && brush.value === undefined && (
          <Tip
            hit={tip.hit}
            view={view}
            now={nowOf()}
            canvas={canvas.current}
            x={tip.x}
            y={tip.y}
          />
        )}
      </section>
      <Separator
        orientation="horizontal"
        label={t('panel_separator_lanes')}
        value={Math.min(100, lanesHeight() / 6)}
        controls="lanes"
        start={lanesHeight}
        onDrag={(delta, start) => {
          ui.lanesHeight.value = clampHeight(start + delta);
        }}
        onStep={(steps) => {
          ui.lanesHeight.value = clampHeight(lanesHeight() + steps * LANE_HEIGHT);
        }}
        onReset={() => {
          ui.lanesHeight.value = undefined;
        }}
      />
    </>
  );
}

function clampHeight(value: number): number {
  return Math.max(RULER_HEIGHT + LANE_HEIGHT, Math.min(window.innerHeight - 160, value));
}

function Labels(props: {
  view: SessionView;
  lanes: ReturnType<typeof lanesOf>['lanes'];
  from: number;
  count: number;
}) {
  const { view, lanes, from, count } = props;
  // Thousands of lanes, several times a second: no reading of each address.
  const hosts = useMemo(() => {
    const first = lanes[0]?.label ?? '';
    const path = partsOf(first)[1];
    const start = first.slice(0, first.length - path.length) + path.slice(0, 1);
    return lanes.some(({ label }) => !label.startsWith(start) || label.length <= start.length);
  }, [lanes]);
  return (
    <div class="lanes-labels">
      {lanes.slice(from, from + count).map((lane, i) => (
        <div
          key={lane.id}
          class={`lane-label ${(from + i) % 2 === 1 ? 'row-odd' : ''}`}
          style={{ top: `${(from + i) * LANE_HEIGHT}px` }}
          title={
            lane.chain === undefined
              ? lane.label
              : `${lane.label}\n${t(tellChain(lane.chain, view.sockets))}`
          }
        >
          <LaneName label={lane.label} hosts={hosts} />
        </div>
      ))}
    </div>
  );
}

function partsOf(label: string): readonly [host: string, path: string] {
  const [, host = label, path = ''] = /^(?:wss?:\/\/)?([^/]*)(.*)$/is.exec(label) ?? [];
  return [host, path];
}

/** Hosts are told where lanes differ in them, or one has no more than that. */
function LaneName({ label, hosts }: { label: string; hosts: boolean }) {
  const [host, path] = partsOf(label);
  return (
    <span class="lane-name">
      {hosts && <span class="lane-host text">{host}</span>}
      <span class="lane-path text keep-end">
        <bdi dir="ltr">{path}</bdi>
      </span>
    </span>
  );
}

function Tip(props: {
  hit: Hit;
  view: SessionView;
  now: number;
  canvas: HTMLCanvasElement | null;
  x: number;
  y: number;
}) {
  const { hit, view, now, canvas, x, y } = props;
  const { duration } = words.value;
  const box = canvas?.getBoundingClientRect();
  if (box === undefined) return null;
  const left = Math.min(box.left + x + 12, Math.max(4, window.innerWidth - 300));
  const top = box.top + y + 16;
  let lines: (string | undefined)[];
  if (hit.kind === 'gap') {
    const { gap } = hit;
    const { fromMs, toMs } = recommendedDelay(gap.attempt);
    const before = view.sockets.get(gap.ended);
    // After 1008 nobody should come back unchanged, and who loads a page anew keeps no schedule.
    const advised =
      before !== undefined && before.code !== 1008 && reconnect(view, before).kind !== 'reloaded';
    lines = [
      t('panel_lanes_gap', { attempt: gap.attempt, delayMs: gap.to - gap.from }),
      advised
        ? t('panel_lanes_recommended', { from: duration(fromMs), to: duration(toMs) })
        : undefined,
      `${clockTime(view.startedAt + gap.from)} – ${clockTime(view.startedAt + gap.to)}`,
    ];
  } else {
    const socket = view.sockets.get(hit.bar.id);
    if (socket === undefined) return null;
    const lived = livedMs(socket, now);
    lines = [
      socket.code === undefined
        ? t(`panel_state_${socket.state}`)
        : `${codeLabel(socket.code)}${socket.reason ? ` “${socket.reason}”` : ''}`,
      socket.openAt !== undefined && socket.openingAt !== undefined
        ? t('panel_lanes_handshake', { tookMs: socket.openAt - socket.openingAt })
        : undefined,
      lived === undefined ? undefined : t('panel_lanes_lived', { livedMs: lived }),
      hit.bar.to === undefined
        ? t('panel_lanes_since', { time: clockTime(view.startedAt + hit.bar.from) })
        : `${clockTime(view.startedAt + hit.bar.from)} – ${clockTime(view.startedAt + hit.bar.to)}`,
    ];
  }
  return (
    <div class="tip" style={{ left: `${left}px`, top: `${top}px` }}>
      <div class="tip-title text">{hit.lane.label}</div>
      {lines
        .filter((line) => line !== undefined)
        .map((line) => (
          <div key={line}>
            <bdi>{line}</bdi>
          </div>
        ))}
    </div>
  );
}
