import { foldSegment, SOCKJS } from './endpoint.ts';

/** An id that somebody gave; times and random numbers are longer. */
const SHORT_NUMBER = /^\d{1,7}$/;

/** Words of English and its neighbours seldom have more consonants in a row. */
const CONSONANTS = /[bcdfghjklmnpqrstvwxz]{5}|[bcdfghjklmnpqrstvwxyz]{6}/i;
const VOWELS_LEAST = 0.15;
/** A long segment of one length by accident: few pairs of words have it. */
const SHORTEST = 4;

/**
 * Whether two paths differ in segments alone that look made up for each attempt, such as `/ws/x7f2`
 * and `/ws/q9k1`. What names a thing (`/ws/chat`, `/ws/feed`) is another endpoint.
 *
 * @param path of a URL, as it stands there
 */
export function areAlike(path: string, otherPath: string): boolean {
  const [a, b] = [path.split('/'), otherPath.split('/')];
  if (a.length !== b.length) return false;
  let different = 0;
  for (const [i, one] of a.entries()) {
    const other = b[i]!;
    if (one === other || foldSegment(one) === foldSegment(other)) continue;
    different++;
    if (!areMadeUp(one, other)) return false;
  }
  return different > 0;
}

/**
 * Whether two paths of one endpoint may name one thing: `/room/11` and `/room/12` do not, while a long
 * number or a made-up segment may be new in each attempt.
 */
export function areOneResource(path: string, otherPath: string): boolean {
  if (path === otherPath || SOCKJS.test(path)) return true;
  const others = otherPath.split('/');
  return path
    .split('/')
    .every(
      (one, i) =>
        one === others[i] || !SHORT_NUMBER.test(one) || !SHORT_NUMBER.test(others[i] ?? ''),
    );
}

/** The path of a URL, as it stands there. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}

/** Both of about one length, and at least one of them no word. */
function areMadeUp(one: string, other: string): boolean {
  if (!isPlain(one) || !isPlain(other)) return false;
  if (Math.abs(one.length - other.length) > Math.max(one.length, other.length) / 4) return false;
  return looksMadeUp(one) ? mayBeMadeUp(other) : looksMadeUp(other) && mayBeMadeUp(one);
}

function isPlain(segment: string): boolean {
  return segment.length >= SHORTEST && /^[\w-]+$/.test(segment);
}

/** Letters and digits in turns, capitals within, or letters that make no word. */
function looksMadeUp(segment: string): boolean {
  const turns = segment.match(/[a-z]\d|\d[a-z]/gi)?.length ?? 0;
  if (turns >= 2) return true;
  if ((segment.match(/[a-z][A-Z]/g)?.length ?? 0) >= 2 && segment.length < 12) return true;
  if (/^[a-f]{6,}$/i.test(segment)) return true;
  const letters = segment.replace(/[^a-z]/gi, '');
  if (letters.length < SHORTEST || letters.length < segment.length - 1) return turns >= 1;
  const vowels = letters.match(/[aeiouy]/gi)?.length ?? 0;
  return (
    CONSONANTS.test(letters) || (letters.length >= 8 && vowels / letters.length < VOWELS_LEAST)
  );
}

/** One of a series may happen to read like a word, if it is no list of words. */
function mayBeMadeUp(segment: string): boolean {
  return looksMadeUp(segment) || !/[-_]/.test(segment);
}
