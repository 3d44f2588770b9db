import type { HandshakeEvent } from '../model/events.ts';

/** The browser's own view of an opening handshake, told when the request ended. `t` is epoch ms. */
export interface SeenHandshake extends HandshakeEvent {
  readonly url: string;
  /**
   * When the request started, in epoch milliseconds; absent where the browser does not
   * know (Chrome says 1969 of a host that refused or was not found).
   */
  readonly startedT?: number;
  /** How long the request lasted, in milliseconds: about the socket's life, where known. */
  readonly lasted?: number;
}

const MAX_URL = 4096;
const MAX_HEADERS = 64;
const MAX_HEADER = 1024;
const MAX_ERROR = 512;
/** Before this a start time is no time at all. */
const PLAUSIBLE = Date.UTC(2000, 0, 1);

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads an entry of the browser's network log (HAR); undefined where it is no WebSocket.
 * Messages that ride along are looked at for the browser's error and then let go.
 *
 * @param arrival epoch ms
 */
export function readHandshake(entry: unknown, arrival: number): SeenHandshake | undefined {
  if (!isFields(entry) || !isFields(entry.request) || !isFields(entry.response)) return undefined;
  const { request, response } = entry;
  const url = request.url;
  if (typeof url !== 'string' || !isWebSocket(entry, url, response)) return undefined;
  const started =
    typeof entry.startedDateTime === 'string' ? Date.parse(entry.startedDateTime) : Number.NaN;
  const error = errorOf(entry._webSocketMessages) ?? textOf(response._error, MAX_ERROR);
  const headers = headersOf(response.headers);
  const statusText = textOf(response.statusText, MAX_HEADER);
  return {
    type: 'handshake',
    t: arrival,
    url: socketUrl(url).slice(0, MAX_URL),
    status: typeof response.status === 'number' && response.status > 0 ? response.status : 0,
    ...(statusText !== undefined && { statusText }),
    ...(headers !== undefined && { headers }),
    ...(error !== undefined && { error }),
    ...(started >= PLAUSIBLE && { startedT: started }),
    ...(typeof entry.time === 'number' && entry.time >= 0 && { lasted: entry.time }),
  };
}

/** Chrome says so; Firefox shows a `ws:` URL, or the upgrade that it asked for. */
function isWebSocket(entry: Fields, url: string, response: Fields): boolean {
  if (entry._resourceType === 'websocket') return true;
  if (/^wss?:/i.test(url)) return true;
  return response.status === 101 && /^https?:/i.test(url);
}

/** As the page wrote it: Firefox may show the HTTP URL of the upgrade. */
function socketUrl(url: string): string {
  return url.replace(/^http(s?):/i, 'ws$1:');
}

function textOf(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

/** The browser's own words, of the last item that is an error. */
function errorOf(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const item: unknown = messages[i];
    if (isFields(item) && item.type === 'error') {
      return textOf(item.data, MAX_ERROR) ?? textOf(item.errorMessage, MAX_ERROR);
    }
  }
  return undefined;
}

function headersOf(value: unknown): Record<string, string> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const item of value.slice(0, MAX_HEADERS) as unknown[]) {
    if (!isFields(item) || typeof item.name !== 'string' || typeof item.value !== 'string')
      continue;
    headers[item.name.toLowerCase().slice(0, 128)] = item.value.slice(0, MAX_HEADER);
  }
  return { ...headers };
}
