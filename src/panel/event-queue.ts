import type { SessionEvent } from '../model/events.ts';

/** Events of a list that are let go together. */
const PIECE = 16_384;

/** Lists of events that wait, taken one event at a time, and let go when they are taken. */
export class EventQueue {
  #lists: (readonly SessionEvent[])[] = [];
  /** Place in the first list. */
  #at = 0;
  #total = 0;
  #taken = 0;

  add(events: readonly SessionEvent[]): void {
    for (let from = 0; from < events.length; from += PIECE) {
      this.#lists.push(events.slice(from, from + PIECE));
    }
    this.#total += events.length;
  }

  next(): SessionEvent | undefined {
    const [list] = this.#lists;
    if (list === undefined) return undefined;
    const event = list[this.#at]!;
    this.#at += 1;
    this.#taken += 1;
    if (this.#at === list.length) {
      this.#lists.shift();
      this.#at = 0;
      if (this.#lists.length === 0) {
        this.#total = 0;
        this.#taken = 0;
      }
    }
    return event;
  }

  get empty(): boolean {
    return this.#lists.length === 0;
  }

  /** Events added since it was last empty, and how many of them were taken. */
  get progress(): { readonly total: number; readonly taken: number } {
    return { total: this.#total, taken: this.#taken };
  }
}
