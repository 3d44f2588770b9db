/** What a replaced value was: the name in its mark, `‹token-1›`. */
export type SecretKind = 'token' | 'user' | 'email' | 'credentials';

const MARKS = /‹(?:token|user|email|credentials)-\d+›/g;

/** Replaces what looks like a secret; `mark` gives what stands in its place. */
export type Marker = (value: string, kind: SecretKind) => string;

const JWT = /\beyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]+)*/g;
/** Keys that tell by their beginning whose they are. */
const PREFIXED =
  /\b(?:sk|pk|rk|ghp|gho|ghu|ghs|ghr|github_pat|glpat|npm|pat|shpat|whsec|xox[abeoprs]|SG)[-_.][\w.-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[\w-]{20,}|\bya29\.[\w-]{10,}/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const HEX = /(?<![0-9A-Za-z])[0-9a-f]{16,}(?![0-9A-Za-z])/gi;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const SCHEME = /\b(Bearer|Basic|Digest|Token)(\s+)([\w.~+/=-]{8,})/gi;
const NAMED =
  /\b((?:access|refresh|id|api|auth|session)?[_-]?(?:token|key|secret|sid|session|sessionid|jwt|ticket|signature|sig|password|passwd|pwd))(["']?\s*[=:]\s*["']?)([^\s"',;&}\])]{6,})/gi;
const LONG = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

/** Whether a text is or holds a mark that a redaction left in a secret's place. */
export function isMarked(text: string): boolean {
  return text.search(MARKS) !== -1;
}

/**
 * A text without what looks like a secret and without the marks of redacted ones. Whatever
 * compares or reads texts goes through here, so that it finds the same in a redacted log.
 */
export function withoutSecrets(text: string, instead = ' '): string {
  return replaceSecrets(text, () => instead).replace(MARKS, () => instead);
}

/** Takes everything out of a text that looks like a token, key, id or mail address. */
export function replaceSecrets(text: string, mark: Marker): string {
  if (text.length < 6) return text;
  return text
    .replace(JWT, (value) => mark(value, 'token'))
    .replace(PREFIXED, (value) => (/\d/.test(value) ? mark(value, 'token') : value))
    .replace(UUID, (value) => mark(value, 'token'))
    .replace(SCHEME, (whole, scheme: string, gap: string, value: string) =>
      tellsNothing(value) ? whole : scheme + gap + mark(value, 'token'),
    )
    .replace(NAMED, (whole, name: string, gap: string, value: string) =>
      tellsNothing(value) ? whole : name + gap + mark(value, 'token'),
    )
    .replace(HEX, (value) => (/\d/.test(value) ? mark(value, 'token') : value))
    .replace(EMAIL, (value) => mark(value, 'email'))
    .replace(LONG, (value) => (looksRandom(value) ? mark(value, 'token') : value));
}

/** A word of the sentence ("token: expired"), a short number ("key: 4001") or a mark. */
function tellsNothing(value: string): boolean {
  return value.includes('‹') || !/\d/.test(value) || /^\d{1,7}$/.test(value);
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
