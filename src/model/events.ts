/**
 * What happened, as a session log tells it (session log, version 1).
 * `t` is milliseconds since the session's `startedAt`, fractions allowed.
 */

export type Realm = 'window' | 'dedicated-worker' | 'shared-worker' | 'service-worker';
export type SocketApi = 'WebSocket' | 'WebSocketStream';
export type MessageKind = 'text' | 'binary';

/** Where a document's socket lives: carried on `opening`, optional for readers. */
export interface FrameInfo {
  /** The document's URL. */
  readonly documentUrl?: string;
  /** True for the tab's own document, false for a frame's. */
  readonly top?: boolean;
}

interface Timed {
  readonly t: number;
}

interface OfSocket extends Timed {
  /** Unique in the log. */
  readonly socket: string;
}

export interface OpeningEvent extends OfSocket, FrameInfo {
  readonly type: 'opening';
  readonly url: string;
  readonly protocols?: readonly string[];
  /** Id of the document; equal ids share visibility and lifecycle. */
  readonly document?: string;
  readonly realm?: Realm;
  readonly api?: SocketApi;
  /** Call stack, one frame a line, the page's first frame first. */
  readonly stack?: string;
  /**
   * `browser` where only the browser's network view saw this socket, so its
   * close code cannot be known. Absent: the recorder saw it.
   */
  readonly seenBy?: 'recorder' | 'browser';
}

export interface OpenEvent extends OfSocket {
  readonly type: 'open';
  readonly protocol?: string;
  readonly extensions?: string;
}

/** A run of messages of one kind told as one: `bytes` is their sum. */
export interface TrafficEvent extends OfSocket {
  readonly type: 'send' | 'receive';
  readonly kind: MessageKind;
  readonly bytes: number;
  /** Default 1. */
  readonly count?: number;
  /** Bytes of the largest message of the run. */
  readonly largest?: number;
  /** Time of the first message of a run; `t` is that of the last. */
  readonly firstT?: number;
  /** Start of the payload, only where the user asked for previews. */
  readonly preview?: string;
  /** Bytes not yet sent, the peak of the run. */
  readonly buffered?: number;
}

export interface CloseCalledEvent extends OfSocket {
  readonly type: 'close-called';
  readonly code?: number;
  readonly reason?: string;
  /** At the call: 3 had no effect. */
  readonly readyState?: number;
  /** Name of the exception, where the call threw. */
  readonly error?: string;
  readonly stack?: string;
}

export interface SocketErrorEvent extends OfSocket {
  readonly type: 'error';
}

export interface SocketCloseEvent extends OfSocket {
  readonly type: 'close';
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** The browser's own view of an opening handshake. */
export interface HandshakeEvent extends Timed {
  readonly type: 'handshake';
  readonly socket?: string;
  readonly url?: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The browser's own words. */
  readonly error?: string;
}

export type PageState =
  | 'visible'
  | 'hidden'
  | 'online'
  | 'offline'
  | 'beforeunload'
  | 'pagehide'
  | 'pageshow'
  | 'freeze'
  | 'resume';

export interface PageEvent extends Timed {
  readonly type: 'page';
  readonly state: PageState;
  readonly persisted?: boolean;
  readonly document?: string;
}

export interface DrillEvent extends Timed {
  readonly type: 'drill';
  readonly kind: string;
  readonly socket?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Events that fell out of a buffer here. */
export interface DroppedEvent extends Timed {
  readonly type: 'dropped';
  readonly count: number;
}

/** The watch ended here: what has not happened by `t` was not seen to happen. */
export interface EndEvent extends Timed {
  readonly type: 'end';
}

export type SessionEvent =
  | OpeningEvent
  | OpenEvent
  | TrafficEvent
  | CloseCalledEvent
  | SocketErrorEvent
  | SocketCloseEvent
  | HandshakeEvent
  | PageEvent
  | DrillEvent
  | DroppedEvent
  | EndEvent;

export type SessionEventType = SessionEvent['type'];
