import { type Message, message } from '../../model/message.ts';

/**
 * The filter box's language: `code:1008 code:>=4000 -url:health is:open lived:<5s` and free text.
 * Terms are separated by spaces and must all hold; `-` in front turns one round; commas inside a
 * value are alternatives; quotes keep spaces and colons together.
 */
export interface Filter {
  readonly terms: readonly Term[];
  readonly errors: readonly FilterError[];
}

export interface Term {
  readonly negated: boolean;
  readonly test: Test;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=';

export type Test =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly key: NumberKey; readonly ranges: readonly Range[] }
  | { readonly kind: 'word'; readonly key: WordKey; readonly words: readonly string[] }
  | { readonly kind: 'pattern'; readonly key: PatternKey; readonly patterns: readonly string[] };

/** Both ends included; `open` ends are infinite. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface FilterError {
  /** Where in the text, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly message: Message;
}

export const NUMBER_KEYS = ['code', 'lived', 'sent', 'received'] as const;
export const WORD_KEYS = ['is', 'closedBy', 'has'] as const;
export const PATTERN_KEYS = ['url', 'reason', 'frame', 'protocol', 'rule', 'cause'] as const;
export type NumberKey = (typeof NUMBER_KEYS)[number];
export type WordKey = (typeof WORD_KEYS)[number];
export type PatternKey = (typeof PATTERN_KEYS)[number];
export type FilterKey = NumberKey | WordKey | PatternKey;
export const FILTER_KEYS: readonly FilterKey[] = [...NUMBER_KEYS, ...WORD_KEYS, ...PATTERN_KEYS];

export const WORDS: Readonly<Record<WordKey, readonly string[]>> = {
  is: [
    'connecting',
    'open',
    'closing',
    'closed',
    'clean',
    'unclean',
    'replaced',
    'reloaded',
    'waiting',
    'never',
    'worker',
    'frame',
  ],
  closedBy: ['page', 'server', 'browser', 'network', 'unknown'],
  has: ['finding', 'reason', 'error', 'handshake', 'preview', 'messages'],
};

/** Stands for a comma inside quotes, which separates nothing. */
const QUOTED_COMMA = '\u0001';

interface Token {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Where an unquoted colon separates key and value, in the text. */
  readonly colon: number;
  readonly negated: boolean;
  readonly unclosed: boolean;
}

/** Splits at spaces outside quotes. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at]!)) {
      at += 1;
      continue;
    }
    const from = at;
    const negated = source[at] === '-' && at + 1 < source.length && !/\s/.test(source[at + 1]!);
    if (negated) at += 1;
    let text = '';
    let colon = -1;
    let quoted = false;
    while (at < source.length && (quoted || !/\s/.test(source[at]!))) {
      const char = source[at]!;
      if (char === '"') quoted = !quoted;
      else {
        if (char === ':' && !quoted && colon < 0) colon = text.length;
        text += char === ',' && quoted ? QUOTED_COMMA : char;
      }
      at += 1;
    }
    found.push({ from, to: at, text, colon, negated, unclosed: quoted });
  }
  return found;
}

export function parseFilter(source: string): Filter {
  const terms: Term[] = [];
  const errors: FilterError[] = [];
  for (const token of tokens(source)) {
    const outcome = parseToken(token);
    if ('error' in outcome) errors.push({ from: token.from, to: token.to, message: outcome.error });
    else if (outcome.test !== undefined) terms.push({ negated: token.negated, test: outcome.test });
  }
  return { terms, errors };
}

type Parsed = { readonly test?: Test } | { readonly error: Message };

function parseToken(token: Token): Parsed {
  if (token.unclosed) return { error: message('panel_filter_unclosed') };
  const { text, colon } = token;
  const name = colon > 0 ? text.slice(0, colon) : '';
  const value = colon > 0 ? text.slice(colon + 1) : text;
  // A pasted address is text, not a key: `wss://…`, `a.test:8080`.
  if (!/^[a-z]+$/i.test(name) || value.startsWith('//')) {
    return text === '' ? {} : { test: { kind: 'text', text: unquoted(text).toLowerCase() } };
  }
  const key = FILTER_KEYS.find((known) => known.toLowerCase() === name.toLowerCase());
  if (key === undefined) {
    const near = nearest(name.toLowerCase(), FILTER_KEYS);
    return near === undefined
      ? { error: message('panel_filter_unknown_key', { key: name, keys: FILTER_KEYS.join(', ') }) }
      : { error: message('panel_filter_unknown_key_near', { key: name, near }) };
  }
  // Still being typed.
  if (value === '') return {};
  const values = value
    .split(',')
    .filter((part) => part !== '')
    .map(unquoted);
  if (values.length === 0) return {};
  if (isOneOf(NUMBER_KEYS, key)) {
    const ranges: Range[] = [];
    for (const part of values) {
      const range = key === 'code' ? codeRange(part) : rangeOf(part, key);
      if (range === undefined) {
        return {
          error: message(
            `panel_filter_bad_${key === 'lived' ? 'time' : key === 'code' ? 'code' : 'number'}`,
            { value: part },
          ),
        };
      }
      ranges.push(range);
    }
    return { test: { kind: 'number', key, ranges } };
  }
  if (isOneOf(WORD_KEYS, key)) {
    const words: string[] = [];
    for (const part of values) {
      const word = WORDS[key].find((known) => known.toLowerCase() === part.toLowerCase());
      if (word === undefined) {
        return {
          error: message('panel_filter_bad_word', {
            key,
            value: part,
            words: WORDS[key].join(', '),
          }),
        };
      }
      words.push(word);
    }
    return { test: { kind: 'word', key, words } };
  }
  return { test: { kind: 'pattern', key, patterns: values.map((part) => part.toLowerCase()) } };
}

function unquoted(text: string): string {
  return text.replaceAll(QUOTED_COMMA, ',');
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}

const COMPARED = /^(<=|>=|<|>|=)?(.+)$/s;

/** `1008`, `>=4000`, `4000-4999` and `4xxx`. */
function codeRange(text: string): Range | undefined {
  const family = /^([1-4])xxx$/i.exec(text);
  if (family !== null) {
    const base = Number(family[1]) * 1000;
    return { from: base, to: base + 999 };
  }
  return rangeOf(text, 'code');
}

function rangeOf(text: string, key: NumberKey): Range | undefined {
  const unit = key === 'lived' ? duration : wholeNumber;
  const between = /^([^<>=-][^-]*)-([^-]+)$/.exec(text) ?? /^(.+)\.\.(.+)$/.exec(text);
  if (between !== null) {
    const from = unit(between[1]!);
    const to = unit(between[2]!);
    return from === undefined || to === undefined || from > to ? undefined : { from, to };
  }
  const [, sign = '=', rest = ''] = COMPARED.exec(text) ?? [];
  const value = unit(rest);
  if (value === undefined) return undefined;
  switch (sign) {
    case '<':
      return { from: Number.NEGATIVE_INFINITY, to: below(value) };
    case '<=':
      return { from: Number.NEGATIVE_INFINITY, to: value };
    case '>':
      return { from: above(value), to: Number.POSITIVE_INFINITY };
    case '>=':
      return { from: value, to: Number.POSITIVE_INFINITY };
    default:
      return { from: value, to: value };
  }
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** Milliseconds; a bare number means seconds. */
function duration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s|min|m|h)?$/i.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * UNIT_MS[(match[2] ?? 's').toLowerCase()]!;
}

/** The closest smaller number that a measurement in fractions of a millisecond can have. */
function below(value: number): number {
  return value - 1e-6;
}

function above(value: number): number {
  return value + 1e-6;
}

function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of known) {
    const d = distance(word, candidate.toLowerCase());
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length]!;
}
