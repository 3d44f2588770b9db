/** What a replaced value was: the name in its mark, `‹token-1›`. */
export type SecretKind = 'token' | 'user' | 'email' | 'credentials';

/** What a replacement belongs to; the ids of redactions. */
export type SecretOf = 'tokens' | 'query-values' | 'credentials' | 'user-names';

const MARKS = /‹(?:token|user|email|credentials)-\d{1,9}›/g;
const MARK = new RegExp(`^${MARKS.source}$`);

/** Replaces what looks like a secret; `mark` gives what stands in its place. */
export type Marker = (value: string, kind: SecretKind, of: SecretOf) => string;

/**
 * A complete URL within a text. Quotes and brackets end it, unless it goes on behind an apostrophe
 * or a bracket that is closed again.
 */
export const URL_IN_TEXT =
  /\b[a-z][a-z0-9+.-]{1,24}:\/\/(?:[^\s"'<>()]|'(?=\w)|\([^\s"'<>()]*\))+/gi;
/** `?name=value` and `&name=value`, whatever stands before. */
const PAIR = /([?&;])([\w.~%[\]-]{1,64})=([^\s&;#"'<>()‹›]+)/g;
/** Names of parameters that tell who somebody is; their values may be words of a sentence, such as `guest`. */
export const PERSON_NAME = /user|login|mail|phone/i;
/** `?error=rate_limit_exceeded` says why, and gives nobody away. */
const WORDS = /^\p{L}+(?:[-_. ]\p{L}+)*$/u;
/** The folder of a user's own files, with the name behind it. */
const HOME =
  /((?:[\\/]home[\\/]+|[\\/]Users[\\/]+|[A-Za-z]:[\\/]+Users[\\/]+))([^\\/:"'()\n‹›]+(?=[\\/])|[^\\/:"'()\s,;‹›]+(?=$|[\s"'),;:]))/gi;

const JWT = /\beyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]+)*/g;
/** Keys that tell by their beginning whose they are. */
const PREFIXED =
  /\b(?:sk|pk|rk|ghp|gho|ghu|ghs|ghr|github_pat|glpat|npm|pat|shpat|whsec|xox[abeoprs]|SG)[-_.][\w.-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[\w-]{20,}|\bya29\.[\w-]{10,}/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const HEX = /(?<![0-9A-Za-z])[0-9a-f]{16,}(?![0-9A-Za-z])/gi;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const SCHEME = /\b(Bearer|Basic|Digest|Token)(\s+)([\w.~+/=-]{8,})/gi;
const NAMED =
  /(?<![A-Za-z0-9_])((?:[\w.-]{0,40}?)(?:token|secret|passw(?:or)?d|passwd|pwd|passphrase|passcode|pin|key|sess(?:ion)?_?id|sid|session|jwt|ticket|signature|sig|credentials?|otp)(?:[_-]?v?\d)?)(["']?\s*[=:]\s*["']?)([^\s"',;&}\])‹›]{4,})/gi;
/** "key 9f86d081884c revoked", "access_token is s3cr3tvalue9". */
const NEAR =
  /(token|key|secret|password|ticket|jwt|cookie|credential|session|sid)((?:\s+(?:is|id|was))?\s+["']?)([\w.~+/=-]{8,})/gi;
/** Names whose values may be digits alone. */
const DIGITS_TOO = /token|secret|pass|pwd|pin|otp/i;
/** What may stand behind `token=` and is the reason itself. */
const STATE =
  /^(?:unauthorized|unauthenticated|anonymous|guest|demo|test|forbidden|expired?|invalid|missing|required|revoked|unknown|undefined|null|none|empty|bad|wrong|denied|failed|rejected|refused|malformed|not|no|yes|true|false|ok|timeout|closed|ended|limit|error|needed|mismatch|inactive|disabled|blocked|banned|exceeded)(?:[-_.:!].*)?$/i;
const LONG = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

/** Whether a text is a mark that a redaction left in a secret's place, and nothing else. */
export function isMark(text: string): boolean {
  return MARK.test(text);
}

/** Whether a text holds such a mark. */
export function holdsMark(text: string): boolean {
  return text.includes('‹') && text.search(MARKS) !== -1;
}

/** The text with every mark in it replaced. */
export function replaceMarks(
  text: string,
  by: (kind: SecretKind, number: number) => string,
): string {
  if (!text.includes('‹')) return text;
  return text.replace(MARKS, (mark) => {
    const at = mark.lastIndexOf('-');
    return by(mark.slice(1, at) as SecretKind, Number(mark.slice(at + 1, -1)));
  });
}

/**
 * A text without what looks like a secret and without the marks of redacted ones. Whatever
 * compares or reads texts goes through here, so that it finds the same in a redacted log.
 */
export function withoutSecrets(text: string, instead = ' '): string {
  const bare = text.includes('://') ? text.replace(URL_IN_TEXT, instead) : text;
  return replaceSecrets(bare, () => instead).replace(MARKS, instead);
}

/** Takes everything out of a text that looks like a token, key, id, mail address or user's folder. */
export function replaceSecrets(text: string, mark: Marker): string {
  if (text.length < 6) return text;
  return text
    .replace(JWT, (value) => mark(value, 'token', 'tokens'))
    .replace(PREFIXED, (value) => (/\d/.test(value) ? mark(value, 'token', 'tokens') : value))
    .replace(UUID, (value) => mark(value, 'token', 'tokens'))
    .replace(SCHEME, (whole, scheme: string, gap: string, value: string) =>
      isEncoded(value) ? scheme + gap + mark(value, 'token', 'tokens') : whole,
    )
    .replace(NAMED, (whole, name: string, gap: string, value: string) =>
      isNamed(name, gap, value) ? name + gap + mark(value, 'token', 'tokens') : whole,
    )
    .replace(NEAR, (whole, name: string, gap: string, value: string) =>
      /\d/.test(value) && changes(value) >= 3 && !value.includes('=')
        ? name + gap + mark(value, 'token', 'tokens')
        : whole,
    )
    .replace(PAIR, (whole, sign: string, name: string, value: string) =>
      WORDS.test(value) && !PERSON_NAME.test(name) && !/auth/i.test(name)
        ? whole
        : `${sign}${name}=${mark(value, 'token', 'query-values')}`,
    )
    .replace(HEX, (value) => (/\d/.test(value) ? mark(value, 'token', 'tokens') : value))
    .replace(EMAIL, (value) => mark(value, 'email', 'tokens'))
    .replace(LONG, (value) => (looksRandom(value) ? mark(value, 'token', 'tokens') : value))
    .replace(HOME, (_, folder: string, name: string) => folder + mark(name, 'user', 'user-names'));
}

/** Of what stands behind a scheme, such as `Bearer`: no word of a sentence ("Bearer authentication"). */
function isEncoded(value: string): boolean {
  return /\d/.test(value) ? !/^\d{1,7}$/.test(value) : changes(value) >= 3;
}

/** Behind `=`, or quoted, stands a value; behind a colon a word of the sentence, too ("token: expired"). */
function isNamed(name: string, gap: string, value: string): boolean {
  if (isState(value)) return false;
  if (/=|["']$/.test(gap)) return DIGITS_TOO.test(name) || !/^\d{1,7}$/.test(value);
  return value.length >= 6 && /\d/.test(value) && !/^\d{1,7}$/.test(value);
}

/** A value that says how a thing is, where its own name would stand: `token=expired`. */
export function isState(value: string): boolean {
  return STATE.test(value);
}

/** What a value may stand as in a sentence: no spaces, quotes or brackets, no full stop at its end. */
const PIECE = /[^\s"'<>()[\]{},;‹›“”„‘’«»\u2066-\u2069]{5,}/g;
const SMALLER_PIECE = /[^=:/&?]{5,}/g;
/** What may follow a value in a sentence without being of it. */
const TAIL = /[.:!?]+$/;

/** Replaces whole values in a sentence: by look-up, not by search, however many values there are. */
export function replacePieces(text: string, by: (piece: string) => string | undefined): string {
  const look = (piece: string): string | undefined => {
    const found = by(piece);
    if (found !== undefined) return found;
    const bare = piece.replace(TAIL, '');
    const known = bare === piece ? undefined : by(bare);
    return known === undefined ? undefined : known + piece.slice(bare.length);
  };
  return text.replace(
    PIECE,
    (piece) => look(piece) ?? piece.replace(SMALLER_PIECE, (part) => look(part) ?? part),
  );
}

/**
 * Long and mixed as words are not: `TOKEN_EXPIRED_BY_SERVER`, `InsufficientPermissions` and
 * `/api/v1/notifications` stay; `dGhpcyBpcyBhIHRva2Vu1` goes.
 */
export function looksRandom(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const parts = value.split(/[-_/+]/);
  if (parts.some((part) => part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part))) {
    return parts.some((part) => part.length >= 16 && changes(part) >= 4);
  }
  return value.length >= 24 && changes(value) >= 8;
}

/** How often the kind of character changes: lower, upper, digit, other. */
function changes(value: string): number {
  let count = 0;
  let before = '';
  for (const c of value) {
    const kind = /[a-z]/.test(c) ? 'a' : /[A-Z]/.test(c) ? 'A' : /\d/.test(c) ? '0' : '-';
    if (before !== '' && kind !== before) count++;
    before = kind;
  }
  return count;
}
