import {
  defineProperty,
  getOwnPropertyDescriptor,
  getterOf,
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

/** Where frames of this script lie, as Gecko writes it ("@place:line:column"); only used there. */
const self = ((): string => {
  const text = `${new NativeError().stack}`;
  const end = indexOf(text, '\n');
  const line = slice(text, indexOf(text, '@'), end < 0 ? text.length : end);
  return slice(line, 0, lastColon(line, 2) + 1);
})();

/** Place of the `nth` colon from the end. */
function lastColon(text: string, nth: number): number {
  let left = nth;
  for (let i = text.length - 1; i > 0; i -= 1) {
    if (text[i] === ':') {
      left -= 1;
      if (left === 0) return i;
    }
  }
  return text.length;
}

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

/** V8: the line of the frame in which the error was made; empty where the page formats stacks itself. */
export function topFrame(error: unknown): string {
  if (hasOwn(NativeError, 'prepareStackTrace')) return '';
  const text = `${(error as Error).stack}`;
  const start = indexOf(text, '\n    at ');
  const end = start < 0 ? -1 : indexOf(text, '\n', start + 1);
  return end < 0 ? '' : slice(text, start, end);
}

/** V8: puts a frame above those of the error's stack. */
export function putFirst(error: unknown, line: string): void {
  const text = `${(error as Error).stack}`;
  const start = indexOf(text, '\n    at ');
  // The setter is V8's own, on the error: it looks no further.
  if (start >= 0) (error as Error).stack = slice(text, 0, start) + line + slice(text, start);
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

/** Gecko's own getter of an error's stack, whatever stands in its place now. */
export const geckoStackOf = ownStacks ? () => '' : getterOf<string>(NativeError.prototype, 'stack');

function geckoStack(): string {
  return firstFrames(withoutUs(geckoStackOf(new NativeError())));
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

/** Where the page's first frame lies, in Gecko's writing. */
export function firstPlace(stack: string): { file: string; line: number; column: number } {
  const end = indexOf(stack, '\n');
  const line = slice(stack, indexOf(stack, '@') + 1, end < 0 ? stack.length : end);
  const b = lastColon(line, 1);
  const a = lastColon(line, 2);
  return { file: slice(line, 0, a), line: +slice(line, a + 1, b), column: +slice(line, b + 1) };
}

/** Leaves out the lines of frames of this script, in Gecko's writing. */
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
