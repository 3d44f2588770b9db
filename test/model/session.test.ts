import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/model/events.ts';
import { Session } from '../../src/model/session.ts';
import { MAX_RUNS } from '../../src/model/traffic-runs.ts';
import { timeline } from '../support/timeline.ts';

function session(text: string): Session {
  const result = new Session();
  for (const event of timeline(text)) result.apply(event);
  return result;
}

function socket(text: string, id = 's1') {
  return session(text).sockets.get(id)!;
}

describe('the life of a socket', () => {
  it('is read from its events', () => {
    expect(
      socket(`
        0     s1 new   wss://a.test/feed protocols=a,b doc=d1 at=app.js:1:2
        40    s1 open
        50    s1 send  text 100 x3 largest=60
        60    s1 receive binary 900
        4200  s1 close 1001 "restart"`),
    ).toMatchObject({
      url: 'wss://a.test/feed',
      protocols: ['a', 'b'],
      document: 'd1',
      state: 'closed',
      openingAt: 0,
      openAt: 40,
      closeAt: 4200,
      code: 1001,
      reason: 'restart',
      wasClean: true,
      closedBy: 'server',
      sent: { messages: 3, bytes: 100, text: 3, largest: 60, firstAt: 50, lastAt: 50 },
      received: { messages: 1, bytes: 900, binary: 1, lastKind: 'binary' },
    });
  });

  it.each([
    ['connecting', '0 s1 new wss://a.test/'],
    ['open', '0 s1 open wss://a.test/'],
    ['closing', '0 s1 open wss://a.test/\n5 s1 call 1000'],
    ['open', '0 s1 open wss://a.test/\n5 s1 call 1001 error=InvalidAccessError'],
    ['closed', '0 s1 open wss://a.test/\n5 s1 close 1000'],
    ['gone', '0 s1 open wss://a.test/ doc=d1\n5 page pagehide doc=d1'],
    ['open', '0 s1 open wss://a.test/ doc=d1\n5 page pagehide persisted doc=d1'],
    ['open', '0 s1 send text 10'],
  ])('leaves it %s after %j', (state, text) => {
    expect(socket(text).state).toBe(state);
  });

  it('takes odd orders without an exception', () => {
    const text = `
      9     s1 close 1008 "no"
      3     s1 open
      12    s1 close 1001 "later"
      0     s1 new   wss://a.test/
      0     s1 new   wss://b.test/
      4     s1 send  text 5`;
    expect(socket(text)).toMatchObject({
      url: 'wss://a.test/',
      openingAt: 0,
      openAt: 3,
      closeAt: 9,
      code: 1008,
      state: 'closed',
    });
  });

  it('takes fields of the wrong kind for absent', () => {
    const told = new Session();
    const odd = [
      { t: 0, type: 'opening', socket: 's1', url: 7, stack: {}, document: [], protocols: 'a' },
      { t: 1, type: 'send', socket: 's1', kind: 'smoke', bytes: 'many' },
      { t: 2, type: 'close', socket: 's1', code: 'x', reason: null, wasClean: 1 },
      { t: Number.NaN, type: 'open', socket: 's2' },
      { t: 3, type: 'wormhole', socket: 's3' },
    ];
    for (const event of odd) told.apply(event as unknown as SessionEvent);
    expect([...told.sockets.keys()]).toEqual(['s1']);
    expect(told.sockets.get('s1')).toMatchObject({
      url: '',
      code: 1006,
      reason: '',
      sent: { messages: 0, bytes: 0 },
    });
    expect(told.sockets.get('s1')?.stack).toBeUndefined();
  });

  it('lists sockets whose beginning fell out of a buffer, and counts what fell out', () => {
    const told = session('0 dropped 12\n4200 s1 close 1001\n4300 dropped 30');
    expect(told.dropped).toBe(42);
    expect(told.sockets.get('s1')).toMatchObject({ state: 'closed', code: 1001 });
    expect(told.sockets.get('s1')?.openingAt).toBeUndefined();
  });

  it('keeps a bounded window of traffic, and counters of all of it', () => {
    const told = new Session();
    for (let i = 0; i < 10_000; i++) {
      told.apply({ t: i * 300, type: 'send', socket: 's1', kind: 'text', bytes: 2 });
    }
    const { recent, sent } = told.sockets.get('s1')!;
    expect(sent).toMatchObject({ messages: 10_000, bytes: 20_000 });
    expect(recent).toHaveLength(MAX_RUNS);
    expect(recent.at(-1)?.to).toBe(9_999 * 300);
  });

  it('tells messages of one moment as a run, whichever comes first', () => {
    const lines = [
      '10 s1 send text 5',
      '20 s1 send text 7',
      '15 s1 receive text 9',
      '900 s1 send text 1',
    ];
    const runs = (order: number[]) =>
      [...socket(order.map((i) => lines[i]).join('\n')).recent].map(
        ({ direction, count, bytes }) => [direction, count, bytes],
      );
    expect(runs([0, 2, 1, 3])).toContainEqual(['send', 2, 12]);
    expect([...runs([3, 1, 2, 0])].sort()).toEqual([...runs([0, 1, 2, 3])].sort());
  });
});

describe('who closed it', () => {
  it.each([
    ['page', '0 s1 open wss://a.test/\n5 s1 call 1000\n30 s1 close 1000'],
    ['page', '0 s1 open wss://a.test/\n5 s1 call\n60005 s1 close 1006'],
    ['server', '0 s1 open wss://a.test/\n30 s1 close 1000\n31 s1 call state=3'],
    ['server', '0 s1 open wss://a.test/\n30 s1 close 1005'],
    ['server', '0 s1 open wss://a.test/\n29 s1 call 1000\n30 s1 close 1008 "expired"'],
    ['server', '0 s1 open wss://a.test/\n29 s1 call\n30 s1 close 4001 "kicked"'],
    ['page', '0 s1 open wss://a.test/\n29 s1 call 4001\n60 s1 close 4001'],
    ['network', '0 s1 open wss://a.test/\n30 s1 close 1006'],
    ['network', '0 s1 new wss://a.test/\n1 page offline\n30 s1 close 1006'],
    ['unknown', '0 s1 new wss://a.test/\n30 s1 close 1006'],
    ['server', '0 s1 new wss://a.test/\n30 s1 close 1006\n31 s1 handshake 403'],
    [
      'network',
      '0 s1 new wss://a.test/\n30 s1 close 1006\n31 s1 handshake 0 "net::ERR_CONNECTION_REFUSED"',
    ],
    [
      'browser',
      '0 s1 open wss://a.test/\n30 s1 close 1006\n31 s1 handshake 0 "Invalid frame header"',
    ],
    ['browser', '0 s1 open wss://a.test/\n100 page beforeunload\n115 s1 close 1001'],
    ['server', '0 s1 open wss://a.test/\n100 page beforeunload\n115 s1 close 1001 "restart"'],
    ['server', '0 s1 open wss://a.test/\n100 page beforeunload\n9000 s1 close 1001'],
    [
      'browser',
      '0 s1 open wss://a.test/\n100 page pagehide persisted\n9000 page pageshow persisted\n9004 s1 close 1006',
    ],
    [
      'network',
      '0 s1 open wss://a.test/\n100 page pagehide persisted\n9000 page pageshow persisted\n29004 s1 close 1006',
    ],
    ['browser', '0 s1 open wss://a.test/ doc=d1\n100 page pagehide doc=d1'],
  ])('%s: %j', (closedBy, text) => {
    const { closedBy: answer, closedByEvidence } = socket(text);
    expect(answer).toBe(closedBy);
    expect(closedByEvidence.length).toBeGreaterThan(0);
  });
});

describe('the browser’s view of handshakes', () => {
  it('is given to the attempt that it tells of, of several with one URL', () => {
    const { sockets } = session(`
      0     s1 new  wss://a.test/feed
      50    s1 close 1006
      1050  s2 new  wss://a.test/feed
      1100  s2 close 1006
      2100  s3 new  wss://a.test/feed
      2140  s3 open
      1110  handshake wss://a.test/feed 503
      55    handshake wss://a.test/feed 403
      9000  s3 close 1001
      9010  handshake wss://a.test/feed 101`);
    expect([...sockets.values()].map(({ handshake }) => handshake?.status)).toEqual([
      403, 503, 101,
    ]);
  });

  it('makes a socket of what the recorder did not see', () => {
    const { sockets } = session('10 handshake wss://a.test/worker 101');
    expect([...sockets.values()]).toMatchObject([
      { url: 'wss://a.test/worker', seenBy: 'browser', state: 'gone' },
    ]);
    expect([...sockets.values()][0]?.code).toBeUndefined();
  });

  it('takes that socket back when the recorder’s word comes late', () => {
    const { sockets } = session(`
      60    handshake wss://a.test/feed 403
      10    s1 new   wss://a.test/feed
      58    s1 close 1006`);
    expect([...sockets.keys()]).toEqual(['s1']);
    expect(sockets.get('s1')?.handshake?.status).toBe(403);
  });
});

describe('a document that left', () => {
  it('takes its sockets along, and those alone', () => {
    const { sockets } = session(`
      0    s1 open wss://a.test/ doc=d1
      0    s2 open wss://a.test/ doc=d2
      9    page pagehide doc=d1`);
    expect([...sockets.values()].map(({ state }) => state)).toEqual(['gone', 'open']);
  });

  it('is replaced under the same name by a reload', () => {
    const { sockets } = session(`
      0    s1 open wss://a.test/
      9    page beforeunload
      90   s2 new  wss://a.test/
      95   page pageshow
      99   s2 open`);
    expect([...sockets.values()].map(({ state }) => state)).toEqual(['gone', 'open']);
  });
});
