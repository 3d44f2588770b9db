import fc from 'fast-check';
import type { SessionLog } from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';

const TOKENS = [
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5OTk5OTk5OTk5In0.aaaagNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  '4f9d2c7be01a4c6d8e5f9d2c7be01a4c',
  'sk_live_51H8xK2eZvKYlo2C9',
  '550e8400-e29b-41d4-a716-446655440000',
  'shortie',
  '',
  'undefined',
];
const REASONS = [
  '',
  'token expired',
  'Rate limit exceeded: 120 messages in 10 s',
  'unauthorized',
  '{"code":4401,"error":"TOKEN_EXPIRED"}',
  'Too many connections for user alice@example.com',
  'session TOKEN not found',
  'invalid token TOKEN',
  'idle timeout',
  'server restart',
  'Forbidden origin https://app.test/?key=TOKEN',
  'policy violation',
  'message too large: 70000 > 65536',
  'going away',
  'kicked: duplicate session TOKEN',
  'thời hạn phiên đã hết',
  '认证失败',
];
const CODES = [1000, 1001, 1003, 1006, 1008, 1008, 1008, 1009, 1011, 1012, 1013, 3000, 4001, 4401];

/** One life of a socket, in figures that the generator can shrink. */
interface Life {
  readonly gap: number;
  readonly handshake: number;
  readonly lived: number;
  readonly open: boolean;
  readonly code: number;
  readonly reason: string;
  readonly token: string;
  readonly path: string;
  readonly sends: readonly number[];
  readonly protocol: boolean;
  readonly calls: boolean;
  readonly page: 'hidden' | 'offline' | 'beforeunload' | undefined;
  readonly stack: string | undefined;
}

const lives: fc.Arbitrary<Life> = fc.record({
  gap: fc.constantFrom(0, 1, 50, 1000, 1000, 2000, 4000, 8000, 40_000),
  handshake: fc.constantFrom(5, 40, 900),
  lived: fc.constantFrom(5, 300, 5000, 60_000),
  open: fc.boolean(),
  code: fc.constantFrom(...CODES),
  reason: fc.constantFrom(...REASONS),
  token: fc.constantFrom(...TOKENS),
  path: fc.constantFrom('/feed', '/rooms/TOKEN/ws', '/v1/users/8834/feed', '/'),
  sends: fc.array(fc.constantFrom(10, 200, 70_000), { maxLength: 6 }),
  protocol: fc.boolean(),
  calls: fc.boolean(),
  page: fc.constantFrom(undefined, undefined, undefined, 'hidden', 'offline', 'beforeunload'),
  stack: fc.constantFrom(
    undefined,
    'connect (https://app.test/app.js?v=TOKEN:10:5)\nretry (https://app.test/app.js:44:1)',
    'at open (file:///home/alice/site/main.js:3:9)',
    'at open (file:///C:/Users/Bob/site/main.js:3:9)',
  ),
});

/** Logs of one page whose sockets follow one another, with secrets wherever they may stand. */
export function sessionLogs(): fc.Arbitrary<SessionLog> {
  return fc.array(lives, { minLength: 1, maxLength: 8 }).map((all) => ({
    format: 'websocket-session-log' as const,
    version: 1 as const,
    startedAt: '2026-01-31T09:30:00.000Z',
    events: eventsOf(all),
  }));
}

function eventsOf(all: readonly Life[]): SessionEvent[] {
  const events: SessionEvent[] = [];
  let t = 0;
  for (const [index, life] of all.entries()) {
    const socket = `s${index + 1}`;
    const fill = (text: string): string => text.replaceAll('TOKEN', life.token);
    t += life.gap;
    const query = life.token === 'shortie' ? '' : `?token=${life.token}&room=5`;
    events.push({
      t,
      type: 'opening',
      socket,
      url: `wss://user:pass@api.test${fill(life.path)}${query}`,
      ...(life.protocol && { protocols: ['chat', life.token || 'none'] }),
      document: 'd1',
      ...(life.stack !== undefined && { stack: fill(life.stack) }),
    });
    t += life.handshake;
    if (life.open) {
      events.push({
        t,
        type: 'open',
        socket,
        protocol: life.protocol ? 'chat' : '',
        extensions: '',
      });
      for (const [at, bytes] of life.sends.entries()) {
        events.push({
          t: t + (life.lived * at) / 10,
          type: at % 2 === 0 ? 'send' : 'receive',
          socket,
          kind: bytes > 1000 ? 'binary' : 'text',
          bytes,
          preview: fill('{"auth":"TOKEN"}'),
        });
      }
      t += life.lived;
    } else {
      events.push({
        t,
        type: 'handshake',
        socket,
        status: 401,
        headers: { 'set-cookie': `sid=${life.token}`, server: 'nginx', 'x-trace': life.token },
      });
      events.push({ t, type: 'error', socket });
    }
    if (life.page !== undefined) events.push({ t, type: 'page', state: life.page, document: 'd1' });
    if (life.calls)
      events.push({ t, type: 'close-called', socket, code: 1000, reason: fill('bye TOKEN') });
    const code = life.open ? life.code : 1006;
    const reason = life.open && code !== 1006 ? fill(life.reason).slice(0, 120) : '';
    events.push({ t, type: 'close', socket, code, reason, wasClean: code !== 1006 });
  }
  events.push({ t: t + 60_000, type: 'end' });
  return events;
}

/** What servers say and clients repeat: in the query of the next attempt, in a path, in a reason. */
const SAYINGS = [
  'token_expired_401',
  'rate-limit-429',
  'rate limit exceeded',
  'unauthorized',
  'error4001',
  'max_connections_10',
  'bob@corp.com',
  'sess12345678',
  'idle-timeout-60',
  'kicked_by_user42',
  'Bearer abc12345',
  'origin https://evil.test',
  '/home/bob/x',
  '503 upstream',
  'quota=1000000',
  'ip:10.0.0.1',
  'key=abc12345',
  'see /errors?error=rate_limit_exceeded',
  'hunter2',
];

/** A server's word that looks like a password: nobody can tell them apart where it stands as one. */
const SECRET_LIKE = new Set(['error4001']);

/** Logs in which the same texts stand in URLs, of the same socket or another, and in reasons. */
export function quotingLogs(): fc.Arbitrary<SessionLog> {
  const saying = fc.constantFrom(...SAYINGS);
  const name = fc.constantFrom('q', 'error', 'lastClose', 'token', 'password', 'plan', 'user');
  const path = fc.constantFrom('feed', 'chat/room-1', 'u/bob@corp.com', 'token=abc12345');
  const life = fc.record({
    path,
    query: fc.array(
      fc.tuple(name, saying).map(([key, value]) => {
        return [SECRET_LIKE.has(value) ? 'q' : key, value] as const;
      }),
      { maxLength: 2 },
    ),
    reason: fc.array(saying, { minLength: 1, maxLength: 3 }),
    /** Letters alone, quoted by the server to the client that sent them. */
    password: fc.boolean(),
    code: fc.constantFrom(1000, 1001, 1006, 1008, 1008, 1011, 1013, 4001),
    lived: fc.integer({ min: 10, max: 9000 }),
    gap: fc.integer({ min: 0, max: 6000 }),
  });
  return fc.array(life, { minLength: 1, maxLength: 5 }).map((all) => {
    const events: SessionEvent[] = [];
    let t = 0;
    for (const [index, { path: at, query, reason, password, code, lived, gap }] of all.entries()) {
      const socket = `s${index}`;
      const pairs = query.map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
      if (password) pairs.push('password=CorrectHorseBattery');
      const url = `wss://a.test/${at}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
      events.push({ t, type: 'opening', socket, url });
      events.push({ t: t + 5, type: 'open', socket, protocol: '', extensions: '' });
      t += lived;
      const words = password ? [...reason, 'CorrectHorseBattery'] : reason;
      const said = code === 1006 ? '' : words.join(' ').slice(0, 120);
      events.push({ t, type: 'close', socket, code, reason: said, wasClean: code !== 1006 });
      t += gap;
    }
    events.push({ t: t + 60_000, type: 'end' });
    return {
      format: 'websocket-session-log' as const,
      version: 1 as const,
      startedAt: '2026-01-31T09:30:00.000Z',
      events,
    };
  });
}
