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
  let squares = 0;
  let immediate = 0;
  let longestMs = 0;
  const ratios: number[] = [];
  for (let i = 0; i < n; i++) {
    const delay = delays[i]!;
    squares += (delay - average) ** 2;
    if (delay < IMMEDIATE_MS) immediate++;
    if (delay > longestMs) longestMs = delay;
    if (i > 0) ratios.push(delay / Math.max(delays[i - 1]!, 1));
  }
  const deviation = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  return {
    attempts: all.length,
    medianMs: median(delays),
    growth: n < 2 ? 1 : growthOf(delays.slice(0, half), delays.slice(-half)),
    factor: n < 2 ? 1 : median(ratios),
    variation: average === 0 ? 0 : deviation / average,
    immediate: n === 0 ? 0 : immediate / n,
    longestMs,
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

/** Where medians are looked for: used over and over, since they are asked for with every close. */
let scratch = new Float64Array(DELAYS_CONSIDERED);

/** Does not sort, but select. */
export function median(values: readonly number[]): number {
  const { length } = values;
  if (length === 0) return 0;
  if (length > scratch.length) scratch = new Float64Array(2 * length);
  for (let i = 0; i < length; i++) scratch[i] = values[i]!;
  const upper = nth(scratch, length, length >> 1);
  if (length % 2 === 1) return upper;
  // Those before it are no greater now.
  let lower = scratch[0]!;
  for (let i = 1; i < length >> 1; i++) if (scratch[i]! > lower) lower = scratch[i]!;
  return (lower + upper) / 2;
}

/** The value that would stand at `place` if the first `length` were sorted (Hoare's selection, the middle of three as pivot). */
function nth(values: Float64Array, length: number, place: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const a = values[low]!;
    const b = values[(low + high) >> 1]!;
    const c = values[high]!;
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i] = values[j]!;
      values[j] = swapped;
      i++;
      j--;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place]!;
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
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
