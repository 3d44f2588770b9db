import type { SessionEvent } from '../model/events.ts';
import type { SocketRecord } from '../model/socket.ts';
import type { Chain, Finding, RuleSettings } from './types.ts';

/** Findings and chains of a session that grows, one event at a time. */
export interface Diagnosis {
  /** Events in order of `t`; one that comes late by the clock is still counted. */
  push(event: SessionEvent): void;
  /** Tells the time (session milliseconds), so that rules that wait can decide. */
  advance(now: number): void;
  /** The next moment at which `advance` would change something, if any. */
  readonly nextDeadline: number | undefined;
  readonly now: number;
  /** In order of construction. */
  readonly sockets: ReadonlyMap<string, SocketRecord>;
  readonly chains: readonly Chain[];
  chainOf(socket: string): Chain | undefined;
  /** Worst first. Passed and not-applicable ones included. */
  readonly findings: readonly Finding[];
  findingsOf(socket: string): readonly Finding[];
  /** Events that fell out of buffers, summed. */
  readonly dropped: number;
  /** Grows by one with every change that a reader could see. */
  readonly revision: number;
}

export type CreateDiagnosis = (settings?: RuleSettings) => Diagnosis;
