import { foldSegment, SOCKJS } from './endpoint.ts';

/** Ids that somebody gave; times and random numbers are longer. */
const SHORT_NUMBER = /(?<!\d)\d{1,4}(?!\d)/g;
/** Longer paths than any client makes up are not looked at. */
const LONGEST = 256;
const MOST_SEGMENTS = 16;
/** Segments that may differ at once. */
const MOST_DIFFERENT = 2;

/** Pairs and threes of letters that words have next to never. */
const IMPLAUSIBLE =
  /q(?!u)|[jxz](?=[bcdfghjklmnpqrstvwx])|[bcdfghjkmpqstvw](?=[jqxz])|v(?=[bcdfghjklmnpqtwxz])|[bcfgjkmpvw](?=[bcfgjkmpqvwxz]{2})/g;

/** The path of a URL, as it stands there. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}

/**
 * Whether two paths differ in segments alone that look made up for each attempt, such as `/ws/x7f2`
 * and `/ws/q9k1`. What names a thing (`/ws/chat`, `/ws/cam1`) is another endpoint.
 *
 * @param path of a URL, as it stands there
 */
export function areAlike(path: string, otherPath: string): boolean {
  if (path.length > LONGEST || otherPath.length > LONGEST) return false;
  const [a, b] = [path.split('/'), otherPath.split('/')];
  if (a.length !== b.length || a.length > MOST_SEGMENTS) return false;
  let different = 0;
  for (const [i, one] of a.entries()) {
    const other = b[i]!;
    if (one === other) continue;
    if (++different > MOST_DIFFERENT) return false;
    if (!areMadeUp(one, other) && foldSegment(one) !== foldSegment(other)) return false;
  }
  return different > 0;
}

/**
 * Whether two paths of one endpoint may name one thing: `/room/11` and `/room/12` do not, nor do `/cam1` and
 * `/cam2`, while a long number or a made-up segment may be new in each attempt.
 */
export function areOneResource(path: string, otherPath: string): boolean {
  if (path === otherPath || SOCKJS.test(path)) return true;
  const others = otherPath.split('/');
  return path.split('/').every((one, i) => one === others[i] || !areNumbered(one, others[i] ?? ''));
}

/** The same but for short numbers. */
function areNumbered(one: string, other: string): boolean {
  return one.replace(SHORT_NUMBER, '#') === other.replace(SHORT_NUMBER, '#');
}

/** Both of about one length, one of them certainly no word, and the other not likely one. */
function areMadeUp(one: string, other: string): boolean {
  if (!isPlain(one) || !isPlain(other) || areNumbered(one, other)) return false;
  if (Math.abs(one.length - other.length) > Math.max(one.length, other.length) / 4) return false;
  const [a, b] = [madeUp(one), madeUp(other)];
  return Math.max(a, b) === 2 && Math.min(a, b) >= 1;
}

function isPlain(segment: string): boolean {
  return /^\w{4,64}$/.test(segment);
}

/** 2: surely made up; 1: perhaps; 0: it may be a name. */
function madeUp(segment: string): 0 | 1 | 2 {
  const turns = segment.match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;
  if (turns >= 3 || (turns === 2 && segment.length >= 8)) return 2;
  if (/^[\da-f]{6,}$/i.test(segment)) return /\d/.test(segment) ? 2 : 1;
  const humps = segment.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  if (humps >= 2 && segment.length <= 2.5 * (humps + 1)) return 2;
  // Symbols, such as those of currencies, are written so.
  if (/^[A-Z\d_]+$/.test(segment)) return 0;
  const odd = segment.toLowerCase().match(IMPLAUSIBLE)?.length ?? 0;
  if (odd >= 2 && segment.length >= 6) return 2;
  return odd >= 1 || turns >= 1 ? 1 : 0;
}
