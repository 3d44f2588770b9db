import { message } from '../../../model/message.ts';
import type { SocketRecord } from '../../../model/socket.ts';
import { type Facts, isServed, MINUTE, SECOND, type Signal } from './facts.ts';

/** Messages a second from which on a run of sends counts as a burst. */
const BURST_PER_SECOND = 20;
/** A limit that is drained slowly is reached by then. */
const STEADY_AFTER = 30 * SECOND;
const MORE_THAN_BEFORE = 2.5;
const KIB = 1024;

export function nothingSent(facts: Facts): Signal | undefined {
  const { socket, age, whole } = facts;
  if (!whole || socket.sent.messages > 0) return undefined;
  const late = isServed(facts) || (age !== undefined && age > 2 * MINUTE);
  return {
    id: 'nothing-sent',
    weights: late
      ? {
          'rate-limit': -0.5,
          'message-too-large': -0.8,
          'message-malformed': -0.4,
          'content-policy': -0.5,
        }
      : {
          'auth-missing': 0.7,
          'forbidden-origin': 0.5,
          'connection-limit': 0.3,
          'not-found': 0.3,
          'unsupported-feature-or-endpoint': 0.1,
          'rate-limit': -0.5,
          'message-too-large': -0.8,
          'message-malformed': -0.2,
          'content-policy': -0.5,
          'slow-consumer': -0.4,
          'replaced-or-kicked': -0.4,
          'session-expired': -0.3,
        },
    evidence: message('evidence_nothing_sent'),
  };
}

export function answeredASend({ socket, closeAt }: Facts): Signal | undefined {
  const { lastAt, messages, lastKind } = socket.sent;
  if (lastAt === undefined || messages === 0 || messages > 3) return undefined;
  if (closeAt - lastAt > 2 * SECOND) return undefined;
  return {
    id: 'answered-a-send',
    weights: {
      'auth-invalid': 0.5,
      'message-malformed': 0.5,
      'protocol-or-subprotocol': 0.3,
      'unsupported-feature-or-endpoint': lastKind === 'binary' ? 0.4 : 0.1,
      'auth-missing': -0.4,
      'forbidden-origin': -1,
      'replaced-or-kicked': -0.4,
      'connection-limit': -0.4,
      'slow-consumer': -0.6,
      'idle-timeout': -1,
    },
    evidence: message('evidence_closed_after_send', {
      ms: Math.max(0, Math.round(closeAt - lastAt)),
    }),
  };
}

/** It had sent as much each second for long: what was allowed so far is no burst. */
function isSteady({ sent, openAt }: SocketRecord, perSecond: number, last: number): boolean {
  const before = last - SECOND - (openAt ?? sent.firstAt ?? last);
  if (before < STEADY_AFTER) return false;
  return perSecond < (MORE_THAN_BEFORE * (sent.messages - perSecond) * SECOND) / before;
}

/** When each of the last messages was sent is known. */
function isTimed({ recent }: SocketRecord, last: number): boolean {
  for (let at = recent.length - 1; at >= 0; at--) {
    const run = recent.at(at)!;
    if (run.to < last - SECOND) break;
    if (run.direction === 'send' && run.untimed === true) return false;
  }
  return true;
}

export function burst({ socket, closeAt }: Facts): Signal | undefined {
  const last = socket.sent.lastAt;
  if (last === undefined || closeAt - last > 5 * SECOND) return undefined;
  const { messages } = socket.recent.within('send', last - SECOND, last);
  const count = Math.round(messages);
  if (count < BURST_PER_SECOND || isSteady(socket, messages, last)) return undefined;
  return {
    id: 'burst',
    weights: { 'rate-limit': count >= 50 ? 3 : 2.4, 'slow-consumer': -0.4, 'auth-missing': -1 },
    evidence: message(isTimed(socket, last) ? 'evidence_burst' : 'evidence_burst_run', { count }),
    strong: true,
  };
}

export function largestMessage({ socket, closeAt }: Facts): Signal | undefined {
  const last = socket.recent.lastSent();
  if (last === undefined || closeAt - last.to > 5 * SECOND) return undefined;
  const { largest: bytes, before } = last;
  if (bytes < 8 * KIB || bytes < socket.sent.largest) return undefined;
  if (before > 0 && bytes < 2 * before) return undefined;
  const weight = bytes >= 1024 * KIB ? 3 : bytes >= 64 * KIB ? 2.6 : bytes >= 32 * KIB ? 2 : 1.2;
  return {
    id: 'largest-message',
    weights: { 'message-too-large': weight, 'auth-missing': -0.6 },
    evidence: message('evidence_largest', { bytes }),
    strong: true,
  };
}

export function oddKind({ socket, closeAt }: Facts): Signal | undefined {
  const { sent } = socket;
  if (sent.lastAt === undefined || closeAt - sent.lastAt > 5 * SECOND) return undefined;
  const kind = sent.lastKind;
  const other = kind === 'binary' ? sent.text : sent.binary;
  const own = kind === 'binary' ? sent.binary : sent.text;
  if (kind === undefined || own > 2) return undefined;
  const odd = other >= 3 * own;
  const received =
    kind === 'binary' && own <= 1 && socket.received.binary === 0 && socket.received.text > 0;
  if (!odd && !received) return undefined;
  return {
    id: 'odd-kind',
    weights: {
      'unsupported-feature-or-endpoint': odd ? 2.4 : 1,
      'message-malformed': odd ? 1.2 : 0.5,
      'auth-missing': -0.6,
    },
    evidence: message(kind === 'binary' ? 'evidence_odd_binary' : 'evidence_odd_text'),
    strong: true,
  };
}

export function backlog({ socket, closeAt }: Facts): Signal | undefined {
  const last = socket.received.lastAt;
  if (last === undefined || closeAt - last > 5 * SECOND) return undefined;
  const { messages, bytes } = socket.recent.within('receive', last - SECOND, last);
  if (messages < 200 && bytes < 1024 * KIB) return undefined;
  return {
    id: 'backlog',
    weights: { 'slow-consumer': 2.2, 'auth-missing': -1 },
    evidence: message('evidence_backlog', { count: Math.round(messages) }),
    strong: true,
  };
}
