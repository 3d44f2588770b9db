/** A session log with an end of every kind: what the pictures of the panel are taken of. */

type LogEvent = Readonly<Record<string, unknown>> & { readonly t: number; readonly type: string };

interface Life {
  readonly path: string;
  readonly from: number;
  /** Milliseconds from construction to open; absent: it never opened. */
  readonly handshake?: number;
  /** Milliseconds from construction to the close; absent: it stays open. */
  readonly lived?: number;
  readonly code?: number;
  readonly reason?: string;
  readonly status?: number;
  readonly messages?: number;
  readonly byPage?: boolean;
}

const CLEAN = (code: number) => code !== 1006;

function eventsOf(life: Life, socket: string, host: string): LogEvent[] {
  const { from, handshake, lived, code, reason = '', status, messages = 0, byPage } = life;
  const url = `wss://${host}${life.path}`;
  const events: LogEvent[] = [
    {
      t: from,
      type: 'opening',
      socket,
      url,
      protocols: [],
      document: 'd1',
      realm: 'window',
      api: 'WebSocket',
      stack: 'connect (https://shop.example/app.js:12:5)',
    },
  ];
  if (handshake !== undefined) {
    events.push({ t: from + handshake, type: 'open', socket, protocol: '', extensions: '' });
    for (let i = 0; i < messages; i += 1) {
      const t = from + handshake + 40 + i * 30;
      events.push({ t, type: i % 3 === 0 ? 'send' : 'receive', socket, kind: 'text', bytes: 64 });
    }
  } else events.push({ t: from + (lived ?? 50), type: 'error', socket });
  if (status !== undefined) {
    const statusText = status === 403 ? 'Forbidden' : '';
    const t = from + (lived ?? 0) + 5;
    events.push({ t, type: 'handshake', socket, url, status, statusText });
  }
  if (code !== undefined && lived !== undefined) {
    if (byPage) {
      events.push({ t: from + lived - 20, type: 'close-called', socket, code, readyState: 1 });
    }
    events.push({ t: from + lived, type: 'close', socket, code, reason, wasClean: CLEAN(code) });
  }
  return events;
}

const restart = { path: '/live/orders', handshake: 60, code: 1001, reason: 'server restarting' };

const LIVES: readonly Life[] = [
  { ...restart, from: 200, lived: 4_000, messages: 20 },
  { ...restart, from: 5_200, lived: 300 },
  { ...restart, from: 7_700, lived: 300 },
  { path: '/live/orders', from: 12_300, handshake: 55, messages: 40 },
  {
    path: '/feed?token=eyJhbGciOiJub25lIn0.eyJleHAiOjF9.c2ln',
    from: 400,
    handshake: 80,
    lived: 900,
    code: 1008,
    reason: 'token expired',
  },
  {
    path: '/chat/rooms/general/messages/with/a/long/path',
    from: 600,
    handshake: 40,
    lived: 2_500,
    code: 1009,
    messages: 12,
  },
  { path: '/prices', from: 900, lived: 120, code: 1006, status: 403 },
  { path: '/presence', from: 1_000, handshake: 30, lived: 3_000, code: 1001, reason: 'bye' },
  {
    path: '/upload',
    from: 1_500,
    handshake: 45,
    lived: 700,
    code: 1011,
    reason: 'unexpected condition while handling "report"',
  },
  { path: '/done', from: 2_000, handshake: 30, lived: 1_400, code: 1000, byPage: true },
  { path: '/game', from: 2_500, handshake: 30, lived: 5_400, code: 4001, reason: 'kicked' },
  { path: '/cut', from: 3_000, handshake: 35, lived: 6_400, code: 1006, messages: 9 },
  ...Array.from({ length: 8 }, (_, i) => ({
    path: '/retry',
    from: 4_000 + i * 1_000,
    handshake: 20,
    lived: 60,
    code: 1008,
    reason: 'invalid token',
  })),
];

/** The log of a second browser is told apart by its host and begins a little later. */
export function looksLog(second = false): string {
  const host = second ? 'eu.shop.example' : 'api.shop.example';
  const events = LIVES.flatMap((life, i) => eventsOf(life, `s${i + 1}`, host));
  events.push({ t: 0, type: 'page', state: 'visible', document: 'd1' });
  events.push({ t: 60_000, type: 'end' });
  events.sort((a, b) => a.t - b.t);
  return JSON.stringify({
    format: 'websocket-session-log',
    version: 1,
    startedAt: second ? '2026-01-31T09:30:02.500Z' : '2026-01-31T09:30:00.000Z',
    events,
  });
}
