import type { SessionEvent } from '../model/events.ts';
import { replaceMarks, type SecretKind } from '../model/secrets.ts';
import type { SessionLog } from './types.ts';

/**
 * Every redacted log numbers its marks from 1: put together, `‹token-1›` of one would read as
 * that of another. The marks of each next log are counted on from those before.
 */
export class MarkNumbers {
  readonly #used = new Map<SecretKind, number>();

  /** How the events of the next log are to be written. */
  next(log: SessionLog): (event: SessionEvent) => SessionEvent {
    if (log.redaction === undefined) return (event) => event;
    const before = new Map(this.#used);
    for (const event of log.events) {
      inTexts(event, (text) =>
        replaceMarks(text, (kind, number) => {
          const own = (before.get(kind) ?? 0) + number;
          if (own > (this.#used.get(kind) ?? 0)) this.#used.set(kind, own);
          return '';
        }),
      );
    }
    if (before.size === 0) return (event) => event;
    const shifted = (text: string): string =>
      replaceMarks(text, (kind, number) => `‹${kind}-${(before.get(kind) ?? 0) + number}›`);
    return (event) => inTexts(event, shifted) as SessionEvent;
  }
}

/** The value with every text in it made anew; itself where none changes. */
function inTexts(value: unknown, by: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes('‹') ? by(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | unknown[] | undefined;
  for (const [name, one] of Object.entries(value)) {
    const made = inTexts(one, by);
    if (made === one) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    (copy as Record<string, unknown>)[name] = made;
  }
  return copy ?? value;
}
