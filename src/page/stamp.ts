/**
 * Notes on the page's own objects that the page cannot see: private fields put on
 * by a constructor that returns its argument. Unlike a WeakMap this costs a few
 * nanoseconds a look, and nothing in a garbage collection.
 */
class Same {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is the point
    return object;
  }
}

class SocketStamp<M> extends Same {
  #meta: M;
  constructor(object: object, meta: M) {
    super(object);
    this.#meta = meta;
  }
  static read<M>(object: object): M | undefined {
    return #meta in object ? (object as unknown as SocketStamp<M>).#meta : undefined;
  }
}

class EventStamp extends Same {
  // Its presence is the note.
  #seen = true;
  static has(object: object): boolean {
    return #seen in object;
  }
}

export function stamp<M>(object: object, meta: M): void {
  new SocketStamp(object, meta);
}

export const stampOf = SocketStamp.read;

/** True the first time it is asked of an event. */
export function firstLook(event: object): boolean {
  if (EventStamp.has(event)) return false;
  new EventStamp(event);
  return true;
}
