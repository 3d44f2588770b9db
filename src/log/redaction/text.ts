import { replaceSecrets } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';
import { redactPairsIn, redactUrl } from './url.ts';
import type { Vault } from './vault.ts';

const URL_IN_TEXT = /\b(?:https?|wss?|file|chrome-extension|moz-extension):\/\/[^\s"'<>()]+/gi;
/** `:12:34` after the URL of a stack's frame. */
const FRAME_POSITION = /((?::\d+){1,2})$/;
const HOME = /((?:\/home\/|\/Users\/|[A-Za-z]:[\\/]+Users[\\/]+))([^\\/:"'()\n]+)(?=[\\/])/g;

/** Free text: a reason, an error, a header's value, a subprotocol. */
export function redactText(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  let clean = redactPairsIn(redactUrlsIn(text, on, vault), on, vault);
  if (on.has('tokens')) {
    clean = vault.replaceKnown(clean, 'tokens');
    clean = replaceSecrets(clean, (value, kind) => vault.mark(value, kind, 'tokens'));
  }
  return redactHomes(clean, on, vault);
}

/** A call stack: its URLs and paths; positions and names of functions stay. */
export function redactStack(stack: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  return redactHomes(redactUrlsIn(stack, on, vault), on, vault);
}

function redactUrlsIn(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!text.includes('://')) return text;
  return text.replace(URL_IN_TEXT, (url) => {
    const position = FRAME_POSITION.exec(url)?.[1] ?? '';
    return redactUrl(url.slice(0, url.length - position.length), on, vault) + position;
  });
}

function redactHomes(text: string, on: ReadonlySet<RedactionId>, vault: Vault): string {
  if (!on.has('user-names')) return text;
  return text.replace(HOME, (whole, folder: string, name: string) =>
    name.startsWith('‹') ? whole : folder + vault.mark(name, 'user', 'user-names'),
  );
}
