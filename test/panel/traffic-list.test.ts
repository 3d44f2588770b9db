import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrafficEvent } from '../../src/model/events.ts';
import { TrafficList } from '../../src/panel/traffic-list.ts';

const number = fc.integer({ min: 0, max: 1e9 });
const message: fc.Arbitrary<TrafficEvent> = fc.record(
  {
    t: fc.double({ min: 0, max: 1e9, noNaN: true }),
    type: fc.constantFrom('send' as const, 'receive' as const),
    socket: fc.constantFrom('a', 'b', '__proto__', 'c'),
    kind: fc.constantFrom('text' as const, 'binary' as const),
    bytes: number,
    count: number,
    largest: number,
    firstT: number,
    buffered: number,
    preview: fc.string({ maxLength: 5 }),
  },
  { requiredKeys: ['t', 'type', 'socket', 'kind', 'bytes'], noNullPrototype: true },
);

const listOf = (events: readonly TrafficEvent[]): TrafficList => {
  const list = new TrafficList();
  for (const event of events) list.push(event);
  return list;
};

describe('messages in columns', () => {
  it('come out as they went in, whole or in part', () => {
    fc.assert(
      fc.property(fc.array(message), fc.nat(20), fc.nat(20), (events, from, to) => {
        const list = listOf(events);
        expect(list.length).toBe(events.length);
        expect(list.slice()).toEqual(events);
        expect(list.slice(from, to)).toEqual(events.slice(from, to));
        expect(list.ofSocket('a')).toEqual(events.filter(({ socket }) => socket === 'a'));
        const keep = ({ bytes }: TrafficEvent) => bytes % 2 === 0;
        expect(list.filter(keep).slice()).toEqual(events.filter(keep));
      }),
    );
  });

  it('give the oldest away, over the ends of their chunks too', () => {
    const events = Array.from(
      { length: 20_000 },
      (_, t): TrafficEvent => ({ t, type: 'send', socket: `s${t % 7}`, kind: 'text', bytes: t }),
    );
    const list = listOf(events);
    const before = list.snapshot();
    let gone = 0;
    for (const count of [1, 8190, 1, 5000, 3000]) {
      expect(list.takeFirst(count)).toEqual(events.slice(gone, gone + count));
      gone += count;
      expect(list.slice()).toEqual(events.slice(gone));
      expect(list.ofSocket('s3')).toEqual(events.slice(gone).filter((e) => e.socket === 's3'));
    }
    expect(list.takeFirst(10_000)).toHaveLength(20_000 - gone);
    expect(list.length).toBe(0);
    list.push(events[0]!);
    expect(list.slice()).toEqual([events[0]]);
    // What was looked at before is as it was.
    expect(before.slice()).toEqual(events);
  });

  it('move in time without those that were looked at before', () => {
    const event: TrafficEvent = {
      t: 10,
      firstT: 4,
      count: 2,
      type: 'receive',
      socket: 'a',
      kind: 'binary',
      bytes: 9,
      preview: 'x',
    };
    const list = listOf([event, { ...event, firstT: undefined } as TrafficEvent]);
    const moved = list.moved(100);
    moved.push(event);
    expect(moved.slice(0, 1)).toEqual([{ ...event, t: 110, firstT: 104 }]);
    expect(moved.length).toBe(3);
    expect(list.slice(0, 1)).toEqual([event]);
    expect(list.length).toBe(2);
  });
});
