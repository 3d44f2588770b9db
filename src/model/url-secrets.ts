import { isState, looksRandom, PERSON_NAME, replacePieces, replaceSecrets } from './secrets.ts';

/** Names whose values are secret or tell who somebody is, whatever the values look like. */
const SECRET_NAME =
  /token|secret|passw|pwd|passphrase|passcode|\bpin\b|otp|nonce|jwt|ticket|credential|cookie|signature|\bsig\b|\bsign\b|api[-_]?key|access[-_]?key|private[-_]?key|\bkey\b|auth|sess(?:ion)?[-_]?id|\bsid\b|^session$|user|login|e?mail|phone/i;
/** Of those, the names of what nobody else may know: their values may be letters alone. */
const KEPT_FROM_ALL =
  /token|secret|passw|pwd|passphrase|passcode|jwt|credential|api-?key|access-?key/i;

/** `rate-limit-429`, `ip:10.0.0.1`: words and numbers, which a server may say of itself. */
const WORDY = /^[-_.:=/]?(?:\p{L}+\d{0,4}|\d{1,7})(?:[-_.:=/ ]+(?:\p{L}+\d{0,4}|\d{1,7}))+$/u;
/** Values that give nobody away, and that tell why a server refused: `?token=undefined`. */
const TELLING = /^(?:|undefined|null|none|nan|true|false|\[object object\])$/i;

const PARTS = /^([a-z][a-z0-9+.-]*:(?:\/\/)?)(?:([^/?#\s]*)@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** A URL as text, taken apart without a change; query and fragment with their sign. */
export interface UrlParts {
  readonly scheme: string;
  readonly credentials: string | undefined;
  readonly host: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

/** Undefined for what does not begin with a scheme. */
export function urlParts(url: string): UrlParts | undefined {
  const parts = PARTS.exec(url);
  if (parts === null) return undefined;
  const [, scheme = '', credentials, host = '', path = '', query, fragment] = parts;
  return { scheme, credentials, host, path, query, fragment };
}

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('_', '-'));
}

export function isTelling(value: string): boolean {
  return TELLING.test(value);
}

/** Percent signs and pluses read; the text itself where that cannot be done. */
export function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Shorter values are found in too many texts. */
const LEAST = 5;

/**
 * Whether this value of a parameter is to be known again in other texts: it is secret by its look,
 * or by its name and unlike a word. What it stands for may be short: `abc1234`.
 */
export function isKnownAgain(name: string, value: string): boolean {
  if (value.length < LEAST || isTelling(value) || isState(value)) return false;
  if (looksSecret(value)) return true;
  if (!isSecretName(name) || WORDY.test(value)) return false;
  // Of `key=abc12345` the secret part is found in any text, and `key` says something.
  if (replaceSecrets(value, () => '') !== value) return false;
  if (/\d/.test(value)) return /\D/.test(value) || value.length >= 6;
  // Letters alone: a word that a server may say, unless no word is written so.
  if (PERSON_NAME.test(name)) return false;
  if (KEPT_FROM_ALL.test(name.replaceAll('_', '-')) && value.length >= 8) return true;
  return /[a-z][A-Z].*[a-z][A-Z]|[^\p{L}\s_.-]/u.test(value) || value.length >= 20;
}

/** All of it is secret, and no word is left: `key=abc12345` is not, since its name says something. */
function looksSecret(text: string): boolean {
  if (text.length < 8) return false;
  return looksRandom(text) || !/[\p{L}\p{N}]/u.test(replaceSecrets(text, () => ''));
}

/** What a URL holds that is to be known again in other texts, decoded and as it is written. */
export function secretsIn(url: string): string[] {
  if (!/[?#@]|\/[^/]{16}/.test(url)) return [];
  const parts = urlParts(url);
  if (parts === undefined) return [];
  const found: string[] = [];
  const keep = (value: string, name: string): void => {
    // Reading it makes it no longer.
    if (value.length < LEAST) return;
    const clear = decoded(value);
    if (!isKnownAgain(name, clear)) return;
    found.push(clear);
    if (clear !== value) found.push(value);
  };
  const { credentials, path, query, fragment } = parts;
  for (const part of credentials?.split(':') ?? []) keep(part, 'password');
  for (const segment of path.split('/')) keep(segment, '');
  for (const part of [query, fragment]) {
    for (const pair of part?.slice(1).split('&') ?? []) {
      const at = pair.indexOf('=');
      keep(pair.slice(at + 1), at < 0 && part === fragment ? '' : pair.slice(0, Math.max(0, at)));
    }
  }
  return found;
}

/** A close asks twice: for its causes, and for others like it. */
let latest: { readonly url: string; readonly secrets: ReadonlySet<string> } = {
  url: '',
  secrets: new Set(),
};

/** A text without what its own URL says is secret, so that it reads the same when that was taken out. */
export function withoutSecretsOf(url: string, text: string, instead = ' '): string {
  if (text.length < LEAST) return text;
  if (url !== latest.url) latest = { url, secrets: new Set(secretsIn(url)) };
  const { secrets } = latest;
  if (secrets.size === 0) return text;
  return replacePieces(text, (piece) => (secrets.has(piece) ? instead : undefined));
}
