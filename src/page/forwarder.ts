import type { Method } from './hook.ts';
import { define, getOwnPropertyDescriptor, setPrototypeOf } from './natives.ts';

/**
 * Puts into `box`, as its property `name`, a native function of that name that calls `run` with its own receiver and arguments.
 */
export type Lend = (run: Method, box: object, name: string) => void;

let lend: Lend;

/** Takes what the relay lends, before anything is hooked. */
export function borrow(lent: Lend): void {
  lend = lent;
}

/**
 * Gecko: a native function that calls `hook`, with name and length of `native`. No script can make one; an
 * extension's isolated world can, for its page. Stacks do not show it, and it says of itself what any other native function does.
 */
export function forwarder(native: Method, hook: Method): Method {
  const box: Record<string, Method> = setPrototypeOf({}, null);
  const name = getOwnPropertyDescriptor(native, 'name')?.value as string;
  lend(hook, box, name);
  const made = box[name] as Method;
  // Of a Proxy it has none.
  define(made, 'length', getOwnPropertyDescriptor(native, 'length') as PropertyDescriptor);
  return made;
}
