import { describe, expect, it } from 'vitest';
import type { TrafficEvent } from '../../src/model/events.ts';
import { EventLog } from '../../src/panel/event-log.ts';
import { life } from './support/events.ts';

const message = (t: number, socket = 's1'): TrafficEvent => ({
  t,
  type: 'send',
  socket,
  kind: 'text',
  bytes: 10,
});

describe('EventLog', () => {
  it('folds the oldest messages into a run and keeps their sums', () => {
    const log = new EventLog({ messages: 8, lifecycle: 100 });
    for (const event of life()) log.add(event);
    for (let t = 100; t < 120; t += 1) log.add(message(t));
    const traffic = log.ordered().filter((event) => event.type === 'send') as TrafficEvent[];
    expect(traffic.reduce((sum, event) => sum + (event.count ?? 1), 0)).toBe(20);
    expect(traffic.reduce((sum, event) => sum + event.bytes, 0)).toBe(200);
    expect(traffic.length).toBeLessThanOrEqual(9);
    expect(traffic[0]).toMatchObject({ firstT: 100, count: expect.any(Number), largest: 10 });
  });

  it('says in the log how much was folded, in order of time', () => {
    const log = new EventLog({ messages: 8, lifecycle: 100 });
    for (let t = 0; t < 20; t += 1) log.add(message(t));
    const events = log.ordered();
    expect(log.lost).toBeGreaterThan(0);
    expect(events.find((event) => event.type === 'dropped')).toMatchObject({ count: log.lost });
    expect(events.map((event) => event.t)).toEqual(
      events.map((event) => event.t).sort((a, b) => a - b),
    );
  });

  it('drops whole ended sockets, oldest first, when the lifecycle outgrows its bound', () => {
    const log = new EventLog({ messages: 100, lifecycle: 40 });
    const ids: string[] = [];
    for (let i = 0; i < 15; i += 1) {
      ids.push(`s${i}`);
      for (const event of life({ id: `s${i}`, at: i * 1000, closeAt: i * 1000 + 500 }))
        log.add(event);
    }
    expect(log.overfull).toBe(true);
    log.trim(ids);
    expect(log.overfull).toBe(false);
    const left = new Set(
      log.ordered().flatMap((event) => ('socket' in event ? [event.socket] : [])),
    );
    expect(left.has('s0')).toBe(false);
    expect(left.has('s14')).toBe(true);
    // Nobody is left in halves.
    for (const id of left) expect(log.ofSocket(id as string)).toHaveLength(3);
    expect(log.lost).toBe(45 - log.ordered().filter((event) => event.type !== 'dropped').length);
  });

  it("tells a socket's story with its page's, not with another page's", () => {
    const log = new EventLog();
    log.add({ t: 0, type: 'page', state: 'visible', document: 'd1' });
    for (const event of life({ closeAt: 900 })) log.add(event);
    log.add({ t: 400, type: 'page', state: 'hidden', document: 'd2' });
    log.add({ t: 500, type: 'page', state: 'hidden', document: 'd1' });
    log.add({ t: 9_000, type: 'page', state: 'visible', document: 'd1' });
    expect(log.storyOf('s1', 'd1', 0, 900).map((event) => `${event.t} ${event.type}`)).toEqual([
      '0 opening',
      '0 page',
      '50 open',
      '500 page',
      '900 close',
    ]);
  });

  it('moves every time along, that of a run too', () => {
    const log = new EventLog();
    log.add({ ...message(100), firstT: 50, count: 3 });
    log.shift(1_000);
    expect(log.ordered()[0]).toMatchObject({ t: 1_100, firstT: 1_050 });
  });
});
