import { isMark } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';
import { redactText } from './text.ts';
import { redactReference } from './url.ts';
import type { Vault } from './vault.ts';

/** Headers that explain a refused handshake and carry no secret by themselves. */
const TELLING = new Set([
  'accept-ranges',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'cf-cache-status',
  'cf-mitigated',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'expires',
  'host',
  'keep-alive',
  'location',
  'origin',
  'pragma',
  'retry-after',
  // What proves the handshake (RFC 6455 §1.3) is no secret.
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'vary',
  'via',
  'www-authenticate',
  'x-amzn-errortype',
  'x-cache',
  'x-powered-by',
]);
const TELLING_FAMILY = /^(?:x-)?ratelimit-|^access-control-/;

/** A header that is not known to be harmless keeps its name and loses its value. */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const lower = name.toLowerCase();
      const telling = isTellingHeader(lower);
      if (lower === 'location') return [name, redactReference(value, on, vault)];
      if (telling || value === '') return [name, redactText(value, on, vault)];
      if (!on.has('headers') || isMark(value)) return [name, value];
      return [name, vault.mark(value, 'token', 'headers')];
    }),
  );
}

/** What stands in a header that is taken out and may stand in a reason, too: all of it, and its parts. */
export function secretsInHeaders(headers: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (isTellingHeader(name.toLowerCase())) continue;
    // `sid=…; Path=/`, `Bearer …`
    for (const part of [value, ...value.split(/[\s;,=]+/)]) {
      if (part.length >= 6 && /\d/.test(part) && /[A-Za-z]/.test(part)) found.push(part);
    }
  }
  return found;
}

/** @param lower the name in lower case */
export function isTellingHeader(lower: string): boolean {
  return TELLING.has(lower) || TELLING_FAMILY.test(lower);
}
