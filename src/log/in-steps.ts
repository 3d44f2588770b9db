import type { SessionEvent } from '../model/events.ts';

/** Lets the tasks of a page run; called often, it decides itself when they need to. */
export type Breathe = () => Promise<void> | void;

/** Events that may lie in whatever form. */
export interface EventRows {
  readonly length: number;
  slice(from?: number, to?: number): SessionEvent[];
}

/** Takes events of a log that is read. */
export interface EventSink {
  push(event: SessionEvent): void;
  /** Called at the end where events came out of order: puts them in order of `t`, stable. */
  sort(): void;
}

/** Events handled between two breaths: a millisecond or two. */
const STEP = 4096;

/**
 * The events of some lists, each about in order, as one list in order of `t`. Stable: at one
 * moment an earlier list comes first, and each list keeps its own order.
 */
export async function inOrder(
  lists: readonly EventRows[],
  breathe: Breathe,
): Promise<SessionEvent[]> {
  let runs: SessionEvent[][] = [];
  for (const list of lists) {
    for (let from = 0; from < list.length; from += STEP) {
      runs.push(list.slice(from, from + STEP).sort((a, b) => a.t - b.t));
      await breathe();
    }
  }
  while (runs.length > 1) {
    const next: SessionEvent[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const second = runs[at + 1];
      next.push(second === undefined ? runs[at]! : await joined(runs[at]!, second, breathe));
    }
    runs = next;
  }
  return runs[0] ?? [];
}

async function joined(
  a: readonly SessionEvent[],
  b: readonly SessionEvent[],
  breathe: Breathe,
): Promise<SessionEvent[]> {
  await breathe();
  if (a[a.length - 1]!.t <= b[0]!.t) return a.concat(b);
  const all: SessionEvent[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    all.push(a[i]!.t <= b[j]!.t ? a[i++]! : b[j++]!);
    if (all.length % STEP === 0) await breathe();
  }
  return all.concat(i < a.length ? a.slice(i) : b.slice(j));
}
