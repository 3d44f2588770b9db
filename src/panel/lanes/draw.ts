import type { Outcome } from '../facts.ts';
import { MARK_FILLED, MARK_PATHS } from '../mark.tsx';
import { recommendedDelay } from './backoff.ts';
import type { Band, Bar, Flag, Gap, Lane } from './model.ts';
import type { Window } from './scale.ts';

export const LANE_HEIGHT = 20;

/** Colours taken from the theme's tokens; the canvas knows no custom properties. */
export interface Palette {
  readonly bg: string;
  readonly fg: string;
  readonly muted: string;
  readonly border: string;
  readonly stripe: string;
  readonly accent: string;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly font: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim() || 'CanvasText';
  const error = token('--error');
  const muted = token('--fg-muted');
  return {
    bg: token('--bg'),
    fg: token('--fg'),
    muted,
    border: token('--border'),
    stripe: token('--bg-stripe'),
    accent: token('--accent'),
    outcome: {
      connecting: token('--info'),
      open: token('--ok'),
      closing: token('--info'),
      normal: muted,
      leaving: token('--warning'),
      refused: error,
      application: token('--private'),
      broken: error,
      unseen: muted,
    },
    font: `10px ${style.fontFamily}`,
  };
}

export interface Scene {
  readonly lanes: readonly Lane[];
  readonly bands: readonly Band[];
  readonly flags: readonly Flag[];
  readonly window: Window;
  readonly now: number;
  readonly live: boolean;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly selected?: string;
  /** Sockets that pass the filter; undefined: all do. */
  readonly matched?: ReadonlySet<string>;
  readonly hovered?: Hit;
  readonly brush?: Window;
  readonly cursor?: number;
  duration(ms: number): string;
}

/** Pixels between two marks of one kind. */
const MARK_APART = 9;

export type Hit =
  | { readonly kind: 'bar'; readonly lane: Lane; readonly bar: Bar }
  | { readonly kind: 'gap'; readonly lane: Lane; readonly gap: Gap };

export function draw(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { width, height, window: shown, lanes, scrollTop } = scene;
  const x = scaleOf(shown, width);
  context.clearRect(0, 0, width, height);
  context.font = palette.font;
  context.textBaseline = 'middle';

  drawBands(context, scene, palette, x);
  const first = Math.max(0, Math.floor(scrollTop / LANE_HEIGHT));
  const last = Math.min(lanes.length, Math.ceil((scrollTop + height) / LANE_HEIGHT));
  for (let i = first; i < last; i += 1) {
    const top = i * LANE_HEIGHT - scrollTop;
    if (i % 2 === 1) {
      context.fillStyle = palette.stripe;
      context.fillRect(0, top, width, LANE_HEIGHT);
    }
    drawLane(context, lanes[i]!, top, scene, palette, x);
  }
  drawFlags(context, scene, palette, x);
  if (scene.brush !== undefined) {
    context.globalAlpha = 0.18;
    context.fillStyle = palette.accent;
    context.fillRect(x(scene.brush.from), 0, x(scene.brush.to) - x(scene.brush.from), height);
    context.globalAlpha = 1;
  }
  if (scene.cursor !== undefined) {
    context.fillStyle = palette.muted;
    context.fillRect(Math.round(scene.cursor), 0, 1, height);
  }
}

export function scaleOf(shown: Window, width: number): (t: number) => number {
  const factor = width / (shown.to - shown.from);
  return (t) => (t - shown.from) * factor;
}

function drawBands(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  x: (t: number) => number,
): void {
  for (const band of scene.bands) {
    const left = x(band.from);
    const right = x(band.to ?? endOfTime(scene));
    if (right < 0 || left > scene.width) continue;
    context.save();
    context.beginPath();
    context.rect(left, 0, Math.max(1, right - left), scene.height);
    context.clip();
    context.globalAlpha = band.kind === 'offline' ? 0.5 : 0.28;
    context.strokeStyle = band.kind === 'offline' ? palette.outcome.leaving : palette.muted;
    // Hidden leans one way, offline the other.
    const lean = band.kind === 'offline' ? -scene.height : scene.height;
    const from = Math.max(0, left) - scene.height;
    const to = Math.min(scene.width, right) + scene.height;
    context.beginPath();
    for (let at = Math.floor(from / 6) * 6; at < to; at += 6) {
      context.moveTo(at, scene.height);
      context.lineTo(at + lean, 0);
    }
    context.lineWidth = 1;
    context.stroke();
    context.restore();
  }
}

function drawFlags(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  x: (t: number) => number,
): void {
  for (const flag of scene.flags) {
    const at = Math.round(x(flag.t)) + 0.5;
    if (at < 0 || at > scene.width) continue;
    context.strokeStyle = flag.kind === 'drill' ? palette.outcome.application : palette.muted;
    context.setLineDash(flag.kind === 'navigation' ? [4, 3] : [1, 3]);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(at, 0);
    context.lineTo(at, scene.height);
    context.stroke();
    context.setLineDash([]);
  }
}

function drawLane(
  context: CanvasRenderingContext2D,
  lane: Lane,
  top: number,
  scene: Scene,
  palette: Palette,
  x: (t: number) => number,
): void {
  const { width } = scene;
  const middle = top + LANE_HEIGHT / 2;
  for (const gap of lane.gaps) {
    const left = x(gap.from);
    const right = x(gap.to);
    if (right < 0 || left > width || right - left < 2) continue;
    const hovered = scene.hovered?.kind === 'gap' && scene.hovered.gap === gap;
    const { fromMs, toMs } = recommendedDelay(gap.attempt);
    if (hovered) {
      context.globalAlpha = 0.25;
      context.fillStyle = palette.outcome.open;
      const start = x(gap.from + fromMs);
      context.fillRect(start, top + 2, Math.max(2, x(gap.from + toMs) - start), LANE_HEIGHT - 4);
      context.globalAlpha = 1;
    }
    context.strokeStyle = palette.muted;
    context.setLineDash([2, 2]);
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(Math.max(0, left) + 5, middle + 0.5);
    context.lineTo(Math.min(width, right), middle + 0.5);
    context.stroke();
    context.setLineDash([]);
    const text = scene.duration(gap.to - gap.from);
    const space = right - left - 12;
    const measured = space > 24 ? context.measureText(text).width : Number.POSITIVE_INFINITY;
    const at = left + 8 + (space - measured) / 2;
    // Of sockets side by side they would lie on each other, and on the bars.
    if (lane.rows === 1 && measured + 6 < space) {
      context.fillStyle = palette.bg;
      context.fillRect(at - 2, middle - 5, measured + 4, 10);
      context.fillStyle = palette.muted;
      context.fillText(text, at, middle + 0.5);
    }
  }
  const rows = Math.min(lane.rows, 4);
  const barHeight = rows === 1 ? 10 : Math.max(3, Math.floor(14 / rows) - 1);
  const drawn = Array.from({ length: rows }, () => ({
    to: -Infinity,
    mark: '',
    markAt: -Infinity,
  }));
  for (const bar of lane.bars) {
    const left = x(bar.from);
    const right = x(bar.to ?? endOfTime(scene));
    if (right < -10 || left > width) continue;
    const selected = bar.id === scene.selected;
    const row = Math.min(bar.row, rows - 1);
    const last = drawn[row]!;
    // Bars that would lie in the same pixel as the one before add nothing but time.
    if (!selected && right - last.to < 0.75 && right - left < 1) continue;
    last.to = right;
    const y = rows === 1 ? middle - 5 : top + 3 + row * (barHeight + 1);
    const faded = scene.matched !== undefined && !scene.matched.has(bar.id);
    drawBar(context, bar, { left, right, y, height: barHeight }, scene, palette, x, faded);
    if (bar.to !== undefined && barHeight >= 6) {
      // Nor does a mark on top of another: many together look like hatching.
      const at = Math.min(Math.max(right, left + 2), scene.width + 20);
      const mark = `${bar.outcome} ${faded}`;
      const apart = Math.abs(at - last.markAt);
      if (selected || apart >= (mark === last.mark ? MARK_APART : MARK_APART / 2)) {
        drawMark(context, bar.outcome, at, y + barHeight / 2, palette, faded);
        last.mark = mark;
        last.markAt = at;
      }
    }
    if (selected) {
      context.strokeStyle = palette.accent;
      context.lineWidth = 2;
      context.strokeRect(left - 2, y - 2, Math.max(4, right - left) + 4, barHeight + 4);
    }
  }
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly height: number;
}

function drawBar(
  context: CanvasRenderingContext2D,
  bar: Bar,
  box: Box,
  scene: Scene,
  palette: Palette,
  x: (t: number) => number,
  faded: boolean,
): void {
  const { y, height } = box;
  const left = Math.max(-20, box.left);
  const right = Math.min(scene.width + 20, Math.max(box.right, box.left + 2));
  const color = palette.outcome[bar.outcome];
  const openAt = bar.openAt === undefined ? right : Math.min(right, Math.max(left, x(bar.openAt)));
  const hovered = scene.hovered?.kind === 'bar' && scene.hovered.bar.id === bar.id;
  context.save();
  if (faded) context.globalAlpha = 0.25;
  // The opening handshake: an outline. Open: filled. The closing handshake: filled lighter.
  if (openAt > left) {
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, y + 0.5, Math.max(1, openAt - left - 1), height - 1);
  }
  if (bar.openAt !== undefined) {
    const base = faded ? 0.25 : 1;
    const closing =
      bar.closingAt === undefined ? right : Math.min(right, Math.max(openAt, x(bar.closingAt)));
    context.fillStyle = color;
    context.globalAlpha = base * (hovered ? 0.75 : 0.5);
    context.fillRect(openAt, y, Math.max(1, closing - openAt), height);
    if (right > closing) {
      context.globalAlpha = base * 0.22;
      context.fillRect(closing, y, right - closing, height);
    }
    context.globalAlpha = base;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.strokeRect(openAt + 0.5, y + 0.5, Math.max(1, right - openAt - 1), height - 1);
  }
  context.restore();
}

const marks = new Map<Outcome, Path2D>();

function drawMark(
  context: CanvasRenderingContext2D,
  outcome: Outcome,
  x: number,
  y: number,
  palette: Palette,
  faded: boolean,
): void {
  let path = marks.get(outcome);
  if (path === undefined) {
    path = new Path2D(MARK_PATHS[outcome]);
    marks.set(outcome, path);
  }
  context.save();
  if (faded) context.globalAlpha = 0.3;
  context.translate(x - 5, y - 5);
  // A rim in the colour of the ground keeps the mark apart from its bar.
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = palette.bg;
  context.lineWidth = 4;
  context.stroke(path);
  context.strokeStyle = palette.outcome[outcome];
  context.fillStyle = palette.outcome[outcome];
  context.lineWidth = MARK_FILLED.has(outcome) ? 0.8 : 1.8;
  if (MARK_FILLED.has(outcome)) context.fill(path);
  context.stroke(path);
  context.restore();
}

function endOfTime(scene: Scene): number {
  return scene.live ? scene.now : Math.min(scene.now, scene.window.to);
}

/** What lies under a point of the canvas. */
export function hitAt(scene: Scene, px: number, py: number): Hit | undefined {
  const lane = scene.lanes[Math.floor((py + scene.scrollTop) / LANE_HEIGHT)];
  if (lane === undefined) return undefined;
  const x = scaleOf(scene.window, scene.width);
  const top = Math.floor((py + scene.scrollTop) / LANE_HEIGHT) * LANE_HEIGHT - scene.scrollTop;
  const rows = Math.min(lane.rows, 4);
  const barHeight = rows === 1 ? 10 : Math.max(3, Math.floor(14 / rows) - 1);
  let best: Hit | undefined;
  let bestDistance = 6;
  for (const bar of lane.bars) {
    if (rows > 1) {
      const y = top + 3 + Math.min(bar.row, rows - 1) * (barHeight + 1);
      if (py < y - 1 || py > y + barHeight + 1) continue;
    }
    const left = x(bar.from);
    const right = x(bar.to ?? endOfTime(scene));
    const distance = px < left ? left - px : px > right ? px - right : 0;
    if (distance < bestDistance) {
      best = { kind: 'bar', lane, bar };
      bestDistance = distance;
    }
  }
  if (best !== undefined && bestDistance <= 1) return best;
  for (const gap of lane.gaps) {
    if (px >= x(gap.from) && px <= x(gap.to)) return { kind: 'gap', lane, gap };
  }
  return best;
}
