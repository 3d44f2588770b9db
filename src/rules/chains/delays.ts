/** What a list of delays (close to next construction, milliseconds) looks like. */
export interface DelayShape {
  readonly attempts: number;
  readonly medianMs: number;
  /** Mean of the later half over mean of the earlier half: 1 is constant. */
  readonly growth: number;
  /** Median ratio of one delay to the one before. */
  readonly factor: number;
  /** Standard deviation over mean. */
  readonly variation: number;
  /** Share of delays under 100 ms. */
  readonly immediate: number;
  readonly longestMs: number;
  /** Where the last three and more level out: their median; undefined otherwise. */
  readonly capMs: number | undefined;
  readonly roseToCap: boolean;
}

/** Delays under this were not waited for. */
export const IMMEDIATE_MS = 100;
/** Timers of a busy page are late by so much. */
const SCHEDULING_MS = 50;
/** Older delays than these no longer count. */
export const DELAYS_CONSIDERED = 512;

export function shapeOf(all: readonly number[]): DelayShape {
  const delays = all.length > DELAYS_CONSIDERED ? all.slice(-DELAYS_CONSIDERED) : all;
  const n = delays.length;
  const half = Math.ceil(n / 2);
  const average = mean(delays);
  const deviation =
    n < 2 ? 0 : Math.sqrt(delays.reduce((sum, d) => sum + (d - average) ** 2, 0) / (n - 1));
  const ratios: number[] = [];
  for (let i = 1; i < n; i++) ratios.push(delays[i]! / Math.max(delays[i - 1]!, 1));
  return {
    attempts: all.length,
    medianMs: median(delays),
    growth: n < 2 ? 1 : growthOf(delays.slice(0, half), delays.slice(-half)),
    factor: ratios.length === 0 ? 1 : median(ratios),
    variation: average === 0 ? 0 : deviation / average,
    immediate: n === 0 ? 0 : delays.filter((d) => d < IMMEDIATE_MS).length / n,
    longestMs: delays.reduce((most, d) => Math.max(most, d), 0),
    capMs: capOf(delays),
    roseToCap: roseToCap(delays),
  };
}

/** By means, as jitter needs; held near the medians' growth, so that one late timer alone is no growth. */
function growthOf(earlier: readonly number[], later: readonly number[]): number {
  const by = (middle: (values: readonly number[]) => number): number =>
    middle(later) / Math.max(middle(earlier), SCHEDULING_MS);
  return later.length < 4 ? by(mean) : Math.min(by(mean), 1.25 * by(median));
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** They rose to a level and have stayed there: a backoff that reached its cap. */
export function roseToCap(delays: readonly number[]): boolean {
  if (delays.length < 5) return false;
  const cap = median(delays.slice(-Math.ceil(delays.length / 2)));
  const reached = delays.findIndex((delay) => delay >= 0.9 * cap);
  return (
    reached >= 1 &&
    delays[0]! * 1.5 <= cap &&
    delays.length - reached >= 3 &&
    delays.slice(reached).every((delay) => Math.abs(delay - cap) <= 0.1 * cap)
  );
}

function capOf(delays: readonly number[]): number | undefined {
  if (delays.length < 5) return undefined;
  const tail = delays.slice(-3);
  const level = median(tail);
  const flat = tail.every((d) => Math.abs(d - level) <= 0.1 * level);
  return flat && level > 1.5 * median(delays.slice(0, 2)) ? level : undefined;
}
