import type { SessionEvent } from '../../model/events.ts';
import { message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import { isMoment } from '../times.ts';

interface Time {
  readonly t: number;
  readonly name: string;
  readonly place: Place;
}

/** The first and the last time that a log names; `startedAt` may stand after all of them. */
export class Span {
  #first: Time | undefined;
  #last: Time | undefined;

  /** @param place where the event stands */
  add(event: SessionEvent, place: Place): void {
    this.#addTime(event.t, 't', place);
    if ('firstT' in event && event.firstT !== undefined) {
      this.#addTime(event.firstT, 'firstT', place);
    }
  }

  #addTime(t: number, name: string, place: Place): void {
    if (this.#first === undefined || t < this.#first.t) this.#first = { t, name, place };
    if (this.#last === undefined || t > this.#last.t) this.#last = { t, name, place };
  }

  /** @throws LogError where a time is none that a date can name. */
  check(startedAt: string): void {
    const start = Date.parse(startedAt);
    for (const time of [this.#first, this.#last]) {
      if (time === undefined || isMoment(start + time.t)) continue;
      const field = `events[${time.place.event}].${time.name}`;
      throw new LogError(message('log_error_moment', { field, found: String(time.t) }), {
        ...time.place,
        path: time.place.path ?? field,
      });
    }
  }
}
