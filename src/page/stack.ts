import {
  defineProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  indexOf,
  NativeError,
  setPrototypeOf,
  slice,
} from './natives.ts';

/** V8's; Firefox has one too since 138, but there it makes `stack` an own property. */
export const captureStackTrace = (
  NativeError as unknown as { captureStackTrace?: (error: object, below: unknown) => void }
).captureStackTrace;

/** V8 keeps `stack` on each error, Firefox on the prototype. */
export const ownStacks = getOwnPropertyDescriptor(NativeError.prototype, 'stack') === undefined;

const FRAMES = 10;
const LONGEST = 2048;

/** URL of this script, as it stands in stacks. */
const self = ((): string => {
  const text = `${new NativeError().stack}`;
  const at = indexOf(text, '-extension://');
  if (at < 0) return '';
  const end = indexOf(text, '.js', at);
  return slice(text, at, end < 0 ? at + 50 : end + 3);
})();

/**
 * The page's call stack, one frame a line, its own first frame first; empty where the
 * page has taken the making of stacks into its own hands (it would see us ask).
 *
 * @param below the hook whose frame, and all above it, are left out
 */
export function takeStack(below: unknown): string {
  try {
    return ownStacks ? v8Stack(below) : geckoStack();
  } catch {
    return '';
  }
}

function v8Stack(below: unknown): string {
  if (captureStackTrace === undefined) return '';
  // V8 calls this one with the frames when the stack is read.
  if (hasOwn(NativeError, 'prepareStackTrace')) return '';
  const before = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
  if (before === undefined || before.configurable !== true) return '';
  const holder = { stack: '' };
  defineProperty(NativeError, 'stackTraceLimit', limitOf(FRAMES));
  try {
    captureStackTrace(holder, below);
  } finally {
    defineProperty(NativeError, 'stackTraceLimit', setPrototypeOf(before, null));
  }
  const text = holder.stack;
  // The first line is the holder's name.
  const line = indexOf(text, '\n');
  return line < 0 ? '' : trimLines(slice(text, line + 1, line + 1 + LONGEST));
}

function limitOf(value: number): PropertyDescriptor {
  return setPrototypeOf({ value, writable: true, enumerable: true, configurable: true }, null);
}

/** "    at f (url)" to "f (url)". */
function trimLines(text: string): string {
  let out = '';
  let from = 0;
  while (from < text.length) {
    let end = indexOf(text, '\n', from);
    if (end < 0) end = text.length;
    const line = slice(text, slice(text, from, from + 7) === '    at ' ? from + 7 : from, end);
    out += out === '' ? line : `\n${line}`;
    from = end + 1;
  }
  return out;
}

const geckoStackGetter = ownStacks
  ? undefined
  : getOwnPropertyDescriptor(NativeError.prototype, 'stack')?.get;

function geckoStack(): string {
  if (geckoStackGetter === undefined) return '';
  return firstFrames(withoutUs(new NativeError().stack ?? ''));
}

function firstFrames(text: string): string {
  let end = 0;
  for (let i = 0; i < FRAMES && end >= 0 && end < text.length; i += 1) {
    const next = indexOf(text, '\n', end);
    if (next < 0) return slice(text, 0, LONGEST);
    end = next + 1;
  }
  return slice(slice(text, 0, LONGEST), 0, end - 1);
}

/** Leaves out the lines that name this script. */
export function withoutUs(text: string): string {
  if (self === '' || indexOf(text, self) < 0) return text;
  let out = '';
  let from = 0;
  while (from < text.length) {
    let end = indexOf(text, '\n', from);
    end = end < 0 ? text.length : end + 1;
    const line = slice(text, from, end);
    if (indexOf(line, self) < 0) out += line;
    from = end;
  }
  return out;
}
