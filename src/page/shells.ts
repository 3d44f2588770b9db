import type { Method, Run } from './hook.ts';
import { getOwnPropertyDescriptor } from './natives.ts';

type Shell = (run: Run) => { readonly prototype: object };

/** Classes, since their methods are strict: a receiver that is no object stays what it is. */
const SHELLS: Readonly<Record<string, Shell>> = {
  close: (run) =>
    class {
      close() {
        // biome-ignore lint/complexity/noArguments: the number of arguments is the page's
        return run(this, arguments);
      }
    },
  addEventListener: (run) =>
    class {
      addEventListener(_type: unknown, _listener: unknown) {
        // biome-ignore lint/complexity/noArguments: as above
        return run(this, arguments);
      }
    },
  toString: (run: Run) =>
    class {
      toString() {
        // biome-ignore lint/complexity/noArguments: as above
        return run(this, arguments);
      }
    },
  onopen: (run) =>
    class {
      set onopen(value: unknown) {
        run(this, [value]);
      }
    },
  onmessage: (run) =>
    class {
      set onmessage(value: unknown) {
        run(this, [value]);
      }
    },
  onerror: (run) =>
    class {
      set onerror(value: unknown) {
        run(this, [value]);
      }
    },
  onclose: (run) =>
    class {
      set onclose(value: unknown) {
        run(this, [value]);
      }
    },
  readyState: (run) =>
    class {
      get readyState() {
        return run(this, []);
      }
    },
  stack: (run) =>
    class {
      get stack() {
        return run(this, []);
      }
    },
  filename: (run) =>
    class {
      get filename() {
        return run(this, []);
      }
    },
  lineNumber: (run) =>
    class {
      get lineNumber() {
        return run(this, []);
      }
    },
  columnNumber: (run) =>
    class {
      get columnNumber() {
        return run(this, []);
      }
    },
};

/**
 * Functions with the name, the number of parameters and the kind of the native one
 * (no `prototype`, no construction), for engines where a Proxy would show. Each has
 * a source text of its own, by which stand-ins of other documents are known.
 */
export function shellOf(key: string, part: 'value' | 'get' | 'set', run: Run): Method {
  const shell = SHELLS[key] as Shell;
  return getOwnPropertyDescriptor(shell(run).prototype, key)?.[part] as Method;
}
