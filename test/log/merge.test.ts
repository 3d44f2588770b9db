import { describe, expect, it } from 'vitest';
import {
  inOrder,
  mergeLogs,
  mergeLogsInSteps,
  readLog,
  redact,
  type SessionLog,
} from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { logText, SMALL } from './samples.ts';

const later: SessionLog = {
  ...SMALL,
  startedAt: '2026-01-31T09:30:00.100Z',
  generator: { browser: 'Firefox 153' },
  dropped: 4,
  events: [
    { t: 0, type: 'opening', socket: 's1', url: 'wss://b.test/', document: 'd' },
    { t: 5, type: 'send', socket: 's1', kind: 'text', bytes: 2, count: 2, firstT: 3 },
    { t: 20_000, type: 'end' },
  ] as SessionEvent[],
};

describe('merging logs', () => {
  const merged = mergeLogs([
    { log: later, name: 'b.json' },
    { log: SMALL, name: 'a.json' },
  ]);

  it('puts them on the clock of the earliest', () => {
    expect(merged.startedAt).toBe(SMALL.startedAt);
    expect(merged.events.map(({ t, type }) => `${t} ${type}`)).toEqual([
      '0 opening',
      '40.5 open',
      '50 send',
      '100 opening',
      '105 send',
      '350 close',
      '20100 end',
    ]);
    expect(merged.events[4]).toMatchObject({ socket: 'a:s1', firstT: 103 });
  });

  it('marks each, and tells which is which', () => {
    expect(merged.merged).toEqual([
      {
        mark: 'a',
        name: 'b.json',
        startedAt: later.startedAt,
        generator: { browser: 'Firefox 153' },
      },
      { mark: 'b', name: 'a.json', startedAt: SMALL.startedAt, generator: undefined },
    ]);
    expect(merged.dropped).toBe(4);
    expect(merged.events.filter(({ type }) => type === 'opening')).toMatchObject([
      { socket: 'b:s1', document: 'b:' },
      { socket: 'a:s1', document: 'a:d' },
    ]);
  });

  it('is a log like any other', async () => {
    const { log } = await readLog(logText(merged));
    expect(log.events).toEqual(JSON.parse(JSON.stringify(merged.events)));
    expect(diagnose(log.events).sockets.size).toBe(2);
  });

  it('knows many marks', () => {
    const many = mergeLogs(Array.from({ length: 30 }, () => ({ log: SMALL })));
    expect(many.merged?.map(({ mark }) => mark).slice(24, 28)).toEqual(['y', 'z', 'aa', 'ab']);
    expect(mergeLogs([]).events).toEqual([]);
  });
});

describe('merging in steps', () => {
  it('gives the same, breathing on the way', async () => {
    const many = (id: string, from: number, step: number): SessionLog => ({
      ...SMALL,
      events: [
        ...Array.from(
          { length: 9_000 },
          (_, i): SessionEvent => ({
            t: from + ((i * 7919) % 9_000) * step,
            type: 'send',
            socket: id,
            kind: 'text',
            bytes: i,
          }),
        ),
        { t: from + 90_000, type: 'end' },
      ],
    });
    const logs = [
      { log: many('x', 0, 3), name: 'x' },
      { log: many('y', 5, 2), name: 'y' },
      { log: later },
    ];
    let breaths = 0;
    const merged = await mergeLogsInSteps(logs, () => {
      breaths++;
    });
    const plain = mergeLogs(logs);
    expect(merged).toEqual(plain);
    expect(breaths).toBeGreaterThan(9);
  });

  it('keeps the order of lists and of their events at one moment', async () => {
    const at = (t: number, socket: string): SessionEvent => ({ t, type: 'error', socket });
    const ordered = await inOrder(
      [[at(1, 'a'), at(3, 'b'), at(3, 'c')], [], [at(0, 'd'), at(3, 'e')]],
      () => {},
    );
    expect(ordered.map((event) => 'socket' in event && event.socket)).toEqual([
      'd',
      'a',
      'b',
      'c',
      'e',
    ]);
    expect(await inOrder([], () => {})).toEqual([]);
  });
});

describe('merging redacted logs', () => {
  const redacted = (url: string, extra: object = {}): SessionLog =>
    redact({
      ...SMALL,
      ...extra,
      events: [
        { t: 0, type: 'opening', socket: 's1', url },
        { t: 9, type: 'close', socket: 's1', code: 1008, reason: `${url} refused`, wasClean: true },
      ] as SessionEvent[],
    });
  const logs = [
    {
      log: redacted('wss://a.test/?token=aliceSecret1', { labels: { release: '7', who: 'alice' } }),
    },
    { log: redacted('wss://a.test/?token=bobSecret22', { labels: { release: '7', who: 'bob' } }) },
  ];

  it('keeps the secrets of one apart from those of the other', () => {
    const urls = mergeLogs(logs).events.map((event) => ('url' in event ? event.url : undefined));
    expect(urls.filter(Boolean)).toEqual([
      'wss://a.test/?token=‹token-1›',
      'wss://a.test/?token=‹token-2›',
    ]);
    const reasons = mergeLogs(logs).events.map((event) => 'reason' in event && event.reason);
    expect(reasons).toContain('wss://a.test/?token=‹token-2› refused');
  });

  it('does so in steps, too', async () => {
    expect(await mergeLogsInSteps(logs, () => {})).toEqual(mergeLogs(logs));
  });

  it('says what was taken out of them, and the labels that they share', () => {
    const merged = mergeLogs(logs);
    expect(merged.redaction?.applied).toContain('query-values');
    expect(merged.redaction?.replaced?.['query-values']).toBe(4);
    expect(merged.labels).toEqual({ release: '7' });
  });
});
