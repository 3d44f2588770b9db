/** What the recorder does for every message that the page reads. Never throws. */
export type Received = (event: object, data: unknown, target: object | null) => void;

/**
 * What the getter inherits: the native members themselves. `super.data` looks nothing up that a page can
 * reach, and engines call what they find so as cheaply as the page's own reading does.
 */
declare class Natives {
  get data(): unknown;
  get target(): object | null;
}
const Nothing = class {} as typeof Natives;
/** Where the native members are to be put. */
export const natives: object = Nothing.prototype;

let received: Received;
let cleanError: (error: unknown, args: ArrayLike<unknown>, below: unknown) => void;
/** Below what a stack is the page's. */
let below: unknown;
/**
 * The hook that may run for every message received, as a plain function: in V8 a Proxy costs some
 * 400 ns a call, and this next to nothing. What gives such a function away in V8, the text
 * that a failed structured clone quotes, is native where more than 65,535 characters lie
 * between its name and its parameters. The build puts them there (see scripts/finish-recorder.ts);
 * where it did not, a Proxy is used (see `put` in hook.ts).
 *
 * This module imports nothing and comes first in the script: a compressor sees back no further
 * than half of those characters, and so has nothing before them to lose. What the getter
 * uses is given to it.
 *
 * A method of a class, since those are strict: a receiver that is no object stays what it is.
 */
export class Hot extends Nothing {
  'get data'() {
    let value: unknown;
    try {
      value = super.data;
    } catch (error) {
      cleanError(error, [], below);
      throw error;
    }
    received(this, value, super.target);
    return value;
  }
}

/** Gives the getter what it uses beside the natives. */
export function equip(received_: Received, clean: typeof cleanError, below_: unknown): void {
  received = received_;
  cleanError = clean;
  below = below_;
}
