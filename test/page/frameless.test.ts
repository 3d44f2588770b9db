import { describe, expect, it, vi } from 'vitest';
import type { Watch } from '../../src/page/frameless.ts';
import '../support/page-globals.ts';

/** As in a document that is gone, is printed, or stands at a breakpoint. */
let refuses = false;
vi.stubGlobal(
  'URLSearchParams',
  class extends URLSearchParams {
    override forEach(...args: Parameters<URLSearchParams['forEach']>): void {
      if (refuses) throw new Error('The provided callback is no longer runnable.');
      super.forEach(...args);
    }
  },
);
const { frameless } = await import('../../src/page/frameless.ts');
vi.unstubAllGlobals();

/** A native method that returns its second argument, or throws it; it converts the first. */
function method(this: unknown, code?: unknown, result?: unknown): unknown {
  Number(code);
  if (result instanceof Error) throw result;
  return { self: this, result };
}

function watched() {
  const log: string[] = [];
  let count = 0;
  const watch: Watch<number> = {
    before: (_self, args) => {
      count += 1;
      log.push(`before ${count} of ${args.length}`);
      return count;
    },
    after: (call) => log.push(`after ${call}`),
    failed: (call) => log.push(`failed ${call}`),
  };
  return { log, hook: frameless(method, watch) };
}

describe('a frameless hook', () => {
  it('runs before and after the native call, which gets receiver and arguments', () => {
    const { log, hook } = watched();
    const self = {};
    hook.call(self, 1, 2);
    expect(log).toEqual(['before 1 of 2', 'after 1']);
  });

  it('stands aside where the browser calls nothing back', () => {
    const { log, hook } = watched();
    const self = {};
    refuses = true;
    expect(hook.call(self, 1, 2)).toEqual({ self, result: 2 });
    const trap = frameless(method, { before: () => {} }, undefined, () => 'trapped');
    expect(trap.call(self)).toBe('trapped');
    refuses = false;
    expect(trap.call(self)).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('asks at each call whether a trap is to run instead', () => {
    const log: string[] = [];
    let busy = false;
    const trap = (_target: unknown, self: unknown, args: ArrayLike<unknown>) => ({ self, args });
    const watch = { before: () => void log.push('before'), after: () => void log.push('after') };
    const hook = frameless(method, watch, () => busy, trap);
    const self = {};
    hook.call(self, 1);
    busy = true;
    expect(hook.call(self, 2)).toEqual({ self, args: [2] });
    busy = false;
    hook.call(self, 3);
    expect(log).toEqual(['before', 'after', 'before', 'after']);
  });

  it('needs no way to tell how the call ended', async () => {
    const log: unknown[] = [];
    const hook = frameless(method, { before: (self, args) => void log.push([self, args[0]]) });
    const error = new Error('refused');
    expect(() => hook.call(log, 1, error)).toThrow(error);
    expect(hook.call(log, 2)).toBeUndefined();
    await Promise.resolve();
    expect(log).toEqual([
      [log, 1],
      [log, 2],
    ]);
  });

  it('tells of a call that threw once no script runs', async () => {
    const { log, hook } = watched();
    const error = new Error('refused');
    expect(() => hook.call({}, 1, error)).toThrow(error);
    expect(log).toEqual(['before 1 of 2']);
    await Promise.resolve();
    expect(log).toEqual(['before 1 of 2', 'failed 1']);
  });

  it('tells calls apart that code of the page makes within a call', async () => {
    const { log, hook } = watched();
    hook.call(
      {},
      {
        valueOf() {
          hook.call({});
          try {
            hook.call({}, 0, new Error('inner'));
          } catch {}
          return 1;
        },
      },
    );
    hook.call({});
    expect(log).toEqual([
      'before 1 of 1',
      'before 2 of 0',
      'after 2',
      'before 3 of 2',
      // Known as soon as the call around it ends.
      'failed 3',
      'after 1',
      'before 4 of 0',
      'after 4',
    ]);
    await Promise.resolve();
    expect(log).toHaveLength(8);
  });

  it('has the name, the length and the kind of the native one', () => {
    const { hook } = watched();
    expect([hook.name, hook.length]).toEqual(['method', 2]);
  });
});
