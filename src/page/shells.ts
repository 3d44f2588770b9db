import type { Method, Run } from './hook.ts';
import { getOwnPropertyDescriptor } from './natives.ts';

/**
 * Functions with the name, the number of parameters and the kind of the native one
 * (no `prototype`, no construction), for engines where a Proxy would show. Each has
 * a source text of its own, by which stand-ins of other documents are known.
 */
export function shellOf(key: string, part: 'value' | 'get' | 'set', run: Run): Method {
  // A class, since its methods are strict: a receiver that is no object stays what it is.
  class Shells {
    close() {
      // biome-ignore lint/complexity/noArguments: the number of arguments is the page's
      return run(this, arguments);
    }
    addEventListener(_type: unknown, _listener: unknown) {
      // biome-ignore lint/complexity/noArguments: as above
      return run(this, arguments);
    }
    toString() {
      // biome-ignore lint/complexity/noArguments: as above
      return run(this, arguments);
    }
    set onopen(value: unknown) {
      run(this, [value]);
    }
    set onmessage(value: unknown) {
      run(this, [value]);
    }
    set onerror(value: unknown) {
      run(this, [value]);
    }
    set onclose(value: unknown) {
      run(this, [value]);
    }
    get readyState() {
      return run(this, []);
    }
    get stack() {
      return run(this, []);
    }
    get filename() {
      return run(this, []);
    }
    get lineNumber() {
      return run(this, []);
    }
    get columnNumber() {
      return run(this, []);
    }
  }
  return getOwnPropertyDescriptor(Shells.prototype, key)?.[part] as Method;
}
