import { disguise } from './disguise.ts';
import { errorName } from './error-name.ts';
import { forwarder } from './forwarder.ts';
import { frameless, proxy, type Trap, type Watch } from './frameless.ts';
import {
  apply,
  define,
  functionText,
  getOwnPropertyDescriptor,
  hasOwn,
  indexOf,
  isError,
  ownStacks,
} from './natives.ts';
import { shellOf } from './shells.ts';
import { binaryBytes } from './size.ts';
import {
  captureStackTrace,
  firstPlace,
  formatsStacks,
  geckoStackOf,
  isOurs,
  putFirst,
  topFrame,
  withoutUs,
} from './stack.ts';

/** End of this script's URL. */
const SCRIPT = '/recorder.iife';

// biome-ignore lint/suspicious/noExplicitAny: hooks stand for every kind of method
export type Method = (this: any, ...args: any[]) => any;

/** What the recorder does around a native call. None of these may throw. */
export interface Around<N = unknown> {
  /**
   * @param below what to leave out of a stack, with all above it
   * @returns what the other two are told of this call
   */
  before?(self: unknown, args: ArrayLike<unknown>, below: unknown): N;
  after?(note: N, self: unknown, args: ArrayLike<unknown>, result: unknown, below: unknown): void;
  failed?(note: N, self: unknown, args: ArrayLike<unknown>, error: unknown, below: unknown): void;
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
 * Takes the frames of ours out of an error that a native method threw below `hook`: in V8
 * from the error itself, in Gecko when the page reads the stack (see gecko.ts).
 */
export function cleanError(
  error: unknown,
  args: ArrayLike<unknown>,
  hook: unknown,
  inside = false,
): void {
  if (!ownStacks) {
    moveToCaller(error, plain(args));
    return;
  }
  if (!plain(args) && !madeHere(error)) return;
  const first = inside ? topFrame(error) : '';
  captureStackTrace?.(error as object, hook);
  if (first !== '') putFirst(error, first);
}

/** What runs around the native method, where a frame of ours may lie below it. */
function around<N>(native: Method, wraps: Around<N>): Trap {
  // Now: what it has not is looked for where the page can put it.
  const { before, after, failed, inside, result: other } = wraps;
  const trap: Trap = (_target, self, args) => {
    const note = before?.(self, args, trap) as N;
    let result: unknown;
    try {
      result = apply(native, self, args);
    } catch (error) {
      failed?.(note, self, args, error, trap);
      cleanError(error, args, trap, inside);
      throw error;
    }
    after?.(note, self, args, result, trap);
    return other === undefined ? result : other(self, result);
  };
  return trap;
}

/** The browser's own exception, made while the topmost frame of a script was ours. */
function madeHere(error: unknown): boolean {
  // Where it cannot be asked for: hardly any page throws a DOMException in a conversion of its own.
  return formatsStacks() ? errorName(error) !== 'TypeError' : indexOf(topFrame(error), SCRIPT) >= 0;
}

/**
 * Gecko writes the place of an error's making on it: that is the caller's, not ours.
 * @param native it is known to be the browser's own
 */
function moveToCaller(error: unknown, native: boolean): void {
  if (native ? !hasOwn(error as object, 'fileName') : !isOurPlace(error)) return;
  const { file, line, column } = firstPlace(withoutUs(`${geckoStackOf(error)}`));
  const own = error as { fileName: string; lineNumber: number; columnNumber: number };
  own.fileName = file;
  own.lineNumber = line;
  own.columnNumber = column;
}

/** The browser's own error, made while the topmost frame of a script was ours: nobody else can write so. */
function isOurPlace(error: unknown): boolean {
  // A page may throw a Proxy, whose traps would hear us ask for more.
  return (
    isError?.(error) === true &&
    isOurs(getOwnPropertyDescriptor(error as object, 'fileName')?.value)
  );
}

export type Part = 'value' | 'get' | 'set';

/**
 * Puts a stand-in in the place of one part of a property: a Proxy, which says of itself in V8 what the native function
 * says, but for its text (see disguise.ts). In Gecko it does not, and a native function stands before it.
 */
export function replace(owner: object, key: string, part: Part, wraps: Around): void {
  const native = getOwnPropertyDescriptor(owner, key)?.[part] as Method | undefined;
  if (native === undefined) return;
  const trap = around(native, wraps);
  if (!ownStacks && wraps.inside) {
    set(
      owner,
      key,
      part,
      shellOf(part, (self, args) => trap(native, self, args)),
    );
    return;
  }
  const hook = proxy(native, { apply: trap });
  set(owner, key, part, ownStacks ? hook : forwarder(native, hook));
}

/**
 * Watches a method whose callers can be told nothing of it, not even by a stack.
 * @param isBusy whether it is called so often that each call must cost next to nothing
 */
export function watch<N>(
  owner: object,
  key: string,
  watch: Watch<N>,
  isBusy?: () => boolean,
): void {
  const native = getOwnPropertyDescriptor(owner, key)?.value as Method;
  const hook = frameless(native, watch, isBusy, isBusy && around(native, watch));
  set(owner, key, 'value', ownStacks ? hook : forwarder(native, hook));
}

/**
 * Puts a ready function in the place of a getter, if the engine says of it what it says of the native one.
 * @returns the function below which a stack is the page's
 */
export function put(owner: object, key: string, hook: Method): unknown {
  const native = getOwnPropertyDescriptor(owner, key)?.get as Method;
  if (!ownStacks || functionText(hook) === functionText(native)) {
    set(owner, key, 'get', hook);
    return hook;
  }
  const trap: Trap = (_target, self, args) => apply(hook, self, args);
  set(owner, key, 'get', proxy(native, { apply: trap }));
  return trap;
}

/** The property's other attributes and its order stay. */
function set(owner: object, key: string, part: Part, hook: Method): void {
  const descriptor = getOwnPropertyDescriptor(owner, key) as PropertyDescriptor;
  const text = functionText(descriptor[part] as Method);
  const source = functionText(hook);
  if (source !== text) disguise(hook, text, source);
  descriptor[part] = hook;
  define(owner, key, descriptor);
}
