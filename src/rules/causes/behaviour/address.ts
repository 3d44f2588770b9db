import { message } from '../../../model/message.ts';
import { withoutSecrets } from '../../../model/secrets.ts';
import { type Facts, SECOND, type Signal } from './facts.ts';

const CREDENTIAL_IN_URL =
  /[?&#;](?:[\w.-]*(?:token|jwt|ticket|secret|signature|passw(?:or)?d|api[-_]?key|access[-_]?key|credential|authorization)|auth|key|sig|sign|pwd)=[^&#]/i;

export function credentialPresented({ socket }: Facts): Signal | undefined {
  const inUrl = CREDENTIAL_IN_URL.test(socket.url);
  const inProtocol = (socket.protocols ?? []).some(
    (protocol) =>
      /bearer|token|auth|^ey[\w-]+\.[\w-]+/i.test(protocol) ||
      protocol.length >= 60 ||
      // Also where a redaction has left a mark in its place.
      withoutSecrets(protocol) !== protocol,
  );
  if (!inUrl && !inProtocol) return undefined;
  return {
    id: 'credential-presented',
    weights: { 'auth-invalid': 0.7, 'auth-expired': 0.6, 'auth-missing': -0.7 },
    evidence: message(inUrl ? 'evidence_credential_in_url' : 'evidence_credential_in_subprotocol'),
  };
}

function hostOf(url: string | undefined): string | undefined {
  const match = /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url ?? '');
  return match?.[1]?.toLowerCase();
}

export function crossSite({ socket, age, whole }: Facts): Signal | undefined {
  if (!whole || socket.sent.messages > 0 || age === undefined || age > 2 * SECOND) return undefined;
  const page = hostOf(socket.documentUrl);
  const host = hostOf(socket.url);
  if (page === undefined || host === undefined || page === host) return undefined;
  const site = (name: string): string => name.split('.').slice(-2).join('.');
  if (site(page) === site(host)) return undefined;
  return {
    id: 'cross-site',
    weights: { 'forbidden-origin': 0.8 },
    evidence: message('evidence_cross_site', { page, host }),
  };
}
