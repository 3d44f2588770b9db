import { disguise } from './disguise.ts';
import {
  apply,
  defineProperty,
  domErrorName,
  functionText,
  getOwnPropertyDescriptor,
  hasOwn,
  indexOf,
  NativeProxy,
  setPrototypeOf,
} from './natives.ts';
import { shellOf } from './shells.ts';
import { binaryBytes } from './size.ts';
import {
  captureStackTrace,
  firstPlace,
  geckoStackOf,
  ownStacks,
  putFirst,
  topFrame,
  withoutUs,
} from './stack.ts';

/** End of this script's URL. */
const SCRIPT = '/src/page/recorder.iife.js';

// biome-ignore lint/suspicious/noExplicitAny: hooks stand for every kind of method
export type Method = (this: any, ...args: any[]) => any;

/** What the recorder does around a native call. None of these may throw. */
export interface Around {
  /** @param below what to leave out of a stack, with all above it */
  before?(self: unknown, args: ArrayLike<unknown>, below: unknown): void;
  after?(self: unknown, args: ArrayLike<unknown>, result: unknown): void;
  failed?(self: unknown, args: ArrayLike<unknown>, error: unknown): void;
  /** The native method is one of the engine's own, which V8 shows as a frame of its own. */
  readonly inside?: boolean;
  /** A result other than the native one. */
  result?(self: unknown, native: unknown): unknown;
}

/** No code of the page can have run inside the call: whatever it threw is the browser's own. */
function plain(args: ArrayLike<unknown>): boolean {
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (
      typeof arg === 'function' ||
      (typeof arg === 'object' && arg !== null && binaryBytes(arg) === undefined)
    ) {
      return false;
    }
  }
  return true;
}

/**
 * A stand-in for `native`.
 *
 * In V8 a Proxy: the message of a failed structured clone then names the native
 * function. In Gecko that message would say "Proxy", so there a method of the same
 * name and length is made by `shell`.
 *
 * A frame of ours in the stack of an error is taken out again: in V8 from the error
 * itself, in Gecko when the page reads the stack (see gecko.ts).
 */
export function around(native: Method, wraps: Around, shell: (run: Run) => Method): Method {
  const { before, after, failed, inside, result: other } = wraps;
  if (!ownStacks) {
    return shell((self, args) => {
      before?.(self, args, undefined);
      let result: unknown;
      try {
        result = apply(native, self, args);
      } catch (error) {
        failed?.(self, args, error);
        if (plain(args)) moveToCaller(error);
        throw error;
      }
      after?.(self, args, result);
      return other === undefined ? result : other(self, result);
    });
  }
  const trap = (_target: Method, self: unknown, args: unknown[]): unknown => {
    before?.(self, args, trap);
    let result: unknown;
    try {
      result = apply(native, self, args);
    } catch (error) {
      failed?.(self, args, error);
      if (captureStackTrace === undefined || !(plain(args) || madeHere(error))) throw error;
      const first = inside === true ? topFrame(error) : '';
      captureStackTrace(error as object, trap);
      if (first !== '') putFirst(error, first);
      throw error;
    }
    after?.(self, args, result);
    return other === undefined ? result : other(self, result);
  };
  return new NativeProxy(native, setPrototypeOf({ apply: trap }, null));
}

/** The browser's own exception, made while the topmost frame of a script was ours. */
function madeHere(error: unknown): boolean {
  try {
    domErrorName(error);
    return indexOf(topFrame(error), SCRIPT) >= 0;
  } catch {
    return false;
  }
}

/** Gecko writes the place of an error's making on it: that is the caller's, not ours. */
function moveToCaller(error: unknown): void {
  if (!hasOwn(error as object, 'fileName')) return;
  const { file, line, column } = firstPlace(withoutUs(`${geckoStackOf(error)}`));
  const own = error as { fileName: string; lineNumber: number; columnNumber: number };
  own.fileName = file;
  own.lineNumber = line;
  own.columnNumber = column;
}

export type Run = (self: unknown, args: ArrayLike<unknown>) => unknown;

/** Puts a stand-in in the place of one part of a property; its other attributes and its order stay. */
export function replace(
  owner: object,
  key: string,
  part: 'value' | 'get' | 'set',
  wraps: Around,
): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  const native = descriptor?.[part] as Method | undefined;
  if (descriptor === undefined || typeof native !== 'function') return;
  const hook = around(native, wraps, (run) => shellOf(key, part, run));
  disguise(hook, functionText(native), ownStacks ? '' : functionText(hook));
  descriptor[part] = hook;
  defineProperty(owner, key, setPrototypeOf(descriptor, null));
}
