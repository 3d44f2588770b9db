import type { TrafficEvent } from './events.ts';
import type { Traffic, TrafficRun } from './socket.ts';

/** Messages of one direction and kind within one such slice of the clock are told as one run. */
export const RUN_SLICE_MS = 250;
/** Runs kept of each socket, the newest; the counters know of the rest. */
export const MAX_RUNS = 48;

export function emptyTraffic(): Traffic {
  return { messages: 0, bytes: 0, text: 0, binary: 0, largest: 0 };
}

/** Adds an event to the counters. The order of events does not matter. */
export function countTraffic(traffic: Traffic, event: TrafficEvent): void {
  const count = event.count ?? 1;
  traffic.messages += count;
  traffic.bytes += event.bytes;
  traffic[event.kind] += count;
  const largest = event.largest ?? (count === 1 ? event.bytes : Math.ceil(event.bytes / count));
  if (largest > traffic.largest) traffic.largest = largest;
  const first = event.firstT ?? event.t;
  if (traffic.firstAt === undefined || first < traffic.firstAt) traffic.firstAt = first;
  if (traffic.lastAt === undefined || event.t >= traffic.lastAt) {
    traffic.lastAt = event.t;
    traffic.lastKind = event.kind;
  }
}

/**
 * Adds an event to the bounded window of runs, oldest first. Slices are cut by the
 * session's clock, so that a late event lands where it would have landed in time.
 */
export function addRun(runs: TrafficRun[], event: TrafficEvent): void {
  const count = event.count ?? 1;
  const { type: direction, kind, t: to, bytes, preview } = event;
  const from = event.firstT ?? to;
  const largest = event.largest ?? (count === 1 ? bytes : Math.ceil(bytes / count));
  const slice = Math.floor(to / RUN_SLICE_MS);
  let at = runs.length;
  for (; at > 0; at--) {
    const before = runs[at - 1] as Mutable<TrafficRun>;
    const beforeSlice = Math.floor(before.to / RUN_SLICE_MS);
    if (beforeSlice < slice) break;
    if (beforeSlice > slice || before.direction !== direction || before.kind !== kind) continue;
    if (before.preview !== undefined || preview !== undefined) continue;
    // A run grows in place: one message more must not cost an object.
    if (from < before.from) before.from = from;
    if (to > before.to) before.to = to;
    before.count += count;
    before.bytes += bytes;
    if (largest > before.largest) before.largest = largest;
    return;
  }
  while (at < runs.length && runs[at]!.to <= to) at++;
  const run: TrafficRun = { direction, kind, from, to, count, bytes, largest };
  runs.splice(at, 0, preview === undefined ? run : { ...run, preview });
  if (runs.length > MAX_RUNS) runs.shift();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
