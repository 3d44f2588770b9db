import { looksRandom, withoutSecrets } from '../../model/secrets.ts';
import { remembering } from '../latest.ts';

/** SockJS makes up both a number and a name for each attempt. */
export const SOCKJS = /\/\d{1,4}\/[\w-]{6,12}\/(websocket|xhr_streaming|xhr)$/;
/** Shown where a part of the URL varies from one attempt to the next. */
const FOLDED = '*';

export interface Endpoint {
  /** For people: scheme, host and folded path of the URL. */
  readonly name: string;
  /** Equal for URLs that differ only in what varies between attempts. */
  readonly key: string;
  /** The folded path. */
  readonly path: string;
  /** As it is compared: see `endpointOf`. */
  readonly host: string;
}

/**
 * The endpoint of a socket's URL: tokens, ids and random segments of the path folded,
 * the query and fragment dropped. The key also forgets the scheme (ws or wss) and all
 * but the last two labels of the host. A text that is no URL is its own endpoint.
 */
export function endpointOf(url: string): Endpoint {
  const found = read(withoutQuery(url));
  if (found !== undefined) return found;
  const text = url.slice(0, 200);
  return { name: text, key: text, path: text, host: '' };
}

const withoutQuery = (url: string): string => {
  const at = url.search(/[?#]/);
  return at < 0 ? url : url.slice(0, at);
};

/** Undefined for what is no URL. Clients come back to the same address with another query. */
const read = remembering((url): Endpoint | undefined => {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  const folded = foldPath(parsed.pathname);
  // Servers take `/feed/` for `/feed`, and clients write both.
  const path = folded.replace(/(?<=.)\/$/, '');
  const host = hostKey(parsed);
  return {
    name: `${parsed.protocol}//${parsed.host}${folded}`,
    key: `${host}${path}`,
    path,
    host,
  };
});

export function foldPath(path: string): string {
  return path.replace(SOCKJS, `/${FOLDED}/${FOLDED}/$1`).split('/').map(foldSegment).join('/');
}

/** `*` where a segment is an id, a token or a time; digits inside a name are folded in place. */
export function foldSegment(segment: string): string {
  if (segment === '' || /^v?\d+(\.\d+)+$/i.test(segment) || /^v\d{1,3}$/i.test(segment)) {
    return segment;
  }
  if (/^\d+$/.test(segment)) return FOLDED;
  if (isSecret(segment)) return FOLDED;
  if (/^\{?[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}\}?$/i.test(segment)) return FOLDED;
  const digits = segment.replace(/\D/g, '').length;
  if (/^[\da-f]{8,}$/i.test(segment) && digits > 0) return FOLDED;
  // Three parts of base64url: a signed token.
  if (/^[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}$/.test(segment)) return FOLDED;
  const lower = /[a-z]/.test(segment);
  const upper = /[A-Z]/.test(segment);
  const turns = segment.match(/[a-z][A-Z]/g)?.length ?? 0;
  const word = /^[\w~.%+=-]+$/.test(segment);
  if (word && segment.length >= 24 && (digits >= 3 || turns >= 4)) return FOLDED;
  if (/^[A-Za-z\d_-]+$/.test(segment)) {
    const runs = segment.match(/\d+/g)?.length ?? 0;
    if (lower && upper && digits > 0 && segment.length >= 5 && !/[vV]\d+$/.test(segment)) {
      return FOLDED;
    }
    if (segment.length >= 8 && runs >= 2 && digits >= 2) return FOLDED;
    if (segment.length >= 8 && turns >= 3) return FOLDED;
    if (/^[A-Z][a-zA-Z]*[A-Z]{2,}[a-z]/.test(segment) && turns >= 2) return FOLDED;
  }
  return segment.replace(/\d{2,}|(?<=[-_.:])\d+/g, FOLDED);
}

/** What a redaction takes out of a path, such as a mail address: the name is the same without it. */
function isSecret(segment: string): boolean {
  if (segment.length < 6) return false;
  let clear = segment;
  try {
    clear = decodeURIComponent(segment.replaceAll('+', ' '));
  } catch {
    // A stray % sign: the text is taken as it stands.
  }
  return looksRandom(clear) || withoutSecrets(clear, '') !== clear;
}

function hostKey(url: URL): string {
  const { hostname, port } = url;
  const plain = /^[\d.]+$/.test(hostname) || hostname.includes(':') || !hostname.includes('.');
  if (plain) return port === '' ? hostname : `${hostname}:${port}`;
  const labels = hostname.split('.');
  // example.co.uk: a short second label under a country is not a name yet.
  const short = labels.length > 2 && labels.at(-1)!.length === 2 && labels.at(-2)!.length <= 3;
  return labels.slice(short ? -3 : -2).join('.');
}
