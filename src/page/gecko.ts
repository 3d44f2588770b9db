import { replace } from './hook.ts';
import { getterOf } from './natives.ts';
import { firstPlace, ownStacks, withoutUs } from './stack.ts';

/**
 * Gecko keeps the stack of an error behind a getter of the prototype: leave our frames
 * out there, wherever the error was made (also in a page's own `toString` that a hooked
 * method called).
 */
export function hideFrames(): void {
  if (ownStacks) return;
  const clean = (_self: unknown, text: unknown): unknown =>
    typeof text === 'string' ? withoutUs(text) : text;
  const stackOf = getterOf<string>(DOMException.prototype, 'stack');
  replace(Error.prototype, 'stack', 'get', { result: clean });
  replace(DOMException.prototype, 'stack', 'get', { result: clean });
  const place = (key: 'file' | 'line' | 'column') => (self: unknown, native: unknown) => {
    const stack = stackOf(self);
    const ours = withoutUs(stack);
    return ours === stack ? native : firstPlace(ours)[key];
  };
  replace(DOMException.prototype, 'filename', 'get', { result: place('file') });
  replace(DOMException.prototype, 'lineNumber', 'get', { result: place('line') });
  replace(DOMException.prototype, 'columnNumber', 'get', { result: place('column') });
}
