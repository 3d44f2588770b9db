import { replaceSecrets, URL_IN_TEXT } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';
import { redactUrl } from './url.ts';
import type { Vault } from './vault.ts';

/** `:12:34` after the URL of a stack's frame. */
const FRAME_POSITION = /((?::\d+){1,2})$/;
/** Code and pictures carried by a URL: they may be long and hold anything. */
const DATA_URL = /\bdata:[^\s)]+?(?=(?::\d+){0,2}(?:[\s)]|$))/g;

/** Free text: a reason, an error, a header's value, a subprotocol. */
export function redactText(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  const clean = redactUrlsIn(text, on, vault);
  return redactSecrets(on.has('tokens') ? vault.replaceKnown(clean, 'tokens') : clean, on, vault);
}

/** A call stack: its URLs and paths; positions and names of functions stay. */
export function redactStack(stack: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  const clean = redactUrlsIn(stack, on, vault);
  const bare = on.has('query-values') ? clean.replace(DATA_URL, 'data:…') : clean;
  // Names of functions and files are no secrets, but a folder tells whose it is.
  return redactSecrets(bare, new Set(on.has('user-names') ? (['user-names'] as const) : []), vault);
}

/** What looks like a secret by itself, of the redactions that are on. */
export function redactSecrets(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (on.size === 0) return text;
  return replaceSecrets(text, (value, kind, of) =>
    on.has(of) ? vault.mark(value, kind, of) : value,
  );
}

function redactUrlsIn(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!text.includes('://')) return text;
  return text.replace(URL_IN_TEXT, (url) => {
    const position = FRAME_POSITION.exec(url)?.[1] ?? '';
    return redactUrl(url.slice(0, url.length - position.length), on, vault) + position;
  });
}
