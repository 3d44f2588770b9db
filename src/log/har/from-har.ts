import { handshakeStatus } from '../../model/handshake-status.ts';
import { type Message, message } from '../../model/message.ts';
import { LogError } from '../error.ts';
import { isObject } from '../read/check.ts';
import { isMoment } from '../times.ts';
import { LOG_FORMAT, LOG_VERSION } from '../types.ts';
import { SESSION_MEMBER } from './to-har.ts';

export interface FromHar {
  /** A session log as raw values, still to be checked like any other. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly events: readonly unknown[];
  /** Where each of the events stands in the HAR. */
  readonly paths: readonly string[];
  /** What this HAR does not tell, for the user. */
  readonly notes: readonly Message[];
}

/** Where the file came from decides what it lacks. */
type Origin = 'ours' | 'http-toolkit' | 'chrome' | 'firefox' | 'other';

type Raw = Record<string, unknown>;

interface Entry {
  readonly raw: Raw;
  readonly path: string;
}

/** Chrome gives handshakes that never reached a server a time of 1969. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z');

/**
 * The WebSockets of a HAR as a session log. Payloads are measured and dropped.
 *
 * @throws LogError where it is no HAR.
 */
export function fromHar(har: unknown): FromHar {
  const log = isObject(har) ? har.log : undefined;
  if (!isObject(log) || !Array.isArray(log.entries)) {
    throw new LogError(message('log_error_no_har'), { path: 'log.entries' });
  }
  const all: readonly unknown[] = log.entries;
  const entries = all.flatMap((raw, index) =>
    isObject(raw) && isWebSocket(raw) ? [{ raw, path: `log.entries[${index}]` }] : [],
  );
  const origin = originOf(log, entries);
  return origin === 'ours' ? ourOwn(log, entries) : strangers(log, entries, origin);
}

function isWebSocket(entry: Raw): boolean {
  const url = isObject(entry.request) ? entry.request.url : undefined;
  return (
    entry._resourceType === 'websocket' ||
    Array.isArray(entry._webSocketMessages) ||
    (typeof url === 'string' && /^wss?:/i.test(url)) ||
    (isObject(entry.response) && entry.response.status === 101)
  );
}

function originOf(log: Raw, entries: readonly Entry[]): Origin {
  if (isObject(log[SESSION_MEMBER])) return 'ours';
  const name = isObject(log.creator) ? String(log.creator.name) : '';
  if (/http toolkit/i.test(name) || entries.some(({ raw }) => raw._webSocketClose !== undefined)) {
    return 'http-toolkit';
  }
  if (/firefox/i.test(name)) return 'firefox';
  return /webinspector|chrom/i.test(name) ? 'chrome' : 'other';
}

/** What we wrote: everything but the messages stands in a member of its own. */
function ourOwn(log: Raw, entries: readonly Entry[]): FromHar {
  const { events: others, ...header } = log[SESSION_MEMBER] as Raw;
  const start = Date.parse(String(header.startedAt));
  const events: unknown[] = Array.isArray(others) ? [...others] : [];
  const paths = events.map((_, index) => `log.${SESSION_MEMBER}.events[${index}]`);
  for (const { raw, path } of entries) {
    for (const item of itemsOf(raw._webSocketMessages)) {
      const message = trafficOf(item, raw._socket, start);
      if (message === undefined) continue;
      events.push(message);
      paths.push(path);
    }
  }
  return { header, events, paths, notes: [] };
}

function strangers(log: Raw, entries: readonly Entry[], origin: Origin): FromHar {
  const times = entries.map(({ raw }) => timeOf(raw.startedDateTime));
  const start = times.reduce<number>((least, time) => Math.min(least, time ?? least), Infinity);
  const base = Number.isFinite(start) ? start : EARLIEST;
  const events: Raw[] = [];
  const paths: string[] = [];
  let timeless = 0;
  let unclosed = 0;
  for (const [index, { raw, path }] of entries.entries()) {
    const time = times[index];
    if (time === undefined) timeless++;
    const life = eventsOfEntry(raw, `h${index + 1}`, (time ?? base) - base, base, origin);
    if (!life.some(({ type }) => type === 'close')) unclosed++;
    for (const event of life) {
      events.push(event);
      paths.push(path);
    }
  }
  return {
    header: {
      format: LOG_FORMAT,
      version: LOG_VERSION,
      startedAt: new Date(base).toISOString(),
      generator: { name: creatorOf(log) },
    },
    events,
    paths,
    notes: notesOf(origin, entries.length, unclosed, timeless),
  };
}

function notesOf(origin: Origin, count: number, unclosed: number, timeless: number): Message[] {
  if (count === 0) return [message('log_har_no_sockets')];
  const notes: Message[] = [];
  if (origin === 'firefox') notes.push(message('log_har_firefox'));
  else if (origin === 'http-toolkit') notes.push(message('log_har_proxy'));
  else if (unclosed > 0) notes.push(message('log_har_no_close'));
  notes.push(message('log_har_no_page'));
  if (timeless > 0) notes.push(message('log_har_no_time', { count: timeless }));
  return notes;
}

function eventsOfEntry(
  entry: Raw,
  socket: string,
  opened: number,
  base: number,
  origin: Origin,
): Raw[] {
  const request = isObject(entry.request) ? entry.request : {};
  const response = isObject(entry.response) ? entry.response : {};
  const url = typeof request.url === 'string' ? request.url.replace(/^http/i, 'ws') : '';
  const protocols = headersOf(request.headers)['sec-websocket-protocol'];
  const headers = headersOf(response.headers);
  const items = itemsOf(entry._webSocketMessages);
  const failure = items.find(({ type }) => type === 'error')?.data ?? response._error;
  // Chrome writes status 0 for every failure, and the server's answer in its words.
  const status = handshakeStatus({
    ...(Number.isSafeInteger(response.status) && { status: response.status as number }),
    ...(typeof failure === 'string' && { error: failure }),
  });
  const messages = items.flatMap((item) => trafficOf(item, socket, base) ?? []);
  const first = messages.reduce((least, { t }) => Math.min(least, t), Number.POSITIVE_INFINITY);
  // An entry without a time of its own counts its timings from another clock.
  const timed = timeOf(entry.startedDateTime) !== undefined;
  const answered = opened + (timed ? handshakeTime(entry.timings) : 0);
  const openAt = Math.max(opened, Math.min(answered, first));
  const close = closeOf(entry._webSocketClose, base);
  const seenBy = origin === 'chrome' || origin === 'firefox' ? { seenBy: 'browser' } : {};
  const events: Raw[] = [
    {
      t: opened,
      type: 'opening',
      socket,
      url,
      ...(protocols !== undefined && { protocols: protocols.split(/\s*,\s*/) }),
      ...(typeof entry.pageref === 'string' && { document: entry.pageref }),
      ...seenBy,
    },
    {
      t: openAt,
      type: 'handshake',
      socket,
      status,
      headers,
      ...(typeof response.statusText === 'string' && { statusText: response.statusText }),
      ...(typeof failure === 'string' && failure !== '' && { error: failure }),
    },
  ];
  if (status === 101) {
    events.push({
      t: openAt,
      type: 'open',
      socket,
      protocol: headers['sec-websocket-protocol'] ?? '',
      extensions: headers['sec-websocket-extensions'] ?? '',
    });
  }
  events.push(...messages);
  if (close !== undefined) {
    const last = messages.reduce((most, { t }) => Math.max(most, t), openAt);
    const ended = opened + (typeof entry.time === 'number' && entry.time > 0 ? entry.time : 0);
    const { t = Math.max(last, ended), ...rest } = close;
    events.push({ t: Math.max(t, openAt), type: 'close', socket, ...rest });
  }
  return events;
}

/** `{ code, reason, timestamp }`, or `aborted` where no close frame came: the page saw 1006. */
function closeOf(raw: unknown, base: number) {
  if (raw === 'aborted') return { code: 1006, reason: '', wasClean: false };
  if (!isObject(raw)) return undefined;
  const { code, reason, timestamp } = raw;
  const at = typeof timestamp === 'number' ? epochMs(timestamp) : undefined;
  return {
    // A close frame without a code: 1005, RFC 6455 §7.1.5.
    code: Number.isSafeInteger(code) ? code : 1005,
    reason: typeof reason === 'string' ? reason : '',
    wasClean: true,
    ...(at !== undefined && { t: at - base }),
  };
}

function trafficOf(item: Raw, socket: unknown, base: number): (Raw & { t: number }) | undefined {
  const { type, opcode, data, time } = item;
  if ((type !== 'send' && type !== 'receive') || typeof time !== 'number') return undefined;
  if (opcode !== 1 && opcode !== 2) return undefined;
  const text = typeof data === 'string' ? data : '';
  const own = typeof item._bytes === 'number';
  const bytes = opcode === 1 ? new TextEncoder().encode(text).length : base64Bytes(text);
  return {
    t: epochMs(time) - base,
    type,
    socket,
    kind: opcode === 1 ? 'text' : 'binary',
    bytes: own ? item._bytes : bytes,
    ...(item._count !== undefined && { count: item._count }),
    ...(item._largest !== undefined && { largest: item._largest }),
    ...(item._buffered !== undefined && { buffered: item._buffered }),
    ...(typeof item._firstTime === 'number' && { firstT: epochMs(item._firstTime) - base }),
    // Only what we wrote ourselves is a preview; anything else is the whole payload.
    ...(own && text !== '' && { preview: text }),
  };
}

/** Seconds or milliseconds since 1970: writers differ. To the microsecond. */
function epochMs(time: number): number {
  return Math.round((time < 1e11 ? time * 1000 : time) * 1000) / 1000;
}

function base64Bytes(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((text.length * 3) / 4) - padding);
}

function timeOf(raw: unknown): number | undefined {
  const time = typeof raw === 'string' ? Date.parse(raw) : Number.NaN;
  return time >= EARLIEST && isMoment(time) ? time : undefined;
}

/** From the call to the answer of the server. */
function handshakeTime(timings: unknown): number {
  if (!isObject(timings)) return 0;
  return ['blocked', 'dns', 'connect', 'send', 'wait']
    .map((name) => timings[name])
    .reduce<number>((sum, part) => sum + (typeof part === 'number' && part > 0 ? part : 0), 0);
}

function headersOf(raw: unknown): Record<string, string> {
  const pairs = itemsOf(raw).flatMap(({ name, value }) =>
    typeof name === 'string' && typeof value === 'string'
      ? [[name.toLowerCase(), value] as const]
      : [],
  );
  return Object.fromEntries(pairs);
}

function itemsOf(raw: unknown): Raw[] {
  return Array.isArray(raw) ? raw.filter(isObject) : [];
}

function creatorOf(log: Raw): string {
  const creator = isObject(log.creator) ? log.creator : {};
  return [creator.name, creator.version].filter((one) => typeof one === 'string').join(' ');
}
