import { ownStacks, uncurry } from './natives.ts';

/**
 * `Function.prototype.toString` of a stand-in gives the native text, in whichever
 * document of the same origin it is asked: the stand-ins of an ancestor's document and
 * those of its frames are in one register (see kin in channel.ts). In Gecko, where a
 * stand-in has a source text of its own, that text is enough.
 */
const newRegister = (): WeakMap<object, string> => new WeakMap<object, string>();
const get = uncurry(WeakMap.prototype.get);
const set = uncurry(WeakMap.prototype.set);

let register = ownStacks ? newRegister() : (undefined as never);

export function ownRegister(): object {
  return register;
}

/** Uses an ancestor's register, which lives at least as long as this document. */
export function joinRegister(other: object): void {
  // Throws, and changes nothing, where it is no WeakMap.
  get(other, other);
  register = other as typeof register;
}

interface Mask {
  readonly source: string;
  readonly text: string;
  readonly next: Mask | undefined;
}

let masks: Mask | undefined;

/** @param source the stand-in's own source text; in V8 all stand-ins have the same */
export function disguise(hook: object, text: string, source: string): void {
  if (ownStacks) set(register, hook, text);
  else masks = { source, text, next: masks };
}

/** What `Function.prototype.toString` shall say of `value`, where natively it says `source`. */
export function textOf(value: unknown, source: string): string {
  if (ownStacks) return (get(register, value as object) as string | undefined) ?? source;
  for (let mask = masks; mask !== undefined; mask = mask.next) {
    if (mask.source === source) return mask.text;
  }
  return source;
}
