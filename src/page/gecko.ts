import { replace } from './hook.ts';
import { getterOf, ownStacks } from './natives.ts';
import { firstPlace, withoutUs } from './stack.ts';

/**
 * Gecko keeps the stack of an error behind a getter of the prototype: leave our frames
 * out there, wherever the error was made (also in a page's own `toString` that a hooked
 * method called).
 */
export function hideFrames(): void {
  if (ownStacks) return;
  const stackOf = getterOf<string>(DOMException, 'stack');
  for (let i = 0; i < 2; i += 1) {
    replace(i === 0 ? Error.prototype : DOMException.prototype, 'stack', 'get', {
      inside: i === 0,
      result: (_self, text) => (typeof text === 'string' ? withoutUs(text) : text),
    });
  }
  const place = (key: string, part: 'file' | 'line' | 'column'): void =>
    replace(DOMException.prototype, key, 'get', {
      result(self, native) {
        const stack = stackOf(self);
        const theirs = withoutUs(stack);
        return theirs === stack ? native : firstPlace(theirs)[part];
      },
    });
  place('filename', 'file');
  place('lineNumber', 'line');
  place('columnNumber', 'column');
}
