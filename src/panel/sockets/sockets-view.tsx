import { useComputed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nameOfCode } from '../../model/close-codes.ts';
import { usePanel } from '../context.ts';
import { Detail } from '../detail/detail.tsx';
import { parseFilter, WORD_KEYS, WORDS } from '../filter/parse.ts';
import { Icon } from '../icons.tsx';
import { Lanes } from '../lanes/lanes.tsx';
import { EmptySockets } from '../shell/empty.tsx';
import { Separator } from '../split.tsx';
import { t } from '../words.ts';
import { FilterBox } from './filter-box.tsx';
import { Grid } from './grid.tsx';
import { rowsOf } from './rows.ts';

/** Below this width the detail stands under the grid instead of beside it. */
const STACK_BELOW = 640;

export function SocketsView() {
  const { store, ui } = usePanel();
  const root = useRef<HTMLDivElement>(null);
  const split = useRef<HTMLDivElement>(null);
  const [stacked, setStacked] = useState(false);
  const filter = useComputed(() => parseFilter(ui.filter.value));
  const codeNames = useComputed(() => {
    const known = new Map<number, string>();
    return (code: number) => {
      let name = known.get(code);
      if (name === undefined) {
        name = t(nameOfCode(code));
        known.set(code, name);
      }
      return name;
    };
  });
  const rows = useComputed(() =>
    rowsOf(store.view.value, {
      filter: filter.value,
      sort: ui.sort.value,
      grouped: ui.grouped.value,
      collapsed: ui.collapsed.value,
      codeName: codeNames.value,
    }),
  );
  const view = store.view.value;
  const selected =
    ui.selected.value === undefined ? undefined : view.sockets.get(ui.selected.value);
  const detail = ui.detailOpen.value && selected !== undefined;

  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setStacked(element.clientWidth < STACK_BELOW));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const focusGrid = () => root.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  const closeDetail = () => {
    ui.detailOpen.value = false;
    focusGrid();
  };
  const size = () => (stacked ? split.current?.clientHeight : split.current?.clientWidth) || 1;
  const setSplit = (share: number) => {
    ui.split.value = Math.min(0.85, Math.max(0.15, share));
  };

  return (
    <div class="sockets-view" ref={root}>
      <div class="view-bar">
        <FilterBox view={view} onLeave={focusGrid} />
        <ToggleButton icon="lanes" label={t('panel_lanes')} value={ui.lanes} />
        <ToggleButton icon="group" label={t('panel_group_by_chain')} value={ui.grouped} />
        <button
          type="button"
          class="icon-button"
          aria-label={t('panel_columns')}
          title={t('panel_columns')}
          onClick={() => {
            ui.dialog.value = 'columns';
          }}
        >
          <Icon name="columns" />
        </button>
      </div>
      {ui.lanes.value && view.sockets.size > 0 && (
        <Lanes
          view={view}
          matched={filter.value.terms.length > 0 ? rows.value.matched : undefined}
        />
      )}
      <div
        class={`split ${stacked ? 'split-stacked' : ''}`}
        ref={split}
        style={{ '--detail': detail ? `${(ui.split.value * 100).toFixed(2)}%` : '0px' }}
      >
        <div class="split-main" id="sockets-main">
          {view.sockets.size === 0 ? (
            <EmptySockets />
          ) : rows.value.rows.length === 0 ? (
            <>
              <div class="grid-empty">
                <Grid rows={[]} view={view} onOpen={() => {}} onLeave={() => {}} />
              </div>
              <div class="empty empty-small">
                <p>{t('panel_no_match')}</p>
                <KeyInstead />
                <button type="button" class="button" onClick={() => (ui.filter.value = '')}>
                  {t('panel_filter_clear')}
                </button>
              </div>
            </>
          ) : (
            <Grid
              rows={rows.value.rows}
              view={view}
              onOpen={() => {
                ui.detailOpen.value = true;
              }}
              onLeave={() => {
                if (ui.detailOpen.value) closeDetail();
                else ui.selected.value = undefined;
              }}
            />
          )}
        </div>
        {detail && selected !== undefined && (
          <>
            <Separator
              orientation={stacked ? 'horizontal' : 'vertical'}
              label={t('panel_separator_detail')}
              value={(1 - ui.split.value) * 100}
              controls="sockets-main"
              start={() => ui.split.value}
              onDrag={(delta, start) => setSplit(start - delta / size())}
              onStep={(steps) => setSplit(ui.split.value - steps * 0.02)}
              onReset={() => setSplit(0.42)}
            />
            <Detail socket={selected} view={view} onClose={closeDetail} />
          </>
        )}
      </div>
    </div>
  );
}

/** A word that stands in the grid is found by its key: "never" by `is:never`. */
function KeyInstead() {
  const { ui } = usePanel();
  const word = ui.filter.value.trim().toLowerCase();
  const key = WORD_KEYS.find((one) => WORDS[one].some((known) => known.toLowerCase() === word));
  if (key === undefined) return null;
  const filter = `${key}:${word}`;
  return (
    <button type="button" class="button" onClick={() => (ui.filter.value = filter)}>
      {t('panel_filter_try', { filter })}
    </button>
  );
}

function ToggleButton(props: {
  icon: Parameters<typeof Icon>[0]['name'];
  label: string;
  value: { value: boolean };
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.value.value}
      onClick={() => {
        props.value.value = !props.value.value;
      }}
    >
      <Icon name={props.icon} />
    </button>
  );
}
