import type { TrafficEvent } from './events.ts';
import type { Traffic } from './socket.ts';

export function emptyTraffic(): Traffic {
  return {
    messages: 0,
    bytes: 0,
    text: 0,
    binary: 0,
    largest: 0,
    firstAt: undefined,
    lastAt: undefined,
    lastKind: undefined,
  };
}

/** Bytes of its largest message; of several whose largest nobody told, their mean. */
export function largestOf({ count = 1, bytes, largest }: TrafficEvent): number {
  return largest ?? (count === 1 ? bytes : Math.ceil(bytes / count));
}

/** Adds an event to the counters. The order of events does not matter. */
export function countTraffic(traffic: Traffic, event: TrafficEvent): void {
  const count = event.count ?? 1;
  traffic.messages += count;
  traffic.bytes += event.bytes;
  traffic[event.kind] += count;
  const largest = largestOf(event);
  if (largest > traffic.largest) traffic.largest = largest;
  const first = event.firstT ?? event.t;
  if (traffic.firstAt === undefined || first < traffic.firstAt) traffic.firstAt = first;
  if (traffic.lastAt === undefined || event.t >= traffic.lastAt) {
    traffic.lastAt = event.t;
    traffic.lastKind = event.kind;
  }
}
