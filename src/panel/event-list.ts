import type { EventRows, EventSink } from '../log/index.ts';
import type { SessionEvent } from '../model/events.ts';
import { TrafficList } from './traffic-list.ts';

/**
 * Events of a file in the order they came, its messages in columns. As objects a million of
 * them are a heap that no garbage collection gets through without a pause that is seen.
 */
export class EventList implements EventRows, EventSink {
  #messages = new TrafficList();
  /** Everything else. */
  #others: SessionEvent[] = [];
  /** Where each of the others stands among all. */
  #places: number[] = [];

  get length(): number {
    return this.#messages.length + this.#others.length;
  }

  push(event: SessionEvent): void {
    if (event.type === 'send' || event.type === 'receive') {
      this.#messages.push(event);
      return;
    }
    this.#places.push(this.length);
    this.#others.push(event);
  }

  /** The events from `from` (included) to `to` (not). */
  slice(from = 0, to = this.length): SessionEvent[] {
    const events: SessionEvent[] = [];
    const end = Math.min(to, this.length);
    let other = this.#othersBefore(from);
    for (let at = Math.max(0, from); at < end; ) {
      const place = this.#places[other] ?? Number.POSITIVE_INFINITY;
      if (place === at) {
        events.push(this.#others[other]!);
        other += 1;
        at += 1;
        continue;
      }
      const until = Math.min(end, place);
      for (const event of this.#messages.slice(at - other, until - other)) events.push(event);
      at = until;
    }
    return events;
  }

  /** In order of `t`; events of one moment stay as they are. */
  sort(): void {
    const events = this.slice().sort((a, b) => a.t - b.t);
    this.#messages = new TrafficList();
    this.#others = [];
    this.#places = [];
    for (const event of events) this.push(event);
  }

  #othersBefore(at: number): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#places[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
