import type { CloseCalledEvent, HandshakeEvent, MessageKind, Realm, SocketApi } from './events.ts';
import type { Message } from './message.ts';
import type { TrafficRuns } from './traffic-runs.ts';

export type SocketState = 'connecting' | 'open' | 'closing' | 'closed' | 'gone';

/**
 * Who ended it, always inferred: `page` called `close()`, `server` sent a close
 * frame, `browser` (navigation, bfcache, tab), `network` (no close frame).
 */
export type ClosedBy = 'page' | 'server' | 'browser' | 'network' | 'unknown';

/** Counters of one direction; they survive what falls out of the buffers. */
export interface Traffic {
  messages: number;
  bytes: number;
  text: number;
  binary: number;
  largest: number;
  firstAt?: number;
  lastAt?: number;
  lastKind?: MessageKind;
}

/** Everything observed of one socket. Times are milliseconds since the session's start. */
export interface SocketRecord {
  readonly id: string;
  /** Order of construction in the session, from 0. */
  readonly index: number;
  url: string;
  protocols?: readonly string[];
  document?: string;
  documentUrl?: string;
  top?: boolean;
  realm: Realm;
  api: SocketApi;
  stack?: string;
  seenBy: 'recorder' | 'browser';
  state: SocketState;
  /** Undefined where the construction was not recorded (it fell out of a buffer). */
  openingAt?: number;
  /** Other sockets of the session that had not ended when it was made. */
  beside?: number;
  openAt?: number;
  protocol?: string;
  extensions?: string;
  closeCalls: CloseCalledEvent[];
  errors: number;
  errorAt?: number;
  closeAt?: number;
  code?: number;
  reason?: string;
  wasClean?: boolean;
  /** When its document left without a close event being seen. */
  goneAt?: number;
  closedBy?: ClosedBy;
  closedByEvidence: readonly Message[];
  sent: Traffic;
  received: Traffic;
  /** The messages before the close: a bounded window. */
  readonly recent: TrafficRuns;
  handshake?: HandshakeEvent;
  bufferedPeak: number;
  /** What a person did to it on purpose: the kind of the last drill that named it. */
  drill?: string;
  /** When that was, session milliseconds. */
  drillAt?: number;
  /** First time the record was touched by any event. */
  readonly firstAt: number;
  lastAt: number;
}
