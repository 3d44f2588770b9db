import { CODES, RANGES } from './close-codes-data.ts';
import { type Message, message } from './message.ts';

/**
 * Who may put a code into a close frame. `script` is a page through `close()`,
 * `browser` the browser by itself; other clients are bound by the protocol only.
 */
export type CodeSender = 'server' | 'script' | 'browser';

/**
 * Whether connecting again makes sense.
 * - `backoff`: yes, with growing and jittered delays
 * - `random-5-30`: yes, after a random 5 to 30 seconds
 * - `elsewhere-or-asked`: only to another address, or when the user asks for it
 * - `after-change`: not before something has been changed; the same again ends the same
 * - `no`: the work is done
 * - `depends`: the code alone does not tell
 */
export type RetryAdvice =
  | 'backoff'
  | 'random-5-30'
  | 'elsewhere-or-asked'
  | 'after-change'
  | 'no'
  | 'depends';

/**
 * Whether a close frame may carry it: `never` for what a browser or library only
 * reports by itself (1005, 1006, 1015), `not-allowed` for what no endpoint should
 * send, although browsers hand such a number on to the page as it came.
 */
export type WireUse = 'yes' | 'never' | 'not-allowed';

export interface SpecReference {
  /** As people cite it, such as "RFC 6455 §7.4.1". */
  readonly label: string;
  readonly url: string;
}

/** What a person reads about a code; sentences are `code_<id>_<text>` in the locales. */
export type CodeText = 'name' | 'short' | 'means' | 'seen' | 'fix' | 'use';

interface CodeFacts {
  /** The registry's English name, abbreviations written out; for ranges, ours. */
  readonly name: string;
  /** Empty: nobody may send it. */
  readonly senders: readonly CodeSender[];
  readonly wire: WireUse;
  readonly retry: RetryAdvice;
  readonly spec: readonly SpecReference[];
  /** Codes that people take this one for, the likeliest first. */
  readonly confusedWith: readonly number[];
}

export interface CloseCode extends CodeFacts {
  readonly kind: 'code';
  readonly code: number;
  /** Registered with IANA under a name of its own; 1004 is not. */
  readonly registered: boolean;
}

export interface CloseCodeRange extends CodeFacts {
  readonly kind: 'range';
  readonly from: number;
  readonly to: number;
}

export type CloseCodeEntry = CloseCode | CloseCodeRange;

/** The codes that have a meaning of their own, ascending. */
export const closeCodes: readonly CloseCode[] = CODES;

/** What lies between them, ascending; together with `closeCodes` all of 0 to 65535. */
export const closeCodeRanges: readonly CloseCodeRange[] = RANGES;

const byCode = new Map(CODES.map((entry) => [entry.code, entry]));

/** The entry of a code, else the range that it falls into. Total: never fails. */
export function lookUpCode(code: number): CloseCodeEntry {
  return (
    byCode.get(code) ??
    RANGES.find((range) => code >= range.from && code <= range.to) ??
    // Not a 16-bit number: no close frame can carry it.
    RANGES[RANGES.length - 1]!
  );
}

/** `1008`, or `4000_4999` for a range: the middle of its message ids. */
export function idOf(entry: CloseCodeEntry): string {
  return entry.kind === 'code' ? `${entry.code}` : `range_${entry.from}_${entry.to}`;
}

/** One of the texts about an entry. */
export function codeText(entry: CloseCodeEntry, text: CodeText): Message {
  return message(`code_${idOf(entry)}_${text}`);
}

/** "Policy Violation", or the name of the range for a code without its own. */
export function nameOfCode(code: number): Message {
  return codeText(lookUpCode(code), 'name');
}

/**
 * Whether a page may pass this to `close()`: 1000 and 3000 to 4999 (WHATWG WebSockets), after
 * it was rounded to an integer, ties to even, as WebIDL's `[Clamp]` does.
 */
export function scriptMaySend(code: number): boolean {
  const up = Math.round(code);
  const sent = up - code === 0.5 && up % 2 !== 0 ? up - 1 : up;
  return sent === 1000 || (sent >= 3000 && sent <= 4999);
}
