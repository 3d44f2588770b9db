import { FILTER_KEYS, type FilterKey, tokens, WORD_KEYS, WORDS } from './parse.ts';

/** What may stand at the caret. `from`–`to` is the part of the text that it replaces. */
export interface Completion {
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

/** Values seen in the session, by key, so that real codes, hosts and rules are offered. */
export type SeenValues = Partial<Readonly<Record<FilterKey, readonly string[]>>>;

const MAX = 12;

export function complete(source: string, caret: number, seen: SeenValues = {}): Completion[] {
  const token = tokens(source).find((one) => one.from <= caret && caret <= one.to);
  const from = token?.from ?? caret;
  const typed = source.slice(from, caret);
  const minus = typed.startsWith('-') ? '-' : '';
  const body = typed.slice(minus.length);
  const colon = body.indexOf(':');
  if (colon < 0) {
    return FILTER_KEYS.filter((key) => key.toLowerCase().startsWith(body.toLowerCase())).map(
      (key) => ({ insert: `${minus}${key}:`, from, to: token?.to ?? caret }),
    );
  }
  const key = FILTER_KEYS.find((one) => one.toLowerCase() === body.slice(0, colon).toLowerCase());
  if (key === undefined) return [];
  const valueFrom = from + minus.length + Math.max(colon, body.lastIndexOf(',')) + 1;
  const value = source.slice(valueFrom, caret).replaceAll('"', '').toLowerCase();
  const known: readonly string[] = (WORD_KEYS as readonly string[]).includes(key)
    ? WORDS[key as keyof typeof WORDS]
    : (seen[key] ?? examples(key));
  return known
    .filter((one) => one.toLowerCase().includes(value) && one.toLowerCase() !== value)
    .slice(0, MAX)
    .map((one) => ({ insert: quoted(one), from: valueFrom, to: token?.to ?? caret }));
}

function examples(key: FilterKey): readonly string[] {
  return key === 'lived' ? ['<1s', '<5s', '>1m', '>1h'] : key === 'code' ? ['>=4000'] : [];
}

function quoted(value: string): string {
  return /[\s":,]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
