import { describe, expect, test } from 'vitest';
import type { SocketRecord } from '../../../src/model/socket.ts';
import type { TrafficRun } from '../../../src/model/traffic-runs.ts';
import { explainClose } from '../../../src/rules/causes/index.ts';
import type { CloseContext } from '../../../src/rules/causes/types.ts';
import { diagnose } from '../../../src/rules/create-diagnosis.ts';
import type { CauseId } from '../../../src/rules/types.ts';
import { timeline } from '../../support/timeline.ts';
import { closedSocket, noTraffic, runsOf } from './corpus.ts';

/** A socket seen from its construction on, closed with 1008 and no reason. */
function silent(given: Partial<SocketRecord> = {}): SocketRecord {
  return closedSocket({ code: 1008, reason: '', openingAt: 0, openAt: 50, ...given });
}

function sent(...runs: readonly Partial<TrafficRun>[]): Pick<SocketRecord, 'sent' | 'recent'> {
  const total = noTraffic();
  const recent: TrafficRun[] = [];
  for (const given of runs) {
    const run: TrafficRun = {
      direction: 'send',
      kind: 'text',
      from: 100,
      to: 900,
      count: 1,
      bytes: 50,
      largest: 50,
      ...given,
    };
    recent.push(run);
    total.messages += run.count;
    total.bytes += run.bytes;
    total[run.kind] += run.count;
    total.largest = Math.max(total.largest, run.largest);
    total.firstAt ??= run.from;
    total.lastAt = run.to;
    total.lastKind = run.kind;
  }
  return { sent: total, recent: runsOf(...recent) };
}

function bestOf(context: Partial<CloseContext> & { socket: SocketRecord }): CauseId | undefined {
  return explainClose({ earlier: [], contemporaries: [], ...context })[0]?.cause;
}

function evidenceOf(context: Partial<CloseContext> & { socket: SocketRecord }): string[] {
  const [first] = explainClose({ earlier: [], contemporaries: [], ...context });
  return first?.evidence.map((each) => each.id) ?? [];
}

describe('1008 without a reason', () => {
  /** A socket's close in a session told as a timeline. */
  const contextIn = (text: string, id = 's1'): CloseContext => {
    const { sockets } = diagnose(timeline(text));
    const socket = sockets.get(id)!;
    const others = [...sockets.values()].filter((other) => other !== socket);
    const wasEarlier = ({ closeAt = Infinity }: SocketRecord) => closeAt < socket.closeAt!;
    return {
      socket,
      earlier: others.filter(wasEarlier),
      contemporaries: others.filter((other) => !wasEarlier(other)),
    };
  };
  const causeIn = (text: string, id?: string) => bestOf(contextIn(text, id));

  test('a rate that was allowed for minutes is no burst; one that rises is', () => {
    const calm = Array.from({ length: 90 }, (_, i) => `${(i + 1) * 1000} s1 send text 600 x30`);
    const before = ['0 s1 open wss://a.test/feed', ...calm];
    expect(causeIn([...before, '90100 s1 close 1008'].join('\n'))).not.toBe('rate-limit');
    expect(
      causeIn([...before, '90500 s1 send text 6000 x300', '90600 s1 close 1008'].join('\n')),
    ).toBe('rate-limit');
  });

  test('a run told without its beginning is told as a run', () => {
    const run = '0 s1 open wss://a.test/feed\n900 s1 send text 9000 x300\n1000 s1 close 1008';
    expect(evidenceOf(contextIn(run))).toContain('evidence_burst_run');
  });

  test('a second socket for another room takes nobody’s place', () => {
    const rooms = (other: number): string => `
      0      s1 open  wss://a.test/chat?room=1
      10000  s1 send  text 40
      19700  s2 open  wss://a.test/chat?room=${other}
      20000  s1 close 1008`;
    expect(causeIn(rooms(1))).toBe('replaced-or-kicked');
    expect(causeIn(rooms(2))).not.toBe('replaced-or-kicked');
  });

  test('one that stayed for an hour did not run into a limit of connections', () => {
    const many = Array.from({ length: 11 }, (_, i) => `${i} s${i} open wss://a.test/feed`);
    expect(
      causeIn([...many, '100 n open wss://a.test/feed', '200 n close 1008'].join('\n'), 'n'),
    ).toBe('connection-limit');
    const late = [...many, '3600000 s1 receive text 10', '3600001 s1 close 1008'];
    expect(causeIn(late.join('\n'))).not.toBe('connection-limit');
  });

  test('a server that says it restarts is not asked for credentials, however round the age', () => {
    const three = (code: number, age: number): string =>
      [0, 1, 2]
        .map((i) => i * (age + 1000))
        .map((t, i) => `${t} s${i} open wss://a.test/feed\n${t + age} s${i} close ${code}`)
        .join('\n');
    for (const code of [1001, 1012, 1013]) {
      for (const age of [5_000, 10_000, 30_000]) {
        expect(causeIn(three(code, age), 's2'), `${code} ${age}`).not.toMatch(/^auth/);
      }
    }
    expect(causeIn(three(1012, 30_000), 's2')).toBe('server-restart');
  });

  test('closed before anything was sent: authentication', () => {
    expect(bestOf({ socket: silent() })).toBe('auth-missing');
    expect(evidenceOf({ socket: silent() })).toContain('evidence_nothing_sent');
  });

  test('a credential was in the URL: it was refused', () => {
    expect(bestOf({ socket: silent({ url: 'wss://server.test/ws?token=abc' }) })).toBe(
      'auth-invalid',
    );
  });

  test('a deadline after opening: no login came', () => {
    const socket = silent({ closeAt: 10_060 });
    expect(bestOf({ socket })).toBe('auth-missing');
    expect(evidenceOf({ socket })).toContain('evidence_deadline');
  });

  test('a burst, then the close: rate', () => {
    const socket = silent(sent({ from: 200, to: 950, count: 60, bytes: 3000 }));
    expect(bestOf({ socket })).toBe('rate-limit');
    expect(evidenceOf({ socket })).toContain('evidence_burst');
  });

  test('the largest message so far: size, so 1009 was meant', () => {
    const socket = silent(
      sent(
        { to: 500, count: 5, bytes: 500, largest: 100 },
        { from: 980, to: 980, bytes: 300_000, largest: 300_000 },
      ),
    );
    expect(bestOf({ socket })).toBe('message-too-large');
  });

  test('a binary message where all others were text: 1003 was meant', () => {
    const socket = silent(
      sent({ to: 500, count: 6, bytes: 300 }, { kind: 'binary', from: 980, to: 980 }),
    );
    expect(bestOf({ socket })).toBe('unsupported-feature-or-endpoint');
    expect(evidenceOf({ socket })).toContain('evidence_odd_binary');
  });

  test('the same age every time: expiry or a lifetime', () => {
    const at = (start: number, index: number): SocketRecord =>
      silent({
        id: `s${index}`,
        index,
        openingAt: start,
        openAt: start + 50,
        closeAt: start + 600_050,
      });
    const best = bestOf({ socket: at(1_300_000, 2), earlier: [at(0, 0), at(650_000, 1)] });
    expect(['session-expired', 'auth-expired']).toContain(best);
  });

  test('the same young age every time, while the server talks: a lifetime, not a missing credential', () => {
    const at = (start: number, index: number): SocketRecord =>
      silent({
        id: `s${index}`,
        index,
        code: 1001,
        openingAt: start,
        openAt: start + 50,
        closeAt: start + 4_050,
        received: { ...noTraffic(), messages: 16, text: 16, lastAt: start + 3_900 },
      });
    const [best, ...others] = explainClose({
      socket: at(9_000, 2),
      earlier: [at(0, 0), at(4_500, 1)],
      contemporaries: [],
    });
    expect(best?.cause).toBe('session-expired');
    expect(others.slice(0, 2).map(({ cause }) => cause)).not.toContain('idle-timeout');
  });

  test('a twin opened just before: replaced', () => {
    const socket = silent({ closeAt: 60_000, ...sent({ from: 100, to: 59_000, count: 40 }) });
    const twin = silent({ id: 's2', index: 1, state: 'open', openingAt: 59_300, openAt: 59_400 });
    expect(bestOf({ socket, contemporaries: [twin] })).toBe('replaced-or-kicked');
  });

  test('many sockets to the same endpoint: too many', () => {
    const contemporaries = Array.from({ length: 12 }, (_, at) =>
      silent({ id: `o${at}`, index: at, state: 'open', openingAt: 0, openAt: 10 }),
    );
    expect(bestOf({ socket: silent({ id: 'x', index: 20 }), contemporaries })).toBe(
      'connection-limit',
    );
  });

  test('nothing for a round while: idle', () => {
    const socket = silent({ closeAt: 61_000, ...sent({ from: 500, to: 1000 }) });
    expect(bestOf({ socket })).toBe('idle-timeout');
  });

  test('a flood of received messages: not read fast enough', () => {
    const run: TrafficRun = {
      direction: 'receive',
      kind: 'text',
      from: 100,
      to: 990,
      count: 900,
      bytes: 90_000,
      largest: 100,
    };
    const received = {
      ...noTraffic(),
      messages: 900,
      bytes: 90_000,
      text: 900,
      largest: 100,
      firstAt: 100,
      lastAt: 990,
    };
    expect(bestOf({ socket: silent({ received, recent: runsOf(run) }) })).toBe('slow-consumer');
  });

  test('the last message said why', () => {
    const run: TrafficRun = {
      direction: 'receive',
      kind: 'text',
      from: 980,
      to: 980,
      count: 1,
      bytes: 60,
      largest: 60,
      preview: '{"type":"error","message":"rate limit exceeded"}',
    };
    const socket = silent({
      recent: runsOf(run),
      received: { ...noTraffic(), messages: 1, lastAt: 980 },
    });
    expect(bestOf({ socket })).toBe('rate-limit');
    expect(evidenceOf({ socket })).toContain('evidence_last_message');
  });

  test('a socket whose construction was not seen may have sent anything', () => {
    const socket = closedSocket({ code: 1008, reason: '' });
    expect(evidenceOf({ socket })).not.toContain('evidence_nothing_sent');
  });
});

describe('weak behaviour beside clear words', () => {
  test.each([
    ['message too big', 'message-too-large'],
    ['rate limit exceeded', 'rate-limit'],
    ['replaced by a newer connection', 'replaced-or-kicked'],
    ['slow consumer', 'slow-consumer'],
    ['idle timeout', 'idle-timeout'],
    ['session expired', 'session-expired'],
  ] as const)('“%s” stays %s though nothing was sent', (reason, cause) => {
    for (const closeAt of [60, 1000, 5050, 30_050, 3_600_000]) {
      expect(bestOf({ socket: silent({ reason, closeAt }) })).toBe(cause);
    }
  });
});

describe('a refused handshake', () => {
  const refused = (status: number, error?: string): SocketRecord =>
    closedSocket({
      code: 1006,
      reason: '',
      openingAt: 0,
      openAt: undefined,
      handshake: { t: 40, type: 'handshake', status, ...(error === undefined ? {} : { error }) },
    });

  test.each<[number, string | undefined, CauseId]>([
    [403, undefined, 'forbidden'],
    [404, undefined, 'not-found'],
    [429, undefined, 'rate-limit'],
    [503, undefined, 'internal-error'],
    [0, 'Error during WebSocket handshake: Unexpected response code: 403', 'forbidden'],
  ])('%s %s: %s, by the status alone', (status, error, cause) => {
    expect(bestOf({ socket: refused(status, error) })).toBe(cause);
    expect(evidenceOf({ socket: refused(status, error) })).toEqual(['evidence_closed_by_http']);
  });

  test('HTTP says nothing of a socket that had opened', () => {
    const socket = { ...refused(403), openAt: 50, code: 1008, reason: 'token expired' };
    expect(bestOf({ socket })).toBe('auth-expired');
    expect(evidenceOf({ socket })).not.toContain('evidence_closed_by_http');
  });
});
