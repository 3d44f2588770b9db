import type { SocketMeta } from './store.ts';

/** What the recorder does for every message. None of these may throw. */
export interface Traffic {
  /** What is known of the socket; undefined where it is none. */
  touch(self: unknown, below: unknown): SocketMeta | undefined;
  /**
   * @param before bytes that the browser held back before the call
   * @param held bytes that it holds back after it
   */
  sent(meta: SocketMeta, data: unknown, before: number, held: number): void;
  received(event: object, data: unknown, target: object | null): void;
}

/**
 * What the methods inherit: the native members themselves. `super.data` looks nothing up that a page can
 * reach, and engines call what they find so as cheaply as the page's own reading does.
 */
declare class Natives {
  get data(): unknown;
  get target(): object | null;
  get readyState(): number;
  get bufferedAmount(): number;
  send(message?: unknown): void;
}
const Nothing = class {} as typeof Natives;
/** Where the native members are to be put. */
export const natives: object = Nothing.prototype;

let traffic: Traffic;
let cleanError: (error: unknown, args: ArrayLike<unknown>, below: unknown) => void;
/** Below what a stack is the page's. */
let belowData: unknown;
let belowSend: unknown;
/**
 * The two hooks that may run for every message, as plain functions: in V8 a Proxy costs some
 * 400 ns a call, and they next to nothing. What gives such a function away in V8, the text
 * that a failed structured clone quotes, is native where more than 65,535 characters lie
 * between its name and its parameters. The build puts them into the getter (see scripts/finish-recorder.ts);
 * where it did not, a Proxy is used (see hot.ts). `send` has a Proxy around it there, which lets it be
 * called while a page sends much, and else does without any function of ours (see frameless.ts).
 *
 * This module imports nothing and comes first in the script: a compressor sees back no further
 * than half of those characters, and so has nothing before them to lose. What the methods
 * use is given to them.
 *
 * A class, since its methods are strict: a receiver that is no object stays what it is.
 */
export class Hot extends Nothing {
  'get data'() {
    let value: unknown;
    try {
      value = super.data;
    } catch (error) {
      cleanError(error, [], belowData);
      throw error;
    }
    traffic.received(this, value, super.target);
    return value;
  }
  override send(message: unknown) {
    const touched = traffic.touch(this, belowSend);
    // What is sent while it closes is dropped, though `bufferedAmount` grows.
    const meta = touched !== undefined && super.readyState === 1 ? touched : undefined;
    const before = meta === undefined ? 0 : super.bufferedAmount;
    try {
      // biome-ignore lint/complexity/noArguments: none given is not `undefined` given
      if (arguments.length === 0) super.send();
      else super.send(message);
    } catch (error) {
      cleanError(error, [message], belowSend);
      throw error;
    }
    if (meta !== undefined) traffic.sent(meta, message, before, super.bufferedAmount);
  }
}

/** Gives the methods what they use beside the natives. */
export function equip(traffic_: Traffic, clean: typeof cleanError): void {
  traffic = traffic_;
  cleanError = clean;
}

/** Tells the methods below what a stack is the page's. */
export function placed(data: unknown, send: unknown): void {
  belowData = data;
  belowSend = send;
}
