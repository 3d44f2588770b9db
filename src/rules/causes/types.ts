import type { SocketRecord } from '../../model/socket.ts';
import type { Cause } from '../types.ts';

/** What the explanation of a close may look at. The clock is the session's. */
export interface CloseContext {
  /** The socket that closed, with `code` and `reason` set. */
  readonly socket: SocketRecord;
  /** Sockets of the same chain or endpoint that had ended before, in no particular order, without `socket`. */
  readonly earlier: readonly SocketRecord[];
  /** Sockets of the same endpoint that lived at the time of the close, without `socket`. */
  readonly contemporaries: readonly SocketRecord[];
}

/** Ranked causes, best first, never empty: `unknown` where nothing speaks. */
export type ExplainClose = (context: CloseContext) => readonly Cause[];
