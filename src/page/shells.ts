import type { Method, Part } from './hook.ts';
import { getOwnPropertyDescriptor } from './natives.ts';

/**
 * Gecko: functions with name, number of parameters and kind (no `prototype`, no construction) of those of the engine's own that are
 * hooked. A forwarder would have the window for a receiver where the page gives none. Methods of a
 * class are strict: a receiver that is no object stays what it is.
 */
export function shellOf(
  part: Part,
  run: (self: unknown, args: ArrayLike<unknown>) => unknown,
): Method {
  class Shell {
    toString() {
      // biome-ignore lint/complexity/noArguments: the number of arguments is the page's
      return run(this, arguments);
    }
    get stack() {
      return run(this, []);
    }
  }
  const key = part === 'get' ? 'stack' : 'toString';
  return getOwnPropertyDescriptor(Shell.prototype, key)?.[part] as Method;
}
