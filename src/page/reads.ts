import { apply, getOwnPropertyDescriptor, getterOf } from './natives.ts';
import { firstLook, stampOf } from './stamp.ts';
import type { SocketMeta } from './store.ts';

export interface Reads {
  /** Whether the page reads this message for the first time. */
  isFirst(event: object, meta: SocketMeta): boolean;
  /** Lets go of what is remembered of the page's. Not while a message is dispatched. */
  rest(): void;
}

/**
 * Tells a message that was read from one that was not, for Gecko. A stamp on the event says so for
 * good, but costs microseconds there, most of them later: an object with one has to wait for the
 * collector of cycles. So while many are read as they come, the latest alone is
 * remembered, and of those before from when to when they were made.
 * One of that time that is first read later, after others were read as they came, is not counted.
 *
 * @param isBusy whether so many come, asked for each that is read as it comes
 * @param hold asks for a rest, soon: what is remembered would be kept from collection
 */
export function createReads(isBusy: () => boolean, hold: () => void): Reads {
  const eventTime = getterOf<number>(Event, 'timeStamp');
  const phase = getOwnPropertyDescriptor(Event.prototype, 'eventPhase')?.get as () => number;
  let latest: object | undefined;
  let owner: SocketMeta | undefined;
  let held = false;

  function settle(): void {
    if (owner !== undefined) owner.readTo = eventTime(latest);
  }

  function rest(): void {
    settle();
    owner = latest = undefined;
    held = false;
  }

  function isFirst(event: object, meta: SocketMeta): boolean {
    if (event === latest) return false;
    // Gecko calls this cheaper than what `uncurry` gives.
    if (apply(phase, event, []) === 0) {
      settle();
      const made = eventTime(event);
      return (made < meta.readFrom || made > meta.readTo) && firstLook(event);
    }
    if (!isBusy()) return firstLook(event);
    if (stampOf(event) !== undefined) return false;
    if (owner !== meta) {
      settle();
      owner = meta;
      const made = eventTime(event);
      if (made < meta.readFrom) meta.readFrom = made;
    }
    latest = event;
    if (!held) {
      held = true;
      hold();
    }
    return true;
  }

  return { isFirst, rest };
}
