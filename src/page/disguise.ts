import { stamp, stampOf } from './stamp.ts';

/**
 * `Function.prototype.toString` of a stand-in gives the native text. It is known by a
 * stamp on the stand-in; one of another document, whose stamp we cannot read, by its
 * source where that is its own (in V8 stand-ins are Proxies, whose source says nothing).
 */
interface Mask {
  readonly source: string;
  readonly text: string;
  readonly next: Mask | undefined;
}

let masks: Mask | undefined;

export function disguise(hook: object, text: string, source: string): void {
  stamp(hook, text);
  masks = { source, text, next: masks };
}

/** The native text where `value` stands in for a native function. */
export function maskOf(value: unknown): string | undefined {
  return typeof value === 'function' ? stampOf<string>(value) : undefined;
}

/** The native text where `source` is that of a stand-in of any document. */
export function maskOfSource(source: string): string | undefined {
  for (let mask = masks; mask !== undefined; mask = mask.next) {
    if (mask.source === source) return mask.text;
  }
  return undefined;
}
