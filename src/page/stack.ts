import {
  define,
  getOwnPropertyDescriptor,
  getterOf,
  indexOf,
  NativeError,
  ownStacks,
  setPrototypeOf,
  slice,
} from './natives.ts';

/** V8's; Firefox has one too since 138, but there it makes `stack` an own property. */
export const captureStackTrace = (
  NativeError as unknown as { captureStackTrace?: (error: object, below: unknown) => void }
).captureStackTrace;

const FRAMES = 10;
const LONGEST = 2048;

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
 * The page's call stack as the engine writes it, one frame a line, the page's own first frame
 * first; empty where the page has taken the making of stacks into its own hands (it would see us ask).
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
  // V8 calls this one with the frames when the stack is read.
  if (formatsStacks()) return '';
  const before = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
  if (!before?.configurable) return '';
  // Its first line is made of a name and a message, which the page may have put on all objects.
  const holder = setPrototypeOf({}, null) as { stack: string };
  define(NativeError, 'stackTraceLimit', { value: FRAMES, configurable: true });
  try {
    captureStackTrace?.(holder, below);
  } finally {
    define(NativeError, 'stackTraceLimit', before);
  }
  const text = holder.stack;
  // The first line is the holder's name.
  const line = indexOf(text, '\n');
  return line < 0 ? '' : slice(text, line + 1, LONGEST);
}

/** V8's own getter, whatever the page put on its error; undefined of what is no error. */
const v8StackOf = ownStacks
  ? getterOf<string | undefined>(new NativeError(), 'stack')
  : () => undefined;

/** Whether the page formats stacks itself: it would see us ask for one. */
export const formatsStacks = (): boolean => 'prepareStackTrace' in NativeError;

/** V8: the line of the frame in which the error was made; empty where the page formats stacks itself. */
export function topFrame(error: unknown): string {
  try {
    if (formatsStacks()) return '';
    const text = `${v8StackOf(error)}`;
    const start = indexOf(text, '\n    at ');
    const end = start < 0 ? -1 : indexOf(`${text}\n`, '\n', start + 1);
    return end < 0 ? '' : slice(text, start, end);
  } catch {
    // Older engines have no such getter.
    return '';
  }
}

/** V8: puts a frame above those of the error's stack. */
export function putFirst(error: unknown, line: string): void {
  const text = `${(error as Error).stack}`;
  const start = indexOf(text, '\n    at ');
  // The setter is V8's own, on the error: it looks no further.
  if (start >= 0) (error as Error).stack = slice(text, 0, start) + line + slice(text, start);
}

/** Puts each line, with its end, through `change`. */
function eachLine(text: string, change: (line: string) => string): string {
  let out = '';
  let from = 0;
  while (from < text.length) {
    let end = indexOf(text, '\n', from) + 1;
    if (end === 0) end = text.length;
    out += change(slice(text, from, end));
    from = end;
  }
  return out;
}

/** Gecko's own getter of an error's stack, whatever stands in its place now. */
export const geckoStackOf = ownStacks ? () => '' : getterOf<string>(NativeError, 'stack');

function geckoStack(): string {
  let left = FRAMES;
  const text = eachLine(withoutUs(geckoStackOf(new NativeError())), (line) =>
    left-- > 0 ? line : '',
  );
  // Its last line has an end too.
  return slice(text, 0, text.length > LONGEST ? LONGEST : -1);
}

/** Where the page's first frame lies, in Gecko's writing. */
export function firstPlace(stack: string): { file: string; line: number; column: number } {
  const end = indexOf(stack, '\n');
  const line = slice(stack, indexOf(stack, '@') + 1, end < 0 ? stack.length : end);
  const b = lastColon(line, 1);
  const a = lastColon(line, 2);
  return { file: slice(line, 0, a), line: +slice(line, a + 1, b), column: +slice(line, b + 1) };
}

/**
 * Where frames of this script lie, as Gecko writes it ("@place:line:column"). Found at the start, when the topmost frame is
 * ours; empty where a recorder of before an update of the extension leaves it out already.
 */
const self = ownStacks ? '' : ownPlace();

function ownPlace(): string {
  const { file } = firstPlace(geckoStackOf(new NativeError()));
  return file === '' ? '' : `@${file}:`;
}

/** Whether a place that Gecko names is this script. */
export function isOurs(file: unknown): boolean {
  return typeof file === 'string' && `@${file}:` === self;
}

/** Leaves out the lines of frames of this script, in Gecko's writing. */
export function withoutUs(text: string): string {
  if (self === '' || indexOf(text, self) < 0) return text;
  // Where it came from, before an asterisk, is told of the first frame of what was called later.
  let cause = '';
  return eachLine(text, (line) => {
    if (indexOf(line, self) >= 0) {
      cause ||= slice(line, 0, indexOf(slice(line, 0, indexOf(line, '@')), '*') + 1);
      return '';
    }
    const told = cause + line;
    cause = '';
    return told;
  });
}
