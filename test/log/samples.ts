import { EVENT_FIELDS } from '../../src/log/fields.ts';
import type { SessionLog } from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';

/** One socket that lives and dies. */
export const SMALL: SessionLog = {
  format: 'websocket-session-log',
  version: 1,
  startedAt: '2026-01-31T09:30:00.000Z',
  events: [
    { t: 0, type: 'opening', socket: 's1', url: 'wss://a.test/feed?token=abc123def456' },
    { t: 40.5, type: 'open', socket: 's1', protocol: '', extensions: '' },
    { t: 50, type: 'send', socket: 's1', kind: 'text', bytes: 20 },
    { t: 350, type: 'close', socket: 's1', code: 1008, reason: 'token expired', wasClean: true },
    { t: 9000, type: 'end' },
  ],
};

export function logText(log: SessionLog): string {
  return JSON.stringify(log);
}

/** Each type once with every field that version 1 gives it. */
export const eventOfEveryType: readonly SessionEvent[] = [
  {
    t: 0,
    type: 'opening',
    socket: 's1',
    url: 'wss://a.test/feed',
    protocols: ['v1', 'v2'],
    document: 'd1',
    documentUrl: 'https://a.test/',
    top: true,
    realm: 'window',
    api: 'WebSocket',
    stack: 'connect (https://a.test/app.js:1:2)',
    seenBy: 'recorder',
  },
  {
    t: 1,
    type: 'handshake',
    socket: 's1',
    url: 'wss://a.test/feed',
    status: 101,
    statusText: 'Switching Protocols',
    headers: { server: 'x' },
    error: '',
  },
  { t: 2, type: 'open', socket: 's1', protocol: 'v1', extensions: 'permessage-deflate' },
  {
    t: 3,
    type: 'send',
    socket: 's1',
    kind: 'text',
    bytes: 10,
    count: 2,
    largest: 6,
    firstT: 2.5,
    preview: 'hello',
    buffered: 0,
  },
  { t: 4, type: 'receive', socket: 's1', kind: 'binary', bytes: 9 },
  { t: 5, type: 'drill', kind: 'close', socket: 's1', parameters: { code: 1001 } },
  { t: 6, type: 'page', state: 'pageshow', persisted: true, document: 'd1' },
  { t: 7, type: 'dropped', count: 3 },
  {
    t: 8,
    type: 'close-called',
    socket: 's1',
    code: 1001,
    reason: 'x',
    readyState: 1,
    error: 'InvalidAccessError',
    stack: 'stop (https://a.test/app.js:9:2)',
  },
  { t: 9, type: 'error', socket: 's1' },
  { t: 10, type: 'close', socket: 's1', code: 1006, reason: '', wasClean: false },
  { t: 11, type: 'end' },
];

/** Guards the list above: a new field has to be added there. */
export function fieldsNotCovered(): string[] {
  return Object.entries(EVENT_FIELDS).flatMap(([type, fields]) =>
    fields
      .filter(
        ({ name }) =>
          !eventOfEveryType.some(
            (event) => sameFields(event.type, type) && Object.hasOwn(event, name),
          ),
      )
      .map(({ name }) => `${type}.${name}`),
  );
}

/** `send` and `receive` have the same fields; one full sample is enough for both. */
function sameFields(one: string, other: string): boolean {
  const traffic = ['send', 'receive'];
  return one === other || (traffic.includes(one) && traffic.includes(other));
}
