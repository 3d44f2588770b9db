import { isMark } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';
import { redactText } from './text.ts';
import type { Vault } from './vault.ts';

/** A subprotocol that says that the next one, or its own rest, is a credential. */
const NAME =
  /^(?:access[-_]?token|id[-_]?token|bearer|token|auth(?:orization)?|jwt|api[-_]?key|ticket|session)$/i;
const NAMED =
  /^((?:access[-_]?token|bearer|token|auth(?:orization)?|jwt|api[-_]?key|ticket)[-_.=])(?=[^.]*\d)(.{6,})$/i;

/** Clients that cannot send headers hand their credential over as a subprotocol. */
export function secretProtocols(protocols: readonly string[]): string[] {
  return protocols.flatMap((protocol, at) => {
    const named = NAMED.exec(protocol)?.[2];
    if (named !== undefined) return [named];
    return at > 0 && NAME.test(protocols[at - 1]!) && protocol.length >= 5 ? [protocol] : [];
  });
}

export function redactProtocols(
  protocols: readonly string[],
  on: ReadonlySet<RedactionId>,
  vault: Vault,
): string[] {
  return protocols.map((protocol, at) => {
    if (on.has('tokens') && !isMark(protocol)) {
      const [, name, rest] = NAMED.exec(protocol) ?? [];
      if (name !== undefined && rest !== undefined && !isMark(rest)) {
        return name + vault.mark(rest, 'token', 'tokens');
      }
      if (at > 0 && NAME.test(protocols[at - 1]!)) return vault.mark(protocol, 'token', 'tokens');
    }
    return redactText(protocol, on, vault);
  });
}
