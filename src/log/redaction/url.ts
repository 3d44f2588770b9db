import { isMark, looksRandom, replaceSecrets } from '../../model/secrets.ts';
import { decoded, isTelling, urlParts } from '../../model/url-secrets.ts';
import type { RedactionId } from './options.ts';
import type { Vault } from './vault.ts';

/** The folder of a user's own files in the path of a `file:` URL. */
const HOME = /(\/(?:home|Users)\/)([^/]+)/i;

/**
 * Redacts a URL as text: what is not taken out stays as it was, byte for byte. Values of the
 * query keep their names, so `?token=…&room=…` reads `?token=‹token-1›&room=‹token-2›`.
 */
export function redactUrl(url: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  const parts = urlParts(url);
  if (parts === undefined) return on.has('tokens') ? textTokens(url, vault) : url;
  const { scheme, credentials, host, path, query, fragment } = parts;
  if (/^data:/i.test(scheme)) return on.has('query-values') ? 'data:…' : url;
  const bare = /^file:/i.test(scheme) ? redactHome(path, on, vault) : path;
  return (
    scheme +
    (credentials === undefined ? '' : `${redactCredentials(credentials, on, vault)}@`) +
    host +
    redactRest([bare, query, fragment], on, vault)
  );
}

/** The same for an address without scheme, as a redirect's may be: `/login?state=…`, `//host/`. */
export function redactReference(
  reference: string,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): string {
  if (urlParts(reference) !== undefined) return redactUrl(reference, on, vault);
  if (reference.startsWith('//')) return redactUrl(`x:${reference}`, on, vault).slice(2);
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

function redactHome(path: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('user-names')) return path;
  return path.replace(HOME, (whole, folder: string, name: string) =>
    isMark(name) ? whole : folder + vault.mark(name, 'user', 'user-names'),
  );
}

function redactCredentials(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('credentials') || text === '' || isMark(text)) return text;
  return vault.mark(text, 'credentials', 'credentials');
}

function redactPath(path: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('tokens') || path.length < 8) return path;
  return path
    .split('/')
    .map((segment) => {
      const clear = decoded(segment);
      if (isMark(clear)) return segment;
      if (replaceSecrets(clear, () => '') === clear && !looksRandom(clear)) return segment;
      // The whole segment, whatever part of it looked secret: half a token is a token.
      return vault.mark(clear, 'token', 'tokens');
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
      if (isTelling(clear) || isMark(clear)) return pair;
      return name + vault.mark(clear, 'token', 'query-values');
    })
    .join('&');
}

/** A fragment may be a route (`#/rooms/5`) or carry values (`#access_token=…`). */
function redactFragment(fragment: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (fragment.includes('=')) {
    const route = Math.max(fragment.lastIndexOf('?'), fragment.lastIndexOf('#')) + 1;
    return (
      redactPath(fragment.slice(0, route), on, vault) +
      redactQuery(fragment.slice(route), on, vault)
    );
  }
  return redactPath(fragment, on, vault);
}

function textTokens(text: string, vault: Vault): string {
  return replaceSecrets(text, (value, kind, of) =>
    of === 'tokens' ? vault.mark(value, kind, of) : value,
  );
}
