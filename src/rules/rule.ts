import type { Message } from '../model/message.ts';
import type { PageHistory } from '../model/page-history.ts';
import type { SocketRecord } from '../model/socket.ts';
import type { ChainState, Slot } from './chains/tracker.ts';
import type { Cause, EvidencePoint, RuleMeta, Verdict } from './types.ts';

/** What a rule says of one subject. */
export interface Hit {
  readonly verdict: Verdict;
  readonly message: Message;
  readonly evidence: readonly EvidencePoint[];
  readonly data: Readonly<Record<string, unknown>>;
  /** Session time of the deciding moment. */
  readonly at: number;
  readonly causes?: readonly Cause[];
  /** Hits of one rule, chain and group are told as one finding. Default: the chain. */
  readonly group?: string;
  /** Ids that the finding is about. Default: the socket, or the chain's newest. */
  readonly sockets?: readonly string[];
}

export interface Outcome {
  readonly hit?: Hit;
  /** When the answer changes by itself if nothing happens (session milliseconds). */
  readonly recheckAt?: number;
  /** The answer depends on what the page does next: hidden, offline, leaving. */
  readonly watchPage?: boolean;
}

/** Nothing to say. */
export const SILENT: Outcome = {};

export interface RuleContext {
  /** The session's time: what has not happened by now was not seen to happen. */
  readonly now: number;
  /** The watch is over: what is pending stays undecided. */
  readonly ended: boolean;
  threshold(name: string): number;
  /** Ranked causes of a socket's close, by what was recorded when it was last touched. */
  causesOf(slot: Slot): readonly Cause[];
  /** How many of the session's sockets ended then without the page's doing: of the newest 512. */
  endedBetween(from: number, to: number): number;
}

export interface SocketSubject {
  readonly socket: SocketRecord;
  readonly slot: Slot;
  readonly chain: ChainState;
  readonly page: PageHistory;
}

export interface SocketRule {
  readonly scope: 'socket';
  readonly meta: RuleMeta;
  /** Looks at the socket's end and its causes, and waits for nothing: not asked because another took its place. */
  readonly onEnd?: boolean;
  check(subject: SocketSubject, context: RuleContext): Outcome;
}

export interface ChainRule {
  readonly scope: 'chain';
  readonly meta: RuleMeta;
  /** Looks at ended sockets only: not asked when one is made or opens. */
  readonly onEnd?: boolean;
  /**
   * What it found in the newest sockets stays true when they are no longer the newest:
   * silence does not take a finding back.
   */
  readonly sticky?: boolean;
  check(chain: ChainState, context: RuleContext): Outcome;
}

/** A reconnection attempt, for rules that look over all chains. */
export interface Attempt {
  readonly at: number;
  readonly endedAt: number;
  readonly socket: SocketRecord;
  readonly endpoint: string;
}

export interface SessionRule {
  readonly scope: 'session';
  readonly meta: RuleMeta;
  readonly sticky?: boolean;
  /** The newest attempts of the session, oldest first: at most 512. */
  check(attempts: readonly Attempt[], context: RuleContext): Outcome;
}

export type Rule = SocketRule | ChainRule | SessionRule;
