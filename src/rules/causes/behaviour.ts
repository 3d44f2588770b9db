import { type Message, message } from '../../model/message.ts';
import { withoutSecrets } from '../../model/secrets.ts';
import type { SocketRecord, TrafficRun } from '../../model/socket.ts';
import type { CauseId } from '../types.ts';
import type { CloseContext } from './types.ts';

/** Something observed that speaks for or against causes. Weights are log-odds. */
export interface Signal {
  readonly id: string;
  readonly weights: Readonly<Partial<Record<CauseId, number>>>;
  /** Said to the reader for causes that the signal speaks for. */
  readonly evidence: Message;
  /** Seen so clearly that it counts in full beside words, too. */
  readonly strong?: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Messages a second from which on a run of sends counts as a burst. */
const BURST_PER_SECOND = 20;
const KIB = 1024;

interface Facts {
  readonly socket: SocketRecord;
  /** Open to close, milliseconds; undefined where either was not seen. */
  readonly age: number | undefined;
  /** The construction was seen, so that the counters tell everything. */
  readonly whole: boolean;
  readonly closeAt: number;
}

function factsOf(socket: SocketRecord): Facts {
  const closeAt = socket.closeAt ?? socket.lastAt;
  const from = socket.openAt;
  return {
    socket,
    age: from === undefined ? undefined : Math.max(0, closeAt - from),
    whole: socket.openingAt !== undefined && socket.seenBy === 'recorder',
    closeAt,
  };
}

/** Milliseconds as seconds with at most one decimal, for sentences. */
function seconds(ms: number): number {
  return ms >= 10 * SECOND ? Math.round(ms / SECOND) : Math.round(ms / 100) / 10;
}

function sends(socket: SocketRecord): TrafficRun[] {
  return socket.recent.filter((run) => run.direction === 'send');
}

/** Messages of one direction whose time falls in the window before the close. */
function countWithin(
  runs: readonly TrafficRun[],
  direction: TrafficRun['direction'],
  from: number,
  to: number,
): { messages: number; bytes: number } {
  let messages = 0;
  let bytes = 0;
  for (const run of runs) {
    if (run.direction !== direction || run.to < from || run.from > to) continue;
    const length = run.to - run.from;
    const share =
      length <= 0 ? 1 : Math.min(1, (Math.min(run.to, to) - Math.max(run.from, from)) / length);
    messages += run.count * share;
    bytes += run.bytes * share;
  }
  return { messages, bytes };
}

/** Five, ten, fifteen … seconds: a deadline that somebody wrote down. */
function isRoundDeadline(ms: number): boolean {
  const step = ms < 20 * SECOND ? 5 * SECOND : ms < 2 * MINUTE ? 10 * SECOND : MINUTE;
  const off = Math.abs(ms - Math.round(ms / step) * step);
  return ms >= 2.5 * SECOND && off <= Math.min(SECOND, ms * 0.03 + 150);
}

function nothingSent({ socket, age, whole }: Facts): Signal | undefined {
  if (!whole || socket.sent.messages > 0) return undefined;
  const late = age !== undefined && age > 2 * MINUTE;
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

function answeredASend({ socket, closeAt }: Facts): Signal | undefined {
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

function loginDeadline({ socket, age, whole }: Facts): Signal | undefined {
  if (!whole || age === undefined || socket.sent.messages > 0) return undefined;
  if (age > 65 * SECOND || !isRoundDeadline(age)) return undefined;
  return {
    id: 'login-deadline',
    weights: { 'auth-missing': 1, 'idle-timeout': 0.5 },
    evidence: message('evidence_deadline', { seconds: seconds(age) }),
  };
}

function burst({ socket, closeAt }: Facts): Signal | undefined {
  const last = socket.sent.lastAt;
  if (last === undefined || closeAt - last > 5 * SECOND) return undefined;
  const { messages } = countWithin(socket.recent, 'send', last - SECOND, last);
  const count = Math.round(messages);
  if (count < BURST_PER_SECOND) return undefined;
  return {
    id: 'burst',
    weights: { 'rate-limit': count >= 50 ? 3 : 2.4, 'slow-consumer': -0.4, 'auth-missing': -1 },
    evidence: message('evidence_burst', { count }),
    strong: true,
  };
}

function largestMessage({ socket, closeAt }: Facts): Signal | undefined {
  const runs = sends(socket);
  const last = runs.at(-1);
  if (last === undefined || closeAt - last.to > 5 * SECOND) return undefined;
  const bytes = last.largest;
  if (bytes < 8 * KIB || bytes < socket.sent.largest) return undefined;
  let before = 0;
  for (const run of runs.slice(0, -1)) before = Math.max(before, run.largest);
  if (before > 0 && bytes < 2 * before) return undefined;
  const weight = bytes >= 1024 * KIB ? 3 : bytes >= 64 * KIB ? 2.6 : bytes >= 32 * KIB ? 2 : 1.2;
  return {
    id: 'largest-message',
    weights: { 'message-too-large': weight, 'auth-missing': -0.6 },
    evidence: message('evidence_largest', { bytes }),
    strong: true,
  };
}

function oddKind({ socket, closeAt }: Facts): Signal | undefined {
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

const CREDENTIAL_IN_URL =
  /[?&#;](?:[\w.-]*(?:token|jwt|ticket|secret|signature|passw(?:or)?d|api[-_]?key|access[-_]?key|credential|authorization)|auth|key|sig|sign|pwd)=[^&#]/i;

function credentialPresented({ socket }: Facts): Signal | undefined {
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

function sameAge(
  { socket, age, whole }: Facts,
  earlier: readonly SocketRecord[],
): Signal | undefined {
  if (age === undefined || age < 3 * SECOND) return undefined;
  let same = 0;
  for (const other of earlier) {
    if (other.code !== socket.code) continue;
    const its = factsOf(other).age;
    if (its !== undefined && Math.abs(its - age) <= Math.max(1.5 * SECOND, age * 0.03)) same += 1;
  }
  if (same < 1) return undefined;
  const count = same + 1;
  const silent = whole && socket.sent.messages === 0;
  const strength = same >= 2 ? 1 : 0.5;
  const young = age < MINUTE;
  const credential = credentialPresented(factsOf(socket)) !== undefined;
  return {
    id: 'same-age',
    weights:
      young && silent
        ? { 'auth-missing': 1.2 * strength, 'idle-timeout': 1 * strength }
        : {
            'session-expired': 2 * strength,
            'auth-expired': (credential ? 2.2 : 1.6) * strength,
            'idle-timeout': 0.8 * strength,
            'auth-missing': -1.5 * strength,
            'auth-invalid': -1 * strength,
          },
    evidence: message('evidence_same_age', { count, seconds: seconds(age) }),
    strong: same >= 2,
  };
}

function idle({ socket, age, whole, closeAt }: Facts): Signal | undefined {
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

function longLived({ age }: Facts): Signal | undefined {
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

function twin(facts: Facts, contemporaries: readonly SocketRecord[]): Signal | undefined {
  const { closeAt, age, socket } = facts;
  const born = (other: SocketRecord): number | undefined => other.openAt ?? other.openingAt;
  const newer = contemporaries.filter((other) => {
    const at = born(other);
    return (
      at !== undefined &&
      at <= closeAt + 50 &&
      closeAt - at <= 3 * SECOND &&
      other.index > socket.index
    );
  });
  if (newer.length > 0 && newer.length <= 2) {
    return {
      id: 'twin',
      weights: { 'replaced-or-kicked': 2.6, 'duplicate-session': 0.4, 'auth-missing': -0.8 },
      evidence: message('evidence_twin', {
        seconds: seconds(Math.max(0, closeAt - (born(newer[0] as SocketRecord) ?? closeAt))),
      }),
      strong: true,
    };
  }
  const older = contemporaries.filter(
    (other) => other.index < socket.index && other.state !== 'connecting',
  );
  if (older.length === 0 || older.length >= 5 || age === undefined || age > 2 * SECOND)
    return undefined;
  return {
    id: 'newcomer',
    weights: { 'duplicate-session': 1.4, 'connection-limit': 0.7 },
    evidence: message('evidence_newcomer', { count: older.length }),
  };
}

function manyContemporaries(contemporaries: readonly SocketRecord[]): Signal | undefined {
  const count = contemporaries.length;
  if (count < 5) return undefined;
  return {
    id: 'many-contemporaries',
    weights: { 'connection-limit': count >= 10 ? 2.6 : 1.8 },
    evidence: message('evidence_contemporaries', { count }),
    strong: true,
  };
}

function backlog({ socket, closeAt }: Facts): Signal | undefined {
  const last = socket.received.lastAt;
  if (last === undefined || closeAt - last > 5 * SECOND) return undefined;
  const { messages, bytes } = countWithin(socket.recent, 'receive', last - SECOND, last);
  if (messages < 200 && bytes < 1024 * KIB) return undefined;
  return {
    id: 'backlog',
    weights: { 'slow-consumer': 2.2, 'auth-missing': -1 },
    evidence: message('evidence_backlog', { count: Math.round(messages) }),
    strong: true,
  };
}

function workedBefore(facts: Facts, earlier: readonly SocketRecord[]): Signal | undefined {
  const { socket, age } = facts;
  if (age === undefined || age > 5 * SECOND) return undefined;
  const lived = earlier.find(
    (other) => other.url === socket.url && (factsOf(other).age ?? 0) >= MINUTE,
  );
  if (lived === undefined || credentialPresented(facts) === undefined) return undefined;
  return {
    id: 'worked-before',
    weights: { 'auth-expired': 1.6, 'auth-invalid': 0.3, 'auth-missing': -0.5, 'not-found': -0.4 },
    evidence: message('evidence_worked_before'),
  };
}

function hostOf(url: string | undefined): string | undefined {
  const match = /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(url ?? '');
  return match?.[1]?.toLowerCase();
}

function crossSite({ socket, age, whole }: Facts): Signal | undefined {
  const page = hostOf(socket.documentUrl);
  const host = hostOf(socket.url);
  if (page === undefined || host === undefined || page === host) return undefined;
  const site = (name: string): string => name.split('.').slice(-2).join('.');
  if (site(page) === site(host)) return undefined;
  if (!whole || socket.sent.messages > 0 || age === undefined || age > 2 * SECOND) return undefined;
  return {
    id: 'cross-site',
    weights: { 'forbidden-origin': 0.8 },
    evidence: message('evidence_cross_site', { page, host }),
  };
}

/** Everything but the words, strongest first. Pure. */
export function observeBehaviour(context: CloseContext): Signal[] {
  const facts = factsOf(context.socket);
  const signals = [
    burst(facts),
    largestMessage(facts),
    oddKind(facts),
    twin(facts, context.contemporaries),
    manyContemporaries(context.contemporaries),
    backlog(facts),
    sameAge(facts, context.earlier),
    workedBefore(facts, context.earlier),
    idle(facts),
    loginDeadline(facts),
    nothingSent(facts),
    answeredASend(facts),
    credentialPresented(facts),
    crossSite(facts),
    longLived(facts),
  ];
  return signals.filter((signal) => signal !== undefined);
}
