import type { CauseId } from '../types.ts';

/** What a close code says by itself, as log-odds added to each cause. */
export type CodePrior = Readonly<Partial<Record<CauseId, number>>>;

const AUTH: CodePrior = {
  'auth-invalid': 2.4,
  'auth-missing': 2.2,
  'auth-expired': 1.2,
  forbidden: 0.4,
};

/** RFC 6455 §7.4.1 and the registry of close codes; custom ones that borrow HTTP's numbers. */
export const CODE_PRIORS: Readonly<Record<number, CodePrior>> = {
  1000: {
    'session-expired': 0.6,
    'idle-timeout': 0.3,
    'server-shutdown': 0.3,
    'replaced-or-kicked': 0.3,
  },
  1001: {
    'server-shutdown': 1.8,
    'server-restart': 1.6,
    'idle-timeout': 1.4,
    'session-expired': 0.8,
  },
  1002: { 'protocol-or-subprotocol': 2, 'message-malformed': 2 },
  1003: { 'unsupported-feature-or-endpoint': 2.2, 'message-malformed': 1.8 },
  1007: { 'message-malformed': 2, 'unsupported-feature-or-endpoint': 0.6 },
  1008: {
    'auth-missing': 0.9,
    'auth-invalid': 0.8,
    forbidden: 0.4,
    'message-malformed': 0.2,
    'server-restart': -0.8,
    'server-shutdown': -1,
    'internal-error': -0.4,
    'idle-timeout': -0.3,
  },
  1009: { 'message-too-large': 3.2 },
  1010: { 'protocol-or-subprotocol': 2.5 },
  1011: { 'internal-error': 2.6, 'idle-timeout': 0.4 },
  1012: { 'server-restart': 2.8, 'replaced-or-kicked': 0.2, 'session-expired': 0.2 },
  1013: {
    'connection-limit': 1.8,
    'slow-consumer': 0.8,
    'rate-limit': 0.6,
    'internal-error': 1,
    'server-restart': 0.4,
  },
  1014: { 'internal-error': 2.6 },
  3000: AUTH,
  3003: { forbidden: 2.4, 'auth-invalid': 0.4 },
  3008: { 'idle-timeout': 2, 'auth-missing': 0.8 },
  4400: { 'message-malformed': 2.4 },
  4401: AUTH,
  4402: { 'quota-or-billing': 2.4 },
  4403: { forbidden: 2, 'auth-invalid': 0.6, 'forbidden-origin': 0.4 },
  4404: { 'not-found': 2.6 },
  4405: { 'unsupported-feature-or-endpoint': 1.6 },
  4406: { 'protocol-or-subprotocol': 1.8 },
  4408: { 'auth-missing': 1.6, 'idle-timeout': 1.6 },
  4409: { 'duplicate-session': 1.6, 'replaced-or-kicked': 1.2 },
  4410: { 'not-found': 1.2, 'session-expired': 1.4 },
  4413: { 'message-too-large': 2.2 },
  4415: { 'unsupported-feature-or-endpoint': 1.4 },
  4422: { 'message-malformed': 1.8 },
  4426: { 'protocol-or-subprotocol': 1.6 },
  4429: { 'rate-limit': 2, 'connection-limit': 0.8, 'quota-or-billing': 0.4 },
  4500: { 'internal-error': 2 },
  4503: {
    'internal-error': 1.2,
    'server-shutdown': 0.6,
    'connection-limit': 0.6,
    'server-restart': 0.6,
  },
  4000: { 'internal-error': 0.4 },
  4001: { 'auth-invalid': 0.8, 'auth-missing': 0.8 },
  4003: { forbidden: 0.8, 'auth-invalid': 0.7, 'auth-missing': 0.3 },
  4004: { 'not-found': 0.8 },
  4008: { 'rate-limit': 0.4, 'idle-timeout': 0.4 },
  4009: { 'replaced-or-kicked': 0.3, 'session-expired': 0.3 },
  4029: { 'rate-limit': 0.8 },
};

/** Numbers inside a reason that mean what HTTP means by them. */
export const HTTP_STATUS: Readonly<Record<number, CodePrior>> = {
  400: { 'message-malformed': 2.4 },
  401: { 'auth-invalid': 2, 'auth-missing': 2, 'auth-expired': 0.8 },
  402: { 'quota-or-billing': 3 },
  403: { forbidden: 2.6, 'auth-invalid': 0.6 },
  404: { 'not-found': 3 },
  405: { 'unsupported-feature-or-endpoint': 2 },
  406: { 'protocol-or-subprotocol': 1.5 },
  408: { 'idle-timeout': 1.6, 'auth-missing': 0.8 },
  409: { 'duplicate-session': 1.8, 'replaced-or-kicked': 0.8 },
  410: { 'not-found': 1.4, 'session-expired': 1.4 },
  413: { 'message-too-large': 3 },
  415: { 'unsupported-feature-or-endpoint': 2 },
  422: { 'message-malformed': 2.4 },
  426: { 'protocol-or-subprotocol': 2 },
  429: { 'rate-limit': 3 },
  440: { 'session-expired': 1.5 },
  451: { forbidden: 1 },
  498: { 'auth-invalid': 1.5, 'auth-expired': 1.5 },
  500: { 'internal-error': 2.6 },
  501: { 'unsupported-feature-or-endpoint': 2.2 },
  502: { 'internal-error': 2.4 },
  503: { 'internal-error': 1.6, 'connection-limit': 0.6 },
  504: { 'internal-error': 1.8 },
};

export function codePrior(code: number): CodePrior | undefined {
  return CODE_PRIORS[code];
}
