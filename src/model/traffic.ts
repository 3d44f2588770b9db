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
  const run: TrafficRun = {
    direction: event.type,
    kind: event.kind,
    from: event.firstT ?? event.t,
    to: event.t,
    count,
    bytes: event.bytes,
    largest: event.largest ?? (count === 1 ? event.bytes : Math.ceil(event.bytes / count)),
    ...(event.preview === undefined ? {} : { preview: event.preview }),
  };
  const slice = Math.floor(run.to / RUN_SLICE_MS);
  let at = runs.length;
  while (at > 0) {
    const before = runs[at - 1]!;
    const beforeSlice = Math.floor(before.to / RUN_SLICE_MS);
    if (beforeSlice < slice) break;
    if (
      beforeSlice === slice &&
      before.direction === run.direction &&
      before.kind === run.kind &&
      before.preview === undefined &&
      run.preview === undefined
    ) {
      runs[at - 1] = {
        ...before,
        from: Math.min(before.from, run.from),
        to: Math.max(before.to, run.to),
        count: before.count + run.count,
        bytes: before.bytes + run.bytes,
        largest: Math.max(before.largest, run.largest),
      };
      return;
    }
    if (before.to <= run.to && beforeSlice < slice) break;
    at--;
  }
  while (at < runs.length && runs[at]!.to <= run.to) at++;
  runs.splice(at, 0, run);
  if (runs.length > MAX_RUNS) runs.shift();
}
