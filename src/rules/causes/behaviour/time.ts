import { message } from '../../../model/message.ts';
import {
  type Facts,
  isRoundDeadline,
  isServed,
  MINUTE,
  SECOND,
  type Signal,
  seconds,
} from './facts.ts';

export function loginDeadline(facts: Facts): Signal | undefined {
  const { socket, age, whole } = facts;
  if (isServed(facts)) return undefined;
  if (!whole || age === undefined || socket.sent.messages > 0) return undefined;
  if (age > 65 * SECOND || !isRoundDeadline(age)) return undefined;
  return {
    id: 'login-deadline',
    weights: { 'auth-missing': 1, 'idle-timeout': 0.5 },
    evidence: message('evidence_deadline', { seconds: seconds(age) }),
  };
}

export function idle({ socket, age, whole, closeAt }: Facts): Signal | undefined {
  if (!whole || age === undefined || socket.openAt === undefined) return undefined;
  const last = Math.max(socket.openAt, socket.sent.lastAt ?? 0, socket.received.lastAt ?? 0);
  const quiet = closeAt - last;
  const any = socket.sent.messages + socket.received.messages > 0;
  if (quiet < 20 * SECOND || !any) return undefined;
  return {
    id: 'idle',
    weights: {
      'idle-timeout': (isRoundDeadline(quiet) ? 1.4 : 0.7) + (quiet >= MINUTE ? 0.3 : 0),
      'rate-limit': -1,
      'message-too-large': -1,
      'message-malformed': -0.8,
      'auth-missing': -0.4,
    },
    evidence: message('evidence_idle', { seconds: seconds(quiet) }),
  };
}

export function longLived({ age }: Facts): Signal | undefined {
  if (age === undefined || age < 5 * MINUTE) return undefined;
  return {
    id: 'long-lived',
    weights: {
      'auth-expired': 0.7,
      'session-expired': 0.9,
      'auth-missing': -1,
      'forbidden-origin': -1,
      'unsupported-feature-or-endpoint': -0.4,
      'not-found': -0.4,
    },
    evidence: message('evidence_long_lived', { minutes: Math.round(age / MINUTE) }),
  };
}
