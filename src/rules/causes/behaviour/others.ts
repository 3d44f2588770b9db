import { message } from '../../../model/message.ts';
import type { SocketRecord } from '../../../model/socket.ts';
import { thingOf } from '../../chains/thing.ts';
import { credentialPresented } from './address.ts';
import { ageOf, type Facts, isServed, MINUTE, SECOND, type Signal, seconds } from './facts.ts';

export function sameAge(facts: Facts, earlier: readonly SocketRecord[]): Signal | undefined {
  const { socket, age, whole, closeAt } = facts;
  if (age === undefined || age < 3 * SECOND) return undefined;
  const most = Math.max(1.5 * SECOND, age * 0.03);
  let same = 0;
  for (const other of earlier) {
    if (other.code !== socket.code) continue;
    const its = ageOf(other);
    if (its !== undefined && Math.abs(its - age) <= most) same += 1;
  }
  if (same < 1) return undefined;
  const count = same + 1;
  const silent = whole && socket.sent.messages === 0 && !isServed(facts);
  // Nobody closes for idleness what was busy a moment ago.
  const heard = Math.max(socket.sent.lastAt ?? 0, socket.received.lastAt ?? 0);
  const busy = heard > 0 && closeAt - heard < 0.2 * age;
  const strength = same >= 2 ? 1 : 0.5;
  const young = age < MINUTE;
  const credential = credentialPresented(facts) !== undefined;
  return {
    id: 'same-age',
    weights:
      young && silent
        ? { 'auth-missing': 1.2 * strength, 'idle-timeout': (busy ? -1 : 1) * strength }
        : {
            'session-expired': 2 * strength,
            'auth-expired': (credential ? 2.2 : 1.6) * strength,
            'idle-timeout': (busy ? -1 : 0.8) * strength,
            'auth-missing': -1.5 * strength,
            'auth-invalid': -1 * strength,
          },
    evidence: message('evidence_same_age', { count, seconds: seconds(age) }),
    strong: same >= 2,
  };
}

/** So many made in the same moment are a pool, whatever each of them is for. */
const CROWD = 8;

export function twin(facts: Facts, contemporaries: readonly SocketRecord[]): Signal | undefined {
  const { closeAt, age, socket } = facts;
  const born = (other: SocketRecord): number | undefined => other.openAt ?? other.openingAt;
  const newer: SocketRecord[] = [];
  let older = 0;
  for (const other of contemporaries) {
    if (other.index < socket.index) {
      if (other.state !== 'connecting') older += 1;
      continue;
    }
    const at = born(other);
    if (at === undefined || at > closeAt + 50 || closeAt - at > 3 * SECOND) continue;
    newer.push(other);
  }
  // A second socket for another room or stream takes nobody's place.
  const thing = newer.length === 0 ? '' : thingOf(socket.url);
  const twins = newer.length > CROWD ? [] : newer.filter(({ url }) => thingOf(url) === thing);
  if (twins.length > 0 && twins.length <= 2) {
    // The server knows of one that is still on its way only by its handshake.
    const here = twins.some(({ openAt }) => openAt !== undefined && openAt <= closeAt + 50);
    return {
      id: 'twin',
      weights: {
        'replaced-or-kicked': here ? 2.6 : 1.2,
        'duplicate-session': 0.4,
        'auth-missing': -0.8,
      },
      evidence: message('evidence_twin', {
        seconds: seconds(Math.max(0, closeAt - (born(twins[0] as SocketRecord) ?? closeAt))),
      }),
      strong: true,
    };
  }
  if (older === 0 || older >= 5 || age === undefined || age > 2 * SECOND) return undefined;
  return {
    id: 'newcomer',
    weights: { 'duplicate-session': 1.4, 'connection-limit': 0.7 },
    evidence: message('evidence_newcomer', { count: older }),
  };
}

export function manyContemporaries(
  { age }: Facts,
  contemporaries: readonly SocketRecord[],
): Signal | undefined {
  const count = contemporaries.length;
  if (count < 5) return undefined;
  // A limit refuses newcomers: who was let in, and stayed, did not run into it.
  const settled = age !== undefined && age > MINUTE;
  return {
    id: 'many-contemporaries',
    weights: { 'connection-limit': (count >= 10 ? 2.6 : 1.8) * (settled ? 0.3 : 1) },
    evidence: message('evidence_contemporaries', { count }),
    strong: true,
  };
}

export function workedBefore(facts: Facts, earlier: readonly SocketRecord[]): Signal | undefined {
  const { socket, age } = facts;
  if (age === undefined || age > 5 * SECOND) return undefined;
  const lived = earlier.find((other) => other.url === socket.url && (ageOf(other) ?? 0) >= MINUTE);
  if (lived === undefined || credentialPresented(facts) === undefined) return undefined;
  return {
    id: 'worked-before',
    weights: { 'auth-expired': 1.6, 'auth-invalid': 0.3, 'auth-missing': -0.5, 'not-found': -0.4 },
    evidence: message('evidence_worked_before'),
  };
}
