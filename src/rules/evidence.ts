import { type Message, message } from '../model/message.ts';
import { withoutSecrets } from '../model/secrets.ts';
import type { SocketRecord } from '../model/socket.ts';
import { withoutSecretsOf } from '../model/url-secrets.ts';
import type { ChainState } from './chains/tracker.ts';
import { remembering } from './latest.ts';
import type { Cause, CauseId, EvidencePoint, Threshold } from './types.ts';

/** The close event, as a point on the reader's timeline. */
export function closePoint(socket: SocketRecord): EvidencePoint {
  const code = socket.code ?? 1006;
  return {
    t: socket.closeAt ?? socket.lastAt,
    socket: socket.id,
    message: socket.reason
      ? message('evidence_closed_with_reason', { code, reason: socket.reason })
      : message('evidence_closed_without_reason', { code }),
  };
}

export function openPoint(socket: SocketRecord): EvidencePoint[] {
  return socket.openAt === undefined
    ? []
    : [{ t: socket.openAt, socket: socket.id, message: message('evidence_opened') }];
}

export function point(
  t: number,
  socket: string | undefined,
  id: string,
  params?: Message['params'],
): EvidencePoint {
  const text = message(id, params);
  return socket === undefined ? { t, message: text } : { t, socket, message: text };
}

/** What speaks for the server, the network or the page having closed it. */
export function closedByPoints(socket: SocketRecord): EvidencePoint[] {
  const t = socket.closeAt ?? socket.lastAt;
  return socket.closedByEvidence.map((text) => ({ t, socket: socket.id, message: text }));
}

/** Its life in points: opened, closed, and by whom. */
export function lifePoints(socket: SocketRecord): EvidencePoint[] {
  const points = openPoint(socket);
  points.push(closePoint(socket), ...closedByPoints(socket));
  return points;
}

/** What a finding of several ends in a chain says: its newest ends, when the last one was, and all its sockets. */
export function endsOf(
  { slots, ids }: ChainState,
  places: readonly number[],
): { evidence: EvidencePoint[]; at: number; sockets: string[] } {
  const newest = places.slice(-5).map((place) => slots[place]!.socket);
  return {
    evidence: newest.map(closePoint),
    at: newest.at(-1)!.closeAt!,
    sockets: places.map((place) => ids[place]!),
  };
}

/** What every explanation of a close tells of it to other programs. */
export function closeData(socket: SocketRecord): Readonly<Record<string, unknown>> {
  const age = ageOf(socket);
  return {
    code: socket.code,
    reason: socket.reason ?? '',
    ...(age === undefined ? {} : { ageMs: round(age) }),
  };
}

/** The name of a cause in the reader's language. */
export const causeName = remembering((cause) => message(`cause_${cause.replaceAll('-', '_')}`)) as (
  cause: CauseId,
) => Message;

/** How sure an explanation may sound. */
export function certainty(causes: readonly Cause[]): 'likely' | 'perhaps' | 'unclear' {
  const best = causes[0];
  if (best === undefined || best.cause === 'unknown' || best.confidence < 0.4) return 'unclear';
  return best.confidence >= 0.7 ? 'likely' : 'perhaps';
}

/** Milliseconds from open (or construction) to the end; undefined where the start was not seen. */
export function ageOf(socket: SocketRecord): number | undefined {
  const start = socket.openAt ?? socket.openingAt;
  const end = socket.closeAt;
  return start === undefined || end === undefined ? undefined : end - start;
}

/** From the last message either way (or the open) to the close; undefined where it did not close. */
export function idleOf(socket: SocketRecord): number | undefined {
  if (socket.closeAt === undefined) return undefined;
  const last = Math.max(
    socket.sent.lastAt ?? 0,
    socket.received.lastAt ?? 0,
    socket.openAt ?? socket.firstAt,
  );
  return socket.closeAt - last;
}

/** It had been open: an open event, traffic, or a close frame prove it. */
export function hadOpened(socket: SocketRecord): boolean {
  return (
    socket.openAt !== undefined ||
    socket.received.messages > 0 ||
    (socket.wasClean === true && socket.code !== 1006 && socket.openingAt === undefined)
  );
}

/** A reason with its varying parts folded, so that equal refusals are told once. */
export function reasonKey({ reason = '', url }: SocketRecord): string {
  return keyOf(withoutSecretsOf(url, reason, '#'));
}

const keyOf = remembering((reason) =>
  withoutSecrets(reason, '#')
    .replace(/[\da-f]{8,}|\d{4,}|(?=\w*[a-z])(?=\w*\d)\w{6,}/gi, '#')
    .slice(0, 123),
);

export function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

export function ms(standard: number, min: number, max: number): Threshold {
  return { default: standard, min, max, unit: 'ms' };
}

export function count(standard: number, min: number, max: number): Threshold {
  return { default: standard, min, max, unit: 'count' };
}

export function ratio(standard: number, min: number, max: number): Threshold {
  return { default: standard, min, max, unit: 'ratio' };
}
