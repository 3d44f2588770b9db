import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createStore,
  type Limits,
  newSocketMeta,
  type RunKey,
  type SocketMeta,
  type Store,
} from '../../src/page/store.ts';

interface Item {
  n: number;
  t: number;
  type: string;
  socket?: string;
  count?: number;
  bytes?: number;
  firstT?: number;
  largest?: number;
  buffered?: number;
  mark?: number;
}

const WIDE: Limits = { events: 1000, units: 100_000 };
const quote = (text: string) => JSON.stringify(text);
const store = (limits = WIDE) => createStore(limits, quote);

function items(of: Store, after = 0): Item[] {
  return JSON.parse(`[${of.read(0, after, Number.POSITIVE_INFINITY).json}]`) as Item[];
}

function send(to: Store, t: number, meta: SocketMeta, bytes = 1, run: RunKey = 'st'): void {
  to.message(t, meta, run, bytes, 0, '');
}

describe('runs of messages', () => {
  it('tells messages of one kind as one event', () => {
    const s = store();
    const a = newSocketMeta('a');
    send(s, 10, a, 5);
    send(s, 20, a, 9);
    send(s, 30, a, 2);
    expect(items(s)).toEqual([
      {
        n: 1,
        t: 30,
        type: 'send',
        kind: 'text',
        socket: 'a',
        bytes: 16,
        count: 3,
        largest: 9,
        firstT: 10,
      },
    ]);
  });

  it('ends a run at a lifecycle event, so that order in time is kept', () => {
    const s = store();
    const a = newSocketMeta('a');
    send(s, 1, a);
    s.add(2, '"type":"error","socket":"a"', a);
    send(s, 3, a);
    expect(items(s).map((e) => [e.t, e.type])).toEqual([
      [1, 'send'],
      [2, 'error'],
      [3, 'send'],
    ]);
  });

  it('ends a run after a second', () => {
    const s = store();
    const a = newSocketMeta('a');
    for (let t = 0; t <= 3000; t += 100) send(s, t, a);
    const counts = items(s).map((e) => e.count ?? 1);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.reduce((x, y) => x + y)).toBe(31);
  });

  it('ends a run when it was read', () => {
    const s = store();
    const a = newSocketMeta('a');
    send(s, 1, a);
    expect(items(s)).toHaveLength(1);
    send(s, 2, a);
    expect(items(s, 1)).toMatchObject([{ n: 2, t: 2 }]);
  });

  it('orders runs of several sockets by their last message', () => {
    const s = store();
    const [a, b] = [newSocketMeta('a'), newSocketMeta('b')];
    send(s, 1, a);
    send(s, 2, b);
    send(s, 3, a);
    expect(items(s).map((e) => [e.socket, e.t])).toEqual([
      ['b', 2],
      ['a', 3],
    ]);
  });

  it('keeps the peak of what is held back, and previews one by one', () => {
    const s = store();
    const a = newSocketMeta('a');
    s.message(1, a, 'st', 4, 4, '');
    s.message(2, a, 'st', 4, 8, '');
    s.message(3, a, 'st', 4, 2, 'say "x"');
    expect(items(s)).toMatchObject([
      { count: 2, buffered: 8 },
      { bytes: 4, buffered: 2, preview: 'say "x"' },
    ]);
  });
});

describe('bounds', () => {
  it('folds old runs together: no message is lost', () => {
    const s = store({ events: 50, units: 100_000 });
    const a = newSocketMeta('a');
    for (let i = 0; i < 500; i += 1) {
      send(s, i * 2000, a, 3);
    }
    const all = items(s);
    expect(all.length).toBeLessThanOrEqual(50);
    expect(all.reduce((sum, e) => sum + (e.count ?? 1), 0)).toBe(500);
    expect(all.reduce((sum, e) => sum + (e.bytes ?? 0), 0)).toBe(1500);
    expect(all[0]).toMatchObject({ firstT: 0, largest: 3 });
  });

  it('drops runs before lifecycle events, and counts what fell out', () => {
    const s = store({ events: 100, units: 100_000 });
    s.add(0, '"type":"mark","mark":-1');
    for (let i = 0; i < 90; i += 1) send(s, i * 2000 + 1, newSocketMeta(`s${i}`));
    for (let i = 0; i < 60; i += 1) s.add(200_000 + i, `"type":"mark","mark":${i}`);
    const all = items(s);
    expect(all.filter((e) => e.type === 'mark')).toHaveLength(61);
    const runs = all.filter((e) => e.type === 'send').length;
    const dropped = all.filter((e) => e.type === 'dropped').reduce((x, e) => x + (e.count ?? 0), 0);
    expect(runs + dropped).toBe(90);
    expect(dropped).toBeGreaterThan(0);
  });

  it('keeps the events of living sockets longest', () => {
    const s = store({ events: 100, units: 100_000 });
    const living = newSocketMeta('living');
    s.add(0, '"type":"opening","socket":"living"', living);
    for (let i = 1; i < 500; i += 1) {
      const meta = newSocketMeta(`s${i}`);
      meta.closed = true;
      s.add(i, `"type":"close","socket":"s${i}"`, meta);
    }
    const all = items(s);
    expect(all.some((e) => e.socket === 'living')).toBe(true);
    expect(all.length).toBeLessThanOrEqual(100);
    const dropped = all.filter((e) => e.type === 'dropped').reduce((x, e) => x + (e.count ?? 0), 0);
    expect(dropped + all.filter((e) => e.type === 'close').length).toBe(499);
  });

  it('is bounded in text as well', () => {
    const s = store({ events: 1000, units: 5000 });
    for (let i = 0; i < 200; i += 1) s.add(i, `"type":"mark","text":"${'x'.repeat(100)}"`);
    expect(s.read(0, 0, Number.POSITIVE_INFINITY).json.length).toBeLessThan(12_000);
    expect(items(s).some((e) => e.type === 'dropped')).toBe(true);
  });

  it('answers in pieces', () => {
    const s = store();
    for (let i = 0; i < 10; i += 1) s.add(i, `"type":"mark","mark":${i}`);
    const first = s.read(0, 0, 60);
    expect(first.more).toBe(true);
    const rest = s.read(0, first.last, Number.POSITIVE_INFINITY);
    expect(rest.more).toBe(false);
    expect(JSON.parse(`[${first.json},${rest.json}]`)).toHaveLength(10);
  });
});

describe('readers', () => {
  /** Readers come, read a piece, lose answers and ask again from their old place. */
  it('every message reaches each reader exactly once, whatever was folded or lost', () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant('send' as const),
          socket: fc.nat(2),
          gap: fc.nat(1500),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('mark' as const), gap: fc.nat(500) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('read' as const),
          reader: fc.nat(1),
          lost: fc.boolean(),
          most: fc.integer({ min: 1, max: 400 }),
        }),
      },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 200 }), (steps) => {
        const s = store({ events: 24, units: 100_000 });
        const metas = [newSocketMeta('a'), newSocketMeta('b'), newSocketMeta('c')];
        const readers = [
          { slot: 0 as const, at: 0, got: 0, lastT: 0 },
          { slot: 1 as const, at: 0, got: 0, lastT: 0 },
        ];
        let t = 0;
        let told = 0;
        const read = (reader: (typeof readers)[number], most: number, lost: boolean) => {
          const { json, last, more } = s.read(reader.slot, reader.at, most);
          if (lost) return true;
          reader.at = last;
          for (const item of JSON.parse(`[${json}]`) as Item[]) {
            reader.got += item.count ?? 1;
            expect(item.t).toBeGreaterThanOrEqual(reader.lastT);
            reader.lastT = item.t;
          }
          return more;
        };
        for (const one of steps) {
          if (one.kind === 'read') {
            read(readers[one.reader]!, one.most, one.lost);
            continue;
          }
          t += one.gap;
          told += 1;
          if (one.kind === 'send') send(s, t, metas[one.socket]!);
          else s.add(t, '"type":"mark"');
        }
        for (const reader of readers) {
          while (read(reader, 100, false));
          expect(reader.got).toBe(told);
        }
      }),
      { numRuns: 150 },
    );
  });
});
