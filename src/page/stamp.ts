/**
 * Notes on the page's own objects that the page cannot see: a private field put on by a
 * constructor that returns its argument. Unlike a WeakMap this costs a few nanoseconds a
 * look, and nothing in a garbage collection.
 */
class Same {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is the point
    return object;
  }
}

class Stamp<M> extends Same {
  #note: M;
  constructor(object: object, note: M) {
    super(object);
    this.#note = note;
  }
  static read<M>(object: object): M | undefined {
    return #note in object ? (object as unknown as Stamp<M>).#note : undefined;
  }
}

/** Throws where the object has a note already. */
export function stamp<M>(object: object, note: M): void {
  new Stamp(object, note);
}

export const stampOf = Stamp.read;

/** True the first time it is asked of an object that has no other note. */
export function firstLook(object: object): boolean {
  if (stampOf(object) !== undefined) return false;
  stamp(object, true);
  return true;
}
