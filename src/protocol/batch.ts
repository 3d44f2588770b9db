import { clampedCode, closeCallError } from '../model/close-call.ts';
import type { MessageKind, PageState, SessionEvent } from '../model/events.ts';
import { THREW } from './border.ts';
import { isCount, isFields, isId, MAX_URL } from './parse.ts';

/**
 * What the recorder writes and only the link opens: JSON text
 * `{ "doc", "last", "more", "events": [ { "n": sequence number, "t": epoch ms, "type", … } ] }`.
 */
export interface OpenedBatch {
  readonly doc: string;
  /** Number of the last event. */
  readonly last: number;
  /** The recorder has more after these. */
  readonly more: boolean;
  readonly events: readonly Numbered[];
}

export interface Numbered {
  /** Sequence number in the document, rising, from 1. */
  readonly n: number;
  readonly event: SessionEvent;
}

/** Longest close reason in UTF-16 units: 123 bytes of UTF-8 (RFC 6455, 5.5), with room to see a lie. */
const MAX_REASON = 256;
const MAX_STACK = 2048;
const MAX_EVENTS = 20_000;

const PAGE_STATES: ReadonlySet<unknown> = new Set<PageState>([
  'visible',
  'hidden',
  'online',
  'offline',
  'beforeunload',
  'pagehide',
  'pageshow',
  'freeze',
  'resume',
]);

/** Opens a batch; undefined where it is not one. Events that are not well formed are left out. */
export function openBatch(json: string): OpenedBatch | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isFields(value) || !isId(value.doc) || !isCount(value.last) || !Array.isArray(value.events))
    return undefined;
  if (value.events.length > MAX_EVENTS) return undefined;
  const events: Numbered[] = [];
  for (const item of value.events as unknown[]) {
    const numbered = parseNumbered(item);
    if (numbered !== undefined) events.push(numbered);
  }
  return { doc: value.doc, last: value.last, more: value.more === true, events };
}

function parseNumbered(value: unknown): Numbered | undefined {
  if (!isFields(value) || !isCount(value.n)) return undefined;
  const event = parseRecorded(value);
  return event && { n: value.n, event };
}

function text(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, longest) : undefined;
}

/** The same, without the blanks that V8 puts before each line of a stack. */
function lines(value: unknown, longest: number): string | undefined {
  return text(value, longest)?.replace(/^[ \t]+/gm, '');
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Drops the keys without a value, so that equal events are equal objects. */
function defined<T extends object>(fields: T): T {
  for (const key of Object.keys(fields) as (keyof T)[]) {
    if (fields[key] === undefined) delete fields[key];
  }
  return fields;
}

/** An event of the recorder, from untrusted fields; undefined where it is none. */
export function parseRecorded(value: Readonly<Record<string, unknown>>): SessionEvent | undefined {
  const t = amount(value.t);
  if (t === undefined) return undefined;
  if (value.type === 'dropped') {
    return isCount(value.count) ? { t, type: 'dropped', count: value.count } : undefined;
  }
  if (value.type === 'page') {
    if (!PAGE_STATES.has(value.state) || !isId(value.document)) return undefined;
    return defined({
      t,
      type: 'page' as const,
      state: value.state as PageState,
      persisted: typeof value.persisted === 'boolean' ? value.persisted : undefined,
      document: value.document,
    });
  }
  const { socket } = value;
  if (!isId(socket)) return undefined;
  switch (value.type) {
    case 'opening': {
      const url = text(value.url, MAX_URL);
      if (url === undefined) return undefined;
      return defined({
        t,
        type: 'opening' as const,
        socket,
        url,
        document: isId(value.document) ? value.document : undefined,
        realm: 'window' as const,
        api:
          value.api === 'WebSocketStream' ? ('WebSocketStream' as const) : ('WebSocket' as const),
        stack: lines(value.stack, MAX_STACK),
      });
    }
    case 'open':
      return defined({
        t,
        type: 'open' as const,
        socket,
        protocol: text(value.protocol, MAX_URL),
        extensions: text(value.extensions, MAX_URL),
      });
    case 'send':
    case 'receive': {
      const bytes = amount(value.bytes);
      if (bytes === undefined || (value.kind !== 'text' && value.kind !== 'binary')) {
        return undefined;
      }
      return defined({
        t,
        type: value.type,
        socket,
        kind: value.kind as MessageKind,
        bytes,
        count: isCount(value.count) && value.count > 1 ? value.count : undefined,
        largest: amount(value.largest),
        firstT: amount(value.firstT),
        preview: text(value.preview, 1024),
        buffered: amount(value.buffered),
      });
    }
    case 'close-called': {
      // The argument as it was given: what the browser makes of it is worked out here, not in the page.
      const given = value.code;
      const code =
        typeof given === 'string' || typeof given === 'number' ? clampedCode(given) : undefined;
      const reason = text(value.reason, 1024);
      return defined({
        t,
        type: 'close-called' as const,
        socket,
        code,
        reason,
        readyState: isCount(value.readyState) ? value.readyState : undefined,
        error: value.error === THREW ? closeCallError(code, reason) : text(value.error, 128),
        stack: lines(value.stack, MAX_STACK),
      });
    }
    case 'error':
      return { t, type: 'error', socket };
    case 'close':
      return isCount(value.code) && value.code <= 65_535
        ? {
            t,
            type: 'close',
            socket,
            code: value.code,
            reason: text(value.reason, MAX_REASON) ?? '',
            wasClean: value.wasClean === true,
          }
        : undefined;
    default:
      return undefined;
  }
}
