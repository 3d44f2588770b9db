import { withoutSecrets } from '../../../model/secrets.ts';

/** A reason in the one form that lexicons are written in. */
export interface NormalisedReason {
  /** Lower case words between single spaces; Latin letters without accents. */
  readonly text: string;
  /** The same words clause by clause: what colons, stops and dashes keep apart. */
  readonly clauses: readonly string[];
  /** Numbers that look like codes of an error table or of HTTP. */
  readonly numbers: readonly number[];
  /** As long as a close frame allows: the end may be cut off. */
  readonly truncated: boolean;
  readonly json: boolean;
}

/** RFC 6455 §5.5: a control frame carries 125 bytes, two of them are the code. */
export const MAX_REASON_BYTES = 123;

const PLACEHOLDERS = /\$\{[^}]*\}?|\{\{?[\w.]*\}?\}|%[sdvqifj@]|<[a-z_]+>/gi;
const LATIN_MARKS = /([a-z])[\u0300-\u036f]+/gi;
/** Latin letters with a mark that Unicode does not take apart. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ø: 'o',
  Ø: 'O',
};
const JSON_TEXT_KEYS = [
  'reason',
  'message',
  'msg',
  'error',
  'errors',
  'error_message',
  'errorMessage',
  'error_description',
  'errMsg',
  'errmsg',
  'description',
  'detail',
  'details',
  'type',
  'name',
  'code',
  'status',
  'key',
  'data',
  'title',
  'payload',
  'body',
];
/** What ends a clause: "Bad request: …", "Invalid token. …", "Error - …", "Forbidden (…)". */
const CLAUSE_ENDS = /[:;,.!?](?=\s|$)|[:;,](?=\p{Script=Han})|[。！]|\s[–—|-]+\s|[()[\]\n]/gu;
const APART = '\0';
/** What a check wanted instead is of its own making: "audience invalid. expected: app". */
const WANTED =
  /(\b(?:invalid|incorrect|mismatch|wrong|malformed|unsupported|match)[.,;]?[\s(]+)expected\s*[:=].*$/i;

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function collect(value: unknown, depth: number, out: string[]): void {
  if (typeof value === 'string') out.push(value);
  else if (typeof value === 'number') out.push(String(value));
  else if (Array.isArray(value) && depth > 0)
    for (const each of value) collect(each, depth - 1, out);
  else if (typeof value === 'object' && value !== null && depth > 0) {
    const record = value as Record<string, unknown>;
    for (const key of JSON_TEXT_KEYS) if (key in record) collect(record[key], depth - 1, out);
    if (out.length === 0) for (const each of Object.values(record)) collect(each, depth - 1, out);
  }
}

/** The words inside a JSON body, or undefined where it is none. */
function jsonWords(reason: string): string | undefined {
  const trimmed = reason.trim();
  if (!/^[[{"]/.test(trimmed) || /^\{\w*\}$/.test(trimmed)) return undefined;
  try {
    const out: string[] = [];
    collect(JSON.parse(trimmed), 3, out);
    return out.join(' . ');
  } catch {
    // Cut off in the middle: what stands between quotes, without the commonest keys.
    if (!/^[[{]\s*["{[]/.test(trimmed)) return undefined;
    return trimmed.replace(/"(\w+)"\s*:/g, ' . ').replace(/["{}[\],]/g, ' ');
  }
}

/** NFKC, accents off, camelCase and snake_case apart, placeholders out. Never throws. */
export function normaliseReason(reason: string): NormalisedReason {
  const json = jsonWords(reason);
  const clauses = withoutSecrets(json ?? reason)
    .normalize('NFKC')
    .replace(PLACEHOLDERS, ' ')
    .replace(/https?:\/\/\S+/g, ' ')
    .replace(WANTED, '$1')
    .replace(CLAUSE_ENDS, APART)
    .normalize('NFD')
    .replace(LATIN_MARKS, '$1')
    .normalize('NFC')
    .replace(/[đĐłŁıøØ]/g, (letter) => UNDECOMPOSED[letter]!)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/(\w)['’`](?=\w)/g, '$1')
    .replace(/[^\p{L}\p{N}\p{M}\0]+/gu, ' ')
    .split(APART)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  const text = clauses.join(' ');
  const numbers: number[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])\d{1,7}(?![\p{L}\p{N}])/gu)) {
    numbers.push(Number(match[0]));
  }
  return {
    text,
    clauses,
    numbers,
    truncated: utf8Length(reason) >= MAX_REASON_BYTES - 3,
    json: json !== undefined,
  };
}
