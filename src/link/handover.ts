import type { SessionEvent } from '../model/events.ts';
import type { LinkStatus } from './types.ts';

/**
 * The devtools page collects from the moment DevTools opens; the panel's page is loaded when it is
 * first shown. On a channel of the two, the panel asks, and the devtools page hands over what it
 * has with the place where it stopped, and goes on telling what it alone may see.
 */
export type ToDevtools = { readonly type: 'take-over' };

export type ToPanel =
  | {
      readonly type: 'kept';
      readonly events: readonly SessionEvent[];
      /** Where the panel's link goes on from. */
      readonly position: Readonly<Record<string, number>>;
      readonly status: LinkStatus | undefined;
    }
  /** A handshake that the browser told of. */
  | { readonly type: 'events'; readonly events: readonly SessionEvent[] }
  | { readonly type: 'navigated' };

/** Of one inspected tab; both pages are of the extension's own origin. */
export function handoverChannel(tabId: number): BroadcastChannel {
  return new BroadcastChannel(`handover-${tabId}`);
}

/** The events that arrive while nobody shows them are bounded; the oldest go first, and are counted. */
export const MAX_KEPT = 100_000;

export class Keep {
  #events: SessionEvent[] = [];
  #dropped = 0;
  readonly #most: number;

  constructor(most = MAX_KEPT) {
    this.#most = most;
  }

  add(events: readonly SessionEvent[]): void {
    for (const event of events) this.#events.push(event);
    const over = this.#events.length - this.#most;
    if (over <= 0) return;
    // Messages tell least: they go before anything that tells how a socket lived.
    let left = over + (this.#most >> 3);
    const kept = this.#events.filter((event) => {
      if (left <= 0 || (event.type !== 'send' && event.type !== 'receive')) return true;
      left -= 1;
      return false;
    });
    if (kept.length > this.#most) kept.splice(0, kept.length - this.#most);
    this.#dropped += this.#events.length - kept.length;
    this.#events = kept;
  }

  /** Everything kept; the keep is empty afterwards. */
  take(): SessionEvent[] {
    const events = this.#events;
    if (this.#dropped > 0) {
      events.unshift({ type: 'dropped', t: events[0]?.t ?? Date.now(), count: this.#dropped });
    }
    this.#events = [];
    this.#dropped = 0;
    return events;
  }
}
