import type { Message } from '../model/message.ts';
import { createFormats, type Formats } from './formats.ts';
import type { Messages } from './messages.ts';

export type Params = NonNullable<Message['params']>;

export interface Translator extends Formats {
  /** The language of the texts, such as `vi`. */
  readonly locale: string;
  /**
   * The sentence of a message. Never throws: an id without a text comes back
   * as `⟦id⟧`, a placeholder without a value as its own `$NAME$`, so that a
   * forgotten text is seen by the developer and still tells the user something.
   *
   * - Placeholders: `$DELAY$` takes `params.delay`; case and underscores do not matter.
   * - A nested message is translated in its turn.
   * - A number is written the locale's way. Milliseconds read as a duration
   *   ("14 min 2 s"): where the parameter's name ends in `Ms` (or is `ms`), or where
   *   the text says `$DELAY$ ms`. A name that ends in `Bytes` makes it a size (but
   *   `$BYTES$ bytes` stays a count), one in `Percent` a ratio from 0 to 1. Give a
   *   string to say it otherwise.
   * - Plural: with a numeric `count` and texts `<id>_one` / `<id>_other`, the one
   *   that the locale's rules pick.
   */
  t(message: Message | string, params?: Params): string;
  /** Whether there is a text for this id (or for its plural forms). */
  has(id: string): boolean;
}

/** Deep enough for any sentence of ours, shallow enough for a hostile one. */
const MAX_DEPTH = 8;

/** A placeholder with a unit that may follow it in the text, or an escaped dollar sign. */
const PLACEHOLDER = /\$(\w+)\$( ms\b| bytes?\b)?|\$\$/g;

export function createTranslator(messages: Messages, locale: string): Translator {
  const formats = createFormats(locale, (id) => messages.get(id));

  const textOf = (id: string, params: Params | undefined): string | undefined => {
    const count = params?.count;
    if (typeof count === 'number') {
      const plural = messages.get(`${id}_${formats.plural(count)}`) ?? messages.get(`${id}_other`);
      if (plural !== undefined) return plural;
    }
    return messages.get(id);
  };

  const translate = (id: string, params: Params | undefined, depth: number): string => {
    const text = textOf(id, params);
    if (text === undefined || depth > MAX_DEPTH) return `⟦${id}⟧`;
    const values = new Map(
      Object.entries(params ?? {}).map(([name, value]) => [plain(name), { name, value }] as const),
    );
    // One pass: a value that itself contains `$NAME$` is never expanded again.
    return text.replace(PLACEHOLDER, (mark, placeholder: string | undefined, unit = '') => {
      if (placeholder === undefined) return '$';
      const found = values.get(plain(placeholder));
      if (found === undefined) return mark;
      const { name, value } = found;
      if (typeof value === 'string') return value + unit;
      if (typeof value !== 'number') return translate(value.id, value.params, depth + 1) + unit;
      if (unit === '') return formats.byName(name, value);
      return unit === ' ms' ? formats.duration(value) : formats.number(value) + unit;
    });
  };

  return {
    ...formats,
    locale,
    t: (message, params) =>
      typeof message === 'string'
        ? translate(message, params, 0)
        : translate(message.id, params ?? message.params, 0),
    has: (id) => messages.has(id) || messages.has(`${id}_other`),
  };
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
