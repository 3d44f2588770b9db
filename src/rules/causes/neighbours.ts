import type { CauseId } from '../types.ts';

/**
 * Causes that the same words are used for by different servers: "session
 * revoked" may be a kick, an expiry or a refusal. Part of every cause's share
 * goes to these, so that they come next in the list.
 */
export const NEIGHBOURS: Readonly<Record<CauseId, Readonly<Partial<Record<CauseId, number>>>>> = {
  'auth-missing': {
    'auth-invalid': 0.5,
    forbidden: 0.2,
    'idle-timeout': 0.15,
    'auth-expired': 0.15,
  },
  'auth-invalid': { 'auth-missing': 0.4, 'auth-expired': 0.25, forbidden: 0.25, 'not-found': 0.1 },
  'auth-expired': { 'session-expired': 0.5, 'auth-invalid': 0.4, 'auth-missing': 0.1 },
  forbidden: {
    'auth-invalid': 0.35,
    'replaced-or-kicked': 0.25,
    'forbidden-origin': 0.2,
    'auth-missing': 0.2,
  },
  'forbidden-origin': { forbidden: 1 },
  'rate-limit': { 'connection-limit': 0.4, 'quota-or-billing': 0.4, 'slow-consumer': 0.2 },
  'quota-or-billing': { 'connection-limit': 0.45, 'rate-limit': 0.45, forbidden: 0.1 },
  'connection-limit': {
    'rate-limit': 0.35,
    'quota-or-billing': 0.3,
    'duplicate-session': 0.2,
    'slow-consumer': 0.15,
  },
  'message-too-large': {
    'message-malformed': 0.35,
    'slow-consumer': 0.25,
    'rate-limit': 0.25,
    'quota-or-billing': 0.15,
  },
  'message-malformed': {
    'protocol-or-subprotocol': 0.3,
    'unsupported-feature-or-endpoint': 0.3,
    'not-found': 0.2,
    'auth-missing': 0.2,
  },
  'content-policy': { forbidden: 0.5, 'replaced-or-kicked': 0.5 },
  'unsupported-feature-or-endpoint': {
    'message-malformed': 0.4,
    'not-found': 0.3,
    'protocol-or-subprotocol': 0.3,
  },
  'not-found': {
    'session-expired': 0.45,
    'auth-invalid': 0.2,
    'unsupported-feature-or-endpoint': 0.2,
    'message-malformed': 0.15,
  },
  'protocol-or-subprotocol': { 'message-malformed': 0.5, 'unsupported-feature-or-endpoint': 0.5 },
  'idle-timeout': { 'auth-missing': 0.35, 'session-expired': 0.35, 'internal-error': 0.3 },
  'slow-consumer': { 'rate-limit': 0.45, 'connection-limit': 0.3, 'message-too-large': 0.25 },
  'duplicate-session': { 'replaced-or-kicked': 0.65, 'connection-limit': 0.35 },
  'replaced-or-kicked': { 'duplicate-session': 0.5, 'session-expired': 0.3, forbidden: 0.2 },
  'session-expired': { 'auth-expired': 0.4, 'not-found': 0.4, 'replaced-or-kicked': 0.2 },
  'server-restart': { 'server-shutdown': 0.7, 'session-expired': 0.3 },
  'server-shutdown': { 'server-restart': 0.7, 'session-expired': 0.3 },
  'internal-error': {
    unknown: 0.4,
    'server-restart': 0.2,
    'not-found': 0.2,
    'connection-limit': 0.2,
  },
  unknown: { 'internal-error': 0.4, 'auth-missing': 0.3, 'session-expired': 0.3 },
};

/** The part of every share that goes to its neighbours. */
export const LEAK = 0.1;
