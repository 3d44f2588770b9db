import type { SessionEvent } from '../model/events.ts';

/** Lists of events that wait, taken one event at a time. A million are taken in without a copy. */
export class EventQueue {
  #lists: (readonly SessionEvent[])[] = [];
  /** Place in the first list. */
  #at = 0;
  #total = 0;
  #taken = 0;

  /** The list is not to be changed from then on. */
  add(events: readonly SessionEvent[]): void {
    if (events.length === 0) return;
    this.#lists.push(events);
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
