/**
 * Where in the page's code a socket was made: file, line and column of the first
 * frame of its stack, without the query of the file's URL (a bundler's cache key).
 * Undefined where the stack names no place.
 */
export function callSite(stack: string | undefined): string | undefined {
  if (stack === undefined || stack === '') return undefined;
  const end = stack.indexOf('\n');
  const frame = (end < 0 ? stack : stack.slice(0, end)).slice(0, 2_000);
  const match = /([^\s@()]+):(\d+):(\d+)\)?\s*$/.exec(frame);
  if (match === null) return undefined;
  return `${match[1]!.replace(/[?#].*$/, '')}:${match[2]}:${match[3]}`;
}
