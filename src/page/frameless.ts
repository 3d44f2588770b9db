import type { Method } from './hook.ts';
import { apply, bind, call, NativeProxy, ownStacks, setPrototypeOf, uncurry } from './natives.ts';

/** What the recorder does around a native call. None of these may throw. */
export interface Watch<N> {
  /**
   * @param below what to leave out of a stack, with all above it
   * @returns what the other two are told of this call
   */
  before(self: unknown, args: ArrayLike<unknown>, below: unknown): N;
  after?(note: N): void;
  /** It threw; what is not known of a frameless call. */
  failed?(note: N): void;
}

/** What runs in the place of a method, as a Proxy's handler has it. */
export type Trap = (target: Method, self: unknown, args: ArrayLike<unknown>) => unknown;

/** What a Proxy was called with: target, receiver, arguments. */
type Received = readonly [Method, unknown, ArrayLike<unknown>];

interface Call<N> {
  readonly received: Received;
  readonly note: N;
  readonly next: Call<N> | undefined;
}

const bound = uncurry(bind) as (method: Method, ...rest: unknown[]) => Method;
const steps = ownStacks ? new URLSearchParams('0&1&2') : [0, 1, 2];
const isCalledBack = ownStacks && bound(steps.forEach, new URLSearchParams('0'), () => {});
const later = queueMicrotask;
/** Binding asks a function for its name and length: those of `Reflect.apply` are the page's to change, these are not. */
const applied = bound(apply);

export function proxy(target: Method, handler: { apply?: unknown }): Method {
  return new NativeProxy(target, setPrototypeOf(handler, null));
}

/**
 * A stand-in made of builtins alone. A function of a script that calls the native method
 * is on the stack while that runs: code of the page that the method calls sees it there,
 * and an exception that nobody catches is reported as thrown by it. So none of ours calls
 * the method. A `forEach` that no stack shows does, in V8 that of URLSearchParams, in Gecko any array's:
 * it calls something three times, of which the first and the last is a function of
 * ours, which returns, and the second the native method. That takes V8 some twelve microseconds, Gecko one to three.
 * @param isBusy whether the method is called too often for that
 * @param trap what to do instead then, and where the browser calls nothing back; without it, the native method runs alone
 */
export function frameless<N>(
  native: Method,
  { before, after, failed }: Watch<N>,
  isBusy?: () => boolean,
  trap?: Trap,
): Method {
  let running: Call<N> | undefined;
  let upcoming: Received | undefined;

  /**
   * The call that was received so came to its last step: those above it, made meanwhile by code of the
   * page, did not, so they threw. In a microtask, when no script runs, that is so of all.
   */
  function end(received?: Received): void {
    for (let ended = false; running !== undefined && !ended; running = running.next) {
      ended = running.received === received;
      (ended ? after : failed)?.(running.note);
    }
  }

  function ours(_target: unknown, received: Received, args: ArrayLike<unknown>): void {
    if (+(args[1] as string) > 0) {
      end(received);
      return;
    }
    const note = before(received[1], received[2], ours);
    upcoming = received;
    if (after === undefined) return;
    if (running === undefined) later(() => end());
    running = { received, note, next: running };
  }

  const step = proxy(ours, {
    get apply() {
      if (upcoming === undefined) return ours;
      const theirs = bound(applied, null, native, upcoming[1], upcoming[2]);
      upcoming = undefined;
      return theirs;
    },
  });
  // Called with (target, receiver, arguments), it calls `forEach(step, [target, receiver, arguments])`.
  const all = proxy(bound(steps.forEach, steps, step), { apply: bound(call, call) });
  return proxy(native, {
    // Without a trap the native method is called as if nothing were in its place.
    get apply() {
      // What a call that ran out of stack left behind is not this one's.
      upcoming = undefined;
      if (isBusy?.()) return trap;
      try {
        // While a page is printed or stands at a breakpoint, in a document that is gone, and too deep in
        // calls of its own, Blink refuses to call functions back, though it runs scripts.
        if (isCalledBack) isCalledBack();
      } catch {
        return trap;
      }
      return all;
    },
  });
}
