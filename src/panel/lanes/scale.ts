/** The shown span of time, session milliseconds. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Never closer than this: below it a millisecond clock says nothing. */
export const MIN_SPAN_MS = 20;

const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000,
  86_400_000,
];

/** Wall-clock moments for an axis: round numbers, at most one every `apart` pixels. */
export function ticks(
  window: Window,
  width: number,
  startedAt: number,
  apart = 90,
): { readonly step: number; readonly at: readonly number[] } {
  const span = window.to - window.from;
  const wanted = (span * apart) / Math.max(1, width);
  const step = STEPS_MS.find((one) => one >= wanted) ?? Math.ceil(wanted / 86_400_000) * 86_400_000;
  const at: number[] = [];
  const offset = startedAt % step;
  for (
    let t = Math.ceil((window.from + offset) / step) * step - offset;
    t <= window.to;
    t += step
  ) {
    at.push(t);
    if (at.length > 1_000) break;
  }
  return { step, at };
}

/** `window` zoomed by `factor` (under 1: closer) around the moment `around`. */
export function zoomed(window: Window, factor: number, around: number): Window {
  const span = Math.max(MIN_SPAN_MS, (window.to - window.from) * factor);
  const share = (around - window.from) / Math.max(1e-9, window.to - window.from);
  return { from: around - share * span, to: around + (1 - share) * span };
}

/** Everything, with a little air at both ends. */
export function fitted(from: number, to: number): Window {
  const span = Math.max(1_000, to - from);
  return { from: from - span * 0.01, to: from + span * 1.03 };
}
