import { effectiveCloseCall, endedByError, inferClosedBy } from './closed-by.ts';
import type {
  CloseCalledEvent,
  DrillEvent,
  HandshakeEvent,
  OpeningEvent,
  PageEvent,
  SessionEvent,
  SocketCloseEvent,
  TrafficEvent,
} from './events.ts';
import { hasEnded } from './life.ts';
import { PageHistory } from './page-history.ts';
import type { SocketRecord } from './socket.ts';
import { countTraffic, emptyTraffic } from './traffic.ts';
import { TrafficRuns } from './traffic-runs.ts';

/** A page that calls `close()` again and again: the first calls are kept. */
const MAX_CLOSE_CALLS = 16;
const MAX_DRILLS = 256;
/** Sockets of one URL that wait for the browser's word of their handshake. */
const MAX_WAITING = 4096;
/** A handshake told by the browser may come this long before the recorder's own word. */
const ADOPT_WINDOW_MS = 5_000;
/** A 101 that the browser refused is told at about the time of the close that follows. */
const REFUSED_WITHIN_MS = 100;

/** What one event changed; the diagnosis looks at nothing else. */
export interface Touch {
  /** Sockets whose lifecycle changed. */
  readonly sockets: readonly SocketRecord[];
  /** A socket whose counters alone changed. */
  readonly traffic?: SocketRecord | undefined;
  /** A record that turned out to be another's handshake and no longer exists. */
  readonly removed?: SocketRecord;
  /** Documents whose page state changed. */
  readonly pages: readonly PageHistory[];
  /** The event came late by the clock and rewrote the past of `pages`. */
  readonly rewritten: boolean;
}

const NOTHING: Touch = { sockets: [], pages: [], rewritten: false };

/**
 * Session log events reduced to what is known of each socket, one event at a time.
 * The work for one event does not grow with the session, nor does the memory kept
 * of one socket (16 calls of `close()`, 48 runs of traffic, counters). Events are
 * untrusted: any order, doubles and strangers are taken without an exception.
 */
export class Session {
  readonly sockets = new Map<string, SocketRecord>();
  readonly drills: DrillEvent[] = [];
  /** The largest `t` seen. */
  lastAt = 0;
  endedAt: number | undefined;
  dropped = 0;

  private readonly pages = new Map<string, PageHistory>();
  private readonly ofDocument = new Map<string, Set<SocketRecord>>();
  private readonly everywhere: PageEvent[] = [];
  /** Ids of sockets that have not ended. */
  private readonly living = new Set<string>();
  /** Sockets by URL that have no handshake yet, oldest first. */
  private readonly waiting = new Map<string, SocketRecord[]>();
  /** Records that stand for a handshake without a socket, by URL. */
  private readonly strangers = new Map<string, SocketRecord[]>();
  private nextIndex = 0;
  private nextStranger = 1;

  apply(event: SessionEvent): Touch {
    const { t } = event;
    if (typeof t !== 'number' || !Number.isFinite(t)) return NOTHING;
    if (t > this.lastAt) this.lastAt = t;
    if (this.endedAt !== undefined && t > this.endedAt && event.type !== 'end') {
      this.endedAt = undefined;
    }
    switch (event.type) {
      case 'opening':
        return this.opening(event);
      case 'open': {
        const socket = this.record(event.socket, t);
        if (socket.openAt === undefined || t < socket.openAt) {
          socket.openAt = t;
          if (event.protocol !== undefined) socket.protocol = event.protocol;
          if (event.extensions !== undefined) socket.extensions = event.extensions;
        }
        return this.touched(socket);
      }
      case 'send':
      case 'receive': {
        const known = this.sockets.has(event.socket);
        const socket = this.record(event.socket, t);
        if (!plausible(event)) return this.touched(socket);
        countTraffic(event.type === 'send' ? socket.sent : socket.received, event);
        socket.recent.add(event);
        if (event.buffered !== undefined && event.buffered > socket.bufferedPeak) {
          socket.bufferedPeak = event.buffered;
        }
        if (!known || socket.state === 'closed') return this.touched(socket);
        return { sockets: [], traffic: socket, pages: [], rewritten: false };
      }
      case 'close-called':
        return this.closeCalled(event);
      case 'error': {
        const socket = this.record(event.socket, t);
        socket.errors++;
        if (socket.errorAt === undefined || t < socket.errorAt) socket.errorAt = t;
        return this.touched(socket);
      }
      case 'close':
        return this.closed(event);
      case 'handshake':
        return this.handshake(event);
      case 'page':
        return this.page(event);
      case 'drill':
        return this.drill(event);
      case 'dropped':
        if (Number.isFinite(event.count) && event.count > 0) this.dropped += event.count;
        return NOTHING;
      case 'end':
        this.endedAt = Math.max(this.endedAt ?? t, t, this.lastAt);
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  /** The page state that a socket lives under. */
  pageOf(socket: SocketRecord): PageHistory {
    return this.history(socket.document ?? '');
  }

  private history(document: string): PageHistory {
    let history = this.pages.get(document);
    if (history === undefined) {
      history = new PageHistory(document === '' ? [] : this.everywhere);
      this.pages.set(document, history);
    }
    return history;
  }

  private record(id: string, t: number): SocketRecord {
    const known = this.sockets.get(id);
    if (known !== undefined) {
      if (t > known.lastAt) known.lastAt = t;
      return known;
    }
    // All fields from the start: records of one shape are read several times faster.
    const socket: SocketRecord = {
      id,
      index: this.nextIndex++,
      url: '',
      protocols: undefined,
      document: undefined,
      documentUrl: undefined,
      top: undefined,
      realm: 'window',
      api: 'WebSocket',
      stack: undefined,
      seenBy: 'recorder',
      state: 'open',
      openingAt: undefined,
      beside: undefined,
      openAt: undefined,
      protocol: undefined,
      extensions: undefined,
      closeCalls: [],
      errors: 0,
      errorAt: undefined,
      closeAt: undefined,
      code: undefined,
      reason: undefined,
      wasClean: undefined,
      goneAt: undefined,
      closedBy: undefined,
      closedByEvidence: [],
      sent: emptyTraffic(),
      received: emptyTraffic(),
      recent: new TrafficRuns(),
      handshake: undefined,
      bufferedPeak: 0,
      drill: undefined,
      drillAt: undefined,
      firstAt: t,
      lastAt: t,
    };
    this.sockets.set(id, socket);
    this.join(socket);
    return socket;
  }

  private join(socket: SocketRecord): void {
    const key = socket.document ?? '';
    let set = this.ofDocument.get(key);
    if (set === undefined) {
      set = new Set();
      this.ofDocument.set(key, set);
    }
    set.add(socket);
  }

  private opening(event: OpeningEvent): Touch {
    const socket = this.record(event.socket, event.t);
    if (socket.openingAt !== undefined && socket.openingAt <= event.t) return this.touched(socket);
    this.ofDocument.get(socket.document ?? '')?.delete(socket);
    this.forget(socket);
    socket.openingAt = event.t;
    socket.beside ??= this.living.size - (this.living.has(socket.id) ? 1 : 0);
    socket.url = typeof event.url === 'string' ? event.url : '';
    socket.protocols = Array.isArray(event.protocols) ? event.protocols : undefined;
    socket.document = text(event.document);
    socket.documentUrl = event.documentUrl;
    socket.top = event.top;
    socket.realm = event.realm ?? 'window';
    socket.api = event.api ?? 'WebSocket';
    socket.stack = text(event.stack);
    socket.seenBy = event.seenBy ?? 'recorder';
    this.join(socket);
    if (socket.handshake === undefined) push(this.waiting, urlKey(socket.url), socket);
    return this.touched(socket, this.adopt(socket));
  }

  private closeCalled(event: CloseCalledEvent): Touch {
    const socket = this.record(event.socket, event.t);
    const { closeCalls } = socket;
    let at = closeCalls.length;
    while (at > 0 && closeCalls[at - 1]!.t > event.t) at--;
    closeCalls.splice(at, 0, event);
    if (closeCalls.length > MAX_CLOSE_CALLS) closeCalls.pop();
    return this.touched(socket);
  }

  private closed(event: SocketCloseEvent): Touch {
    const socket = this.record(event.socket, event.t);
    if (socket.closeAt === undefined || event.t < socket.closeAt) {
      socket.closeAt = event.t;
      socket.code = Number.isInteger(event.code) ? event.code : 1006;
      socket.reason = typeof event.reason === 'string' ? event.reason : '';
      socket.wasClean = event.wasClean;
    }
    return this.touched(socket, this.adopt(socket));
  }

  private touched(socket: SocketRecord, removed?: SocketRecord): Touch {
    this.settle(socket);
    return { sockets: [socket], removed, pages: [], rewritten: false };
  }

  /** Derives state and closedBy from what is recorded, so that the order of arrival leaves no trace. */
  private settle(socket: SocketRecord): void {
    const call = effectiveCloseCall(socket);
    if (socket.closeAt !== undefined) socket.state = 'closed';
    else if (socket.goneAt !== undefined || socket.seenBy === 'browser') socket.state = 'gone';
    else if (call !== undefined) socket.state = 'closing';
    else if (endedByError(socket)) socket.state = 'closed';
    else if (socket.openAt === undefined && socket.openingAt !== undefined) {
      socket.state = socket.received.messages > 0 ? 'open' : 'connecting';
    } else socket.state = 'open';
    if (hasEnded(socket)) {
      this.living.delete(socket.id);
      const { closedBy, evidence } = inferClosedBy(socket, this.pageOf(socket));
      socket.closedBy = closedBy;
      socket.closedByEvidence = evidence;
      if (socket.state === 'closed') this.ofDocument.get(socket.document ?? '')?.delete(socket);
    } else {
      this.living.add(socket.id);
      socket.closedBy = undefined;
      socket.closedByEvidence = [];
    }
  }

  private drill(event: DrillEvent): Touch {
    this.drills.push(event);
    if (this.drills.length > MAX_DRILLS) this.drills.shift();
    const socket = event.socket === undefined ? undefined : this.sockets.get(event.socket);
    if (socket === undefined) return NOTHING;
    socket.drill = event.kind;
    socket.drillAt = event.t;
    return this.touched(socket);
  }

  private page(event: PageEvent): Touch {
    const histories: PageHistory[] = [];
    if (event.document === undefined) {
      this.history('');
      this.everywhere.push(event);
      histories.push(...this.pages.values());
    } else {
      histories.push(this.history(event.document));
    }
    let rewritten = false;
    const sockets: SocketRecord[] = [];
    for (const history of histories) rewritten = history.add(event) || rewritten;
    const documents = event.document === undefined ? [...this.ofDocument.keys()] : [event.document];
    for (const document of documents) {
      const left = leftAt(event, this.history(document));
      if (left === undefined) continue;
      for (const socket of this.ofDocument.get(document) ?? []) {
        if (socket.closeAt !== undefined) continue;
        if (socket.realm === 'shared-worker' || socket.realm === 'service-worker') continue;
        if ((socket.openingAt ?? socket.firstAt) > left) continue;
        if (socket.goneAt === undefined || left < socket.goneAt) {
          socket.goneAt = left;
          this.settle(socket);
          sockets.push(socket);
        }
      }
    }
    if (rewritten) {
      for (const socket of this.sockets.values()) {
        if (socket.closeAt === undefined) continue;
        if (Math.abs(socket.closeAt - event.t) > 60_000) continue;
        const before = socket.closedBy;
        this.settle(socket);
        if (socket.closedBy !== before) sockets.push(socket);
      }
    }
    return { sockets, pages: histories, rewritten };
  }

  private handshake(event: HandshakeEvent): Touch {
    const named = event.socket === undefined ? undefined : this.sockets.get(event.socket);
    if (named !== undefined || (event.socket !== undefined && event.url === undefined)) {
      const socket = named ?? this.record(event.socket as string, event.t);
      socket.handshake = event;
      if (event.t > socket.lastAt) socket.lastAt = event.t;
      this.forget(socket);
      return this.touched(socket);
    }
    if (event.url === undefined) return NOTHING;
    const key = urlKey(event.url);
    const match = best(this.waiting.get(key) ?? [], event);
    if (match !== undefined) {
      match.handshake = event;
      this.forget(match);
      return this.touched(match);
    }
    let id = event.socket ?? '';
    while (id === '' || this.sockets.has(id)) id = `browser-${this.nextStranger++}`;
    const stranger = this.record(id, event.t);
    stranger.url = event.url;
    stranger.seenBy = 'browser';
    stranger.handshake = event;
    if (event.status === 101) stranger.openAt = event.t;
    push(this.strangers, key, stranger);
    return this.touched(stranger);
  }

  /** A handshake that came before the recorder's word of its socket is given to it now. */
  private adopt(socket: SocketRecord): SocketRecord | undefined {
    if (socket.handshake !== undefined || socket.url === '') return undefined;
    const key = urlKey(socket.url);
    const strangers = this.strangers.get(key);
    if (strangers === undefined) return undefined;
    for (const stranger of strangers) {
      const event = stranger.handshake!;
      if (event.t < (socket.openingAt ?? socket.firstAt) - ADOPT_WINDOW_MS) continue;
      if (event.t > (socket.closeAt ?? Infinity) + ADOPT_WINDOW_MS) continue;
      if (!compatible(socket, event)) continue;
      socket.handshake = event;
      this.forget(socket);
      remove(this.strangers, key, stranger);
      this.sockets.delete(stranger.id);
      this.ofDocument.get(stranger.document ?? '')?.delete(stranger);
      return stranger;
    }
    return undefined;
  }

  private forget(socket: SocketRecord): void {
    remove(this.waiting, urlKey(socket.url), socket);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Counters take numbers only: one NaN would spoil them for good. */
function plausible({ kind, bytes, count }: TrafficEvent): boolean {
  return (
    (kind === 'text' || kind === 'binary') &&
    Number.isFinite(bytes) &&
    bytes >= 0 &&
    (count === undefined || (Number.isFinite(count) && count >= 1))
  );
}

/** When the document of a page event is known to have left for good. */
function leftAt(event: PageEvent, history: PageHistory): number | undefined {
  if (event.state === 'pagehide' && event.persisted !== true) return event.t;
  if (event.state === 'pageshow' && event.persisted !== true) {
    // A new document under the same name: what the old one had open is gone.
    return history.lastBefore(event.t, ['beforeunload', 'pagehide'])?.t;
  }
  return undefined;
}

/** URLs as the browser writes them: no fragment. */
function urlKey(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

/** Whether an entry of the browser's can tell of this socket's handshake. */
function compatible(socket: SocketRecord, event: HandshakeEvent): boolean {
  const opened = socket.openAt !== undefined;
  const closed = socket.closeAt !== undefined;
  if (event.status === 101) {
    if (opened || !closed) return true;
    // The browser may refuse a server's 101, such as one with another subprotocol than it was asked for.
    const from = (socket.openingAt ?? socket.firstAt) - REFUSED_WITHIN_MS;
    return event.t >= from && event.t <= socket.closeAt! + REFUSED_WITHIN_MS;
  }
  // Chrome gives status 0 and an error to what it failed after the open, too.
  return !opened || (event.status ?? 0) === 0;
}

/** Of the sockets with this URL, the one whose end or start is nearest to the browser's entry. */
function best(
  candidates: readonly SocketRecord[],
  event: HandshakeEvent,
): SocketRecord | undefined {
  let found: SocketRecord | undefined;
  let distance = Infinity;
  for (const socket of candidates) {
    if (!compatible(socket, event)) continue;
    const opened = socket.openAt !== undefined;
    const exact = (event.status === 101) === opened ? 0 : event.status === 101 ? 500 : 0.5;
    const away =
      Math.min(
        Math.abs(event.t - (socket.closeAt ?? Infinity)),
        Math.abs(event.t - (socket.openingAt ?? socket.firstAt)),
      ) + exact;
    if (away < distance) {
      found = socket;
      distance = away;
    }
  }
  return found;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else {
    list.push(value);
    // Without DevTools open no handshake ever comes: keep the newest only.
    if (list.length > MAX_WAITING) list.shift();
  }
}

function remove<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  const at = list?.indexOf(value) ?? -1;
  if (list === undefined || at < 0) return;
  list.splice(at, 1);
  if (list.length === 0) map.delete(key);
}
