import { isMarked, looksRandom, replaceSecrets } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';
import type { Vault } from './vault.ts';

const URL_PARTS =
  /^([a-z][a-z0-9+.-]*:(?:\/\/)?)(?:([^/?#@\s]*)@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** Values that give nobody away, and that tell why a server refused: `?token=undefined`. */
const TELLING = /^(?:|undefined|null|none|nan|true|false|\[object object\])$/i;

/**
 * Redacts a URL as text: what is not taken out stays as it was, byte for byte. Values of the
 * query keep their names, so `?token=…&room=…` reads `?token=‹token-1›&room=‹token-2›`.
 */
export function redactUrl(url: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  const parts = URL_PARTS.exec(url);
  if (parts === null) return on.has('tokens') ? textTokens(url, vault) : url;
  const [, scheme = '', credentials, host = '', path = '', query, fragment] = parts;
  if (/^data:/i.test(scheme)) return on.has('query-values') ? 'data:…' : url;
  return (
    scheme +
    (credentials === undefined ? '' : `${redactCredentials(credentials, on, vault)}@`) +
    host +
    redactRest([path, query, fragment], on, vault)
  );
}

/** The same for an address without scheme and host, as a redirect's may be: `/login?state=…`. */
export function redactReference(
  reference: string,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): string {
  if (URL_PARTS.test(reference)) return redactUrl(reference, on, vault);
  const [, path = '', query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference) ?? [];
  return redactRest([path, query, fragment], on, vault);
}

/** What follows the host; query and fragment with their sign. */
function redactRest(
  [path, query, fragment]: readonly [string, string | undefined, string | undefined],
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): string {
  return (
    redactPath(path, on, vault) +
    (query === undefined ? '' : `?${redactQuery(query.slice(1), on, vault)}`) +
    (fragment === undefined ? '' : `#${redactFragment(fragment.slice(1), on, vault)}`)
  );
}

/** `?name=value` and `&name=value` in free text, whatever stands before. */
export function redactPairsIn(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('query-values') || !/[?&]/.test(text)) return text;
  return text.replace(
    /([?&])([\w.~%[\]-]{1,64}=[^\s&#"'<>()‹›]+)/g,
    (_, sign: string, pair: string) => sign + redactQuery(pair, on, vault),
  );
}

function redactCredentials(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('credentials') || text === '' || isMarked(text)) return text;
  const mark = vault.mark(text, 'credentials', 'credentials');
  for (const part of text.split(':')) vault.remember(decoded(part), mark);
  return mark;
}

function redactPath(path: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('tokens') || path.length < 8) return path;
  return path
    .split('/')
    .map((segment) => {
      const clear = decoded(segment);
      if (replaceSecrets(clear, () => '') === clear && !looksRandom(clear)) return segment;
      // The whole segment, whatever part of it looked secret: half a token is a token.
      const mark = vault.mark(clear, 'token', 'tokens');
      vault.remember(clear, mark);
      return mark;
    })
    .join('/');
}

function redactQuery(query: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      // Without a name all of it is the value: `?MyPassw0rd`.
      const name = pair.slice(0, at + 1);
      const value = pair.slice(at + 1);
      if (!on.has('query-values')) {
        return on.has('tokens') ? name + textTokens(value, vault) : pair;
      }
      const clear = decoded(value);
      if (TELLING.test(clear) || isMarked(clear)) return pair;
      const mark = vault.mark(clear, 'token', 'query-values');
      vault.remember(clear, mark);
      if (value !== clear) vault.remember(value, mark);
      return name + mark;
    })
    .join('&');
}

/** A fragment may be a route (`#/rooms/5`) or carry values (`#access_token=…`). */
function redactFragment(fragment: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (fragment.includes('=')) {
    const route = fragment.lastIndexOf('?') + 1;
    return fragment.slice(0, route) + redactQuery(fragment.slice(route), on, vault);
  }
  return redactPath(fragment, on, vault);
}

function textTokens(text: string, vault: Vault): string {
  return replaceSecrets(text, (value, kind) => vault.mark(value, kind, 'tokens'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
