import type { SocketRecord } from '../../model/socket.ts';

const WIDTH = 72;
const HEIGHT = 14;
const BINS = 36;

/** Messages over the last part of a socket's life: sent above the line, received below. */
export function Sparkline({ socket, now }: { socket: SocketRecord; now: number }) {
  const bins = binsOf(socket, now);
  if (bins === undefined) return null;
  const { sent, received, most } = bins;
  const step = WIDTH / BINS;
  const middle = HEIGHT / 2;
  const height = (value: number) =>
    value === 0 ? 0 : Math.max(1, (value / most) * (middle - 0.5));
  return (
    <svg class="sparkline" width={WIDTH} height={HEIGHT} aria-hidden="true" focusable="false">
      <path class="sparkline-axis" d={`M0 ${middle}h${WIDTH}`} />
      {sent.some(Boolean) && (
        <path
          class="sparkline-sent"
          d={columns(sent, (v, x) => bar(x, middle - height(v), step, height(v)))}
        />
      )}
      {received.some(Boolean) && (
        <path
          class="sparkline-received"
          d={columns(received, (v, x) => bar(x, middle, step, height(v)))}
        />
      )}
    </svg>
  );
}

function columns(values: readonly number[], draw: (value: number, x: number) => string): string {
  return values.map((value, i) => (value === 0 ? '' : draw(value, (i * WIDTH) / BINS))).join('');
}

function bar(x: number, y: number, width: number, height: number): string {
  return `M${x.toFixed(1)} ${y.toFixed(1)}h${(width - 0.5).toFixed(1)}v${height.toFixed(1)}h-${(width - 0.5).toFixed(1)}z`;
}

function binsOf(socket: SocketRecord, now: number) {
  const runs = socket.recent;
  const first = runs.at(0);
  if (first === undefined) return undefined;
  const end = socket.closeAt ?? now;
  const start = Math.min(first.from, end - 1);
  const span = end - start;
  const sent = new Array<number>(BINS).fill(0);
  const received = new Array<number>(BINS).fill(0);
  for (const run of runs) {
    const bins = run.direction === 'send' ? sent : received;
    const from = Math.min(BINS - 1, Math.max(0, Math.floor(((run.from - start) / span) * BINS)));
    const last = Math.min(BINS - 1, Math.max(from, Math.floor(((run.to - start) / span) * BINS)));
    const share = run.count / (last - from + 1);
    for (let i = from; i <= last; i += 1) bins[i] = bins[i]! + share;
  }
  return { sent, received, most: Math.max(1, ...sent, ...received) };
}
