import type {
  CloseCalledEvent,
  HandshakeEvent,
  OpenEvent,
  OpeningEvent,
  SessionEvent,
  SocketCloseEvent,
  TrafficEvent,
} from '../../model/events.ts';
import { handshakeStatus } from '../../model/handshake-status.ts';
import { headerOf, type SessionLog } from '../types.ts';
import { PAUSE } from '../write/pieces.ts';
import { cleanEvent } from '../write/write-log.ts';

/** Member of `log` with what HAR has no place for, so that our import loses nothing. */
export const SESSION_MEMBER = '_webSocketSession';

/** Everything of one socket, in order. */
interface Life {
  readonly id: string;
  readonly opening?: OpeningEvent;
  readonly open?: OpenEvent;
  readonly handshake?: HandshakeEvent;
  readonly close?: SocketCloseEvent;
  readonly closeCalled?: CloseCalledEvent;
  readonly traffic: readonly TrafficEvent[];
  readonly firstT: number;
  readonly lastT: number;
}

/**
 * HAR 1.2, one entry a socket: messages as `_webSocketMessages` (Chrome's extension), the close
 * as `_webSocketClose` (HTTP Toolkit's): `{ code, reason, timestamp }`, or `aborted` where no
 * close frame came. Yields texts; joined they are the file.
 *
 * @param creator what stands as HAR's `creator`
 */
export function* harTexts(
  log: SessionLog,
  creator: { readonly name: string; readonly version: string },
): Generator<string> {
  const start = Date.parse(log.startedAt);
  const lives = yield* livesOf(log.events);
  const documents = new Map<string, OpeningEvent>();
  for (const { opening } of lives) {
    if (opening !== undefined) documents.set(pageId(opening), opening);
  }
  const pages = [...documents].map(([id, opening]) => ({
    startedDateTime: new Date(start).toISOString(),
    id,
    title: opening.documentUrl ?? id,
    pageTimings: {},
  }));
  const head = { version: '1.2', creator, pages };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let separator = '\n';
  for (const life of lives) {
    yield separator;
    yield* entryTexts(life, start);
    separator = ',\n';
  }
  yield `\n],\n"${SESSION_MEMBER}":${JSON.stringify(headerOf(log)).slice(0, -1)},"events":[`;
  separator = '\n';
  for (const event of log.events) {
    // Messages stand in the entries; everything else only here.
    if (event.type === 'send' || event.type === 'receive') continue;
    yield separator + JSON.stringify(cleanEvent(event));
    separator = ',\n';
  }
  yield '\n]}}}\n';
}

/** Events looked at between two pauses. */
const STEP = 5000;

function* livesOf(events: readonly SessionEvent[]): Generator<string, Life[]> {
  const lives = new Map<
    string,
    { -readonly [K in keyof Life]: Life[K] } & { traffic: TrafficEvent[] }
  >();
  for (const [index, event] of events.entries()) {
    if (index % STEP === STEP - 1) yield PAUSE;
    const id = 'socket' in event ? event.socket : undefined;
    if (id === undefined || event.type === 'drill') continue;
    let life = lives.get(id);
    if (life === undefined) {
      life = { id, traffic: [], firstT: event.t, lastT: event.t };
      lives.set(id, life);
    }
    life.lastT = event.t;
    if (event.type === 'opening') life.opening ??= event;
    else if (event.type === 'open') life.open ??= event;
    else if (event.type === 'handshake') life.handshake = event;
    else if (event.type === 'close') life.close = event;
    else if (event.type === 'close-called') life.closeCalled ??= event;
    else if (event.type === 'send' || event.type === 'receive') life.traffic.push(event);
  }
  return [...lives.values()];
}

function pageId(opening: OpeningEvent): string {
  return opening.document ?? 'page';
}

function entryOf(life: Life, start: number) {
  const { opening, open, close } = life;
  const began = opening?.t ?? life.firstT;
  const wait = Math.max(0, (open?.t ?? close?.t ?? began) - began);
  const seconds = (t: number): number => (start + t) / 1000;
  return {
    ...(opening && { pageref: pageId(opening) }),
    startedDateTime: new Date(start + began).toISOString(),
    time: Math.max(0, life.lastT - began),
    request: requestOf(life),
    response: responseOf(life),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive: 0 },
    _resourceType: 'websocket',
    _socket: life.id,
    ...(opening?.stack !== undefined && { _initiatorStack: opening.stack }),
    ...(close && {
      _webSocketClose:
        close.code === 1006
          ? 'aborted'
          : { code: close.code, reason: close.reason, timestamp: seconds(close.t) },
    }),
  };
}

/** One entry in pieces: a socket may have had a million messages. */
function* entryTexts(life: Life, start: number): Generator<string> {
  const { handshake, traffic } = life;
  yield `${JSON.stringify(entryOf(life, start)).slice(0, -1)},"_webSocketMessages":[`;
  let separator = '';
  for (const event of traffic) {
    yield separator + JSON.stringify(messageOf(event, start));
    separator = ',\n';
  }
  if (handshake?.error) {
    const time = (start + handshake.t) / 1000;
    yield separator + JSON.stringify({ type: 'error', time, opcode: -1, data: handshake.error });
  }
  yield ']}';
}

function messageOf(event: TrafficEvent, start: number) {
  const seconds = (t: number): number => (start + t) / 1000;
  return {
    type: event.type,
    time: seconds(event.t),
    opcode: event.kind === 'text' ? 1 : 2,
    data: event.preview ?? '',
    _bytes: event.bytes,
    ...(event.count !== undefined && { _count: event.count }),
    ...(event.largest !== undefined && { _largest: event.largest }),
    ...(event.firstT !== undefined && { _firstTime: seconds(event.firstT) }),
    ...(event.buffered !== undefined && { _buffered: event.buffered }),
  };
}

function requestOf({ opening, handshake }: Life) {
  const url = uri(opening?.url ?? handshake?.url ?? '');
  const protocols = opening?.protocols ?? [];
  return {
    method: 'GET',
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [
      { name: 'Connection', value: 'Upgrade' },
      { name: 'Upgrade', value: 'websocket' },
      ...(protocols.length > 0
        ? [{ name: 'Sec-WebSocket-Protocol', value: protocols.join(', ') }]
        : []),
    ],
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: 0,
  };
}

function responseOf({ open, handshake }: Life) {
  const status = handshakeStatus(handshake) || (open === undefined ? 0 : 101);
  const headers = Object.entries(handshake?.headers ?? {}).map(([name, value]) => ({
    name,
    value,
  }));
  const has = (name: string): boolean => headers.some((one) => one.name.toLowerCase() === name);
  if (open?.protocol && !has('sec-websocket-protocol')) {
    headers.push({ name: 'Sec-WebSocket-Protocol', value: open.protocol });
  }
  if (open?.extensions && !has('sec-websocket-extensions')) {
    headers.push({ name: 'Sec-WebSocket-Extensions', value: open.extensions });
  }
  return {
    status,
    statusText: handshake?.statusText ?? (status === 101 ? 'Switching Protocols' : ''),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers,
    content: { size: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    ...(handshake?.error && { _error: handshake.error }),
  };
}

/** HAR wants a URI: what cannot stand in one (the marks of redaction) is encoded. */
function uri(url: string): string {
  try {
    return new URL(url).href.replaceAll('|', '%7C');
  } catch {
    return `about:blank#${encodeURIComponent(url)}`;
  }
}

function queryOf(url: string): { name: string; value: string }[] {
  try {
    return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  } catch {
    return [];
  }
}
