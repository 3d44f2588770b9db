import type { CauseId } from '../types.ts';

/** Every cause that a close can have, commonest first, with its share as log-odds. */
export const BASE: Readonly<Record<CauseId, number>> = {
  'auth-missing': 0.2,
  'auth-invalid': 0.2,
  'message-malformed': 0,
  'connection-limit': 0,
  forbidden: 0,
  'replaced-or-kicked': 0,
  'internal-error': 0.2,
  'rate-limit': -0.1,
  'unsupported-feature-or-endpoint': -0.3,
  'quota-or-billing': -0.3,
  'not-found': -0.2,
  'message-too-large': -0.3,
  'slow-consumer': -0.3,
  'session-expired': -0.2,
  'duplicate-session': -0.3,
  'auth-expired': -0.3,
  'idle-timeout': -0.2,
  'protocol-or-subprotocol': -0.4,
  'forbidden-origin': -0.6,
  'server-restart': -0.4,
  'server-shutdown': -0.5,
  'content-policy': -0.9,
  unknown: 0.4,
};

export const CAUSES = Object.keys(BASE) as CauseId[];
