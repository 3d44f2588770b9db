import type { EventRows } from '../log/index.ts';
import type { SessionEvent } from '../model/events.ts';

/** Events that are made objects, and let go, together. */
const PIECE = 4_096;

/** A part of a list that waits. */
interface Part {
  readonly list: EventRows;
  readonly from: number;
  readonly to: number;
}

/** Lists of events that wait, taken one event at a time, and let go when they are taken. */
export class EventQueue {
  #parts: Part[] = [];
  /** The events of the first part, once it is its turn. */
  #events: readonly SessionEvent[] | undefined;
  /** Place in them. */
  #at = 0;
  #total = 0;
  #taken = 0;

  add(list: EventRows): void {
    const { length } = list;
    for (let from = 0; from < length; from += PIECE) {
      this.#parts.push({ list, from, to: Math.min(length, from + PIECE) });
    }
    this.#total += length;
  }

  next(): SessionEvent | undefined {
    const [part] = this.#parts;
    if (part === undefined) return undefined;
    this.#events ??= part.list.slice(part.from, part.to);
    const event = this.#events[this.#at]!;
    this.#at += 1;
    this.#taken += 1;
    if (this.#at === this.#events.length) {
      this.#parts.shift();
      this.#events = undefined;
      this.#at = 0;
      if (this.#parts.length === 0) {
        this.#total = 0;
        this.#taken = 0;
      }
    }
    return event;
  }

  get empty(): boolean {
    return this.#parts.length === 0;
  }

  /** Events added since it was last empty, and how many of them were taken. */
  get progress(): { readonly total: number; readonly taken: number } {
    return { total: this.#total, taken: this.#taken };
  }
}
