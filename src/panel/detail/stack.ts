export interface StackFrame {
  readonly name: string;
  readonly url?: string;
  readonly line?: number;
  readonly column?: number;
  /** The line as it came, where it has none of the known forms. */
  readonly raw: string;
}

const MAX_FRAMES = 50;

/** Reads the stacks of Chromium (`at f (url:1:2)`) and Firefox (`f@url:1:2`). */
export function parseStack(stack: string): StackFrame[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^\w*Error\b/.test(line))
    .slice(0, MAX_FRAMES)
    .map(parseFrame);
}

function parseFrame(raw: string): StackFrame {
  const named = /^at (.{1,400}?) \((.{1,4000}):(\d{1,9}):(\d{1,9})\)$/.exec(raw);
  const bare = named ?? /^at ()(?:async )?(.{1,4000}):(\d{1,9}):(\d{1,9})$/.exec(raw);
  const found = bare ?? /^([^@]{0,400})@(.{1,4000}):(\d{1,9}):(\d{1,9})$/.exec(raw);
  if (found === null) return { name: raw.replace(/^at /, ''), raw };
  const [, name = '', url = '', line, column] = found;
  return { name: name === '' ? '' : name, url, line: Number(line), column: Number(column), raw };
}

/** "app.js:12:5" of a long address. */
export function shortPlace(frame: StackFrame): string {
  if (frame.url === undefined) return '';
  const file = frame.url.replace(/[?#].*$/, '').replace(/^.*\//, '') || frame.url;
  return `${file}:${frame.line}:${frame.column}`;
}
