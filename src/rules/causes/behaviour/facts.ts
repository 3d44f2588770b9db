import type { Message } from '../../../model/message.ts';
import type { SocketRecord } from '../../../model/socket.ts';
import type { CauseId } from '../../types.ts';

/** Something observed that speaks for or against causes. Weights are log-odds. */
export interface Signal {
  readonly id: string;
  readonly weights: Readonly<Partial<Record<CauseId, number>>>;
  /** Said to the reader for causes that the signal speaks for. */
  readonly evidence: Message;
  /** Seen so clearly that it counts in full beside words, too. */
  readonly strong?: boolean;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** What most observations start from. */
export interface Facts {
  readonly socket: SocketRecord;
  /** Open to close, milliseconds; undefined where either was not seen. */
  readonly age: number | undefined;
  /** The construction was seen, so that the counters tell everything. */
  readonly whole: boolean;
  readonly closeAt: number;
}

/** Open to close, milliseconds; undefined where either was not seen. */
export function ageOf({ openAt, closeAt, lastAt }: SocketRecord): number | undefined {
  return openAt === undefined ? undefined : Math.max(0, (closeAt ?? lastAt) - openAt);
}

export function factsOf(socket: SocketRecord): Facts {
  const closeAt = socket.closeAt ?? socket.lastAt;
  return {
    socket,
    age: ageOf(socket),
    whole: socket.openingAt !== undefined && socket.seenBy === 'recorder',
    closeAt,
  };
}

/** More than a greeting has come: the server does not wait to be told who this is. */
export function isServed({ socket }: Facts): boolean {
  return socket.received.messages > 10;
}

/** Milliseconds as seconds with at most one decimal, for sentences. */
export function seconds(ms: number): number {
  return ms >= 10 * SECOND ? Math.round(ms / SECOND) : Math.round(ms / 100) / 10;
}

/** Five, ten, fifteen … seconds: a deadline that somebody wrote down. */
export function isRoundDeadline(ms: number): boolean {
  const step = ms < 20 * SECOND ? 5 * SECOND : ms < 2 * MINUTE ? 10 * SECOND : MINUTE;
  const off = Math.abs(ms - Math.round(ms / step) * step);
  return ms >= 2.5 * SECOND && off <= Math.min(SECOND, ms * 0.03 + 150);
}
