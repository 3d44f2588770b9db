import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { EventList } from '../../src/panel/event-list.ts';
import { logText, SMALL } from '../log/samples.ts';

const event = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.boolean())
  .map(
    ([t, message]): SessionEvent =>
      message
        ? { t, type: 'send', socket: `s${t % 3}`, kind: 'text', bytes: t }
        : { t, type: 'page', state: 'hidden' },
  );

function listOf(events: readonly SessionEvent[]): EventList {
  const list = new EventList();
  for (const one of events) list.push(one);
  return list;
}

describe('a list of events, its messages in columns', () => {
  it('gives any part of them as an array would', () => {
    fc.assert(
      fc.property(fc.array(event), fc.nat(60), fc.nat(60), (events, from, to) => {
        const list = listOf(events);
        expect(list.length).toBe(events.length);
        expect(list.slice()).toEqual(events);
        expect(list.slice(from, to)).toEqual(events.slice(from, to));
      }),
    );
  });

  it('is put in order as an array is', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const list = listOf(events);
        list.sort();
        expect(list.slice()).toEqual([...events].sort((a, b) => a.t - b.t));
      }),
    );
  });

  it('takes what is read, in order, and leaves the log without', async () => {
    const events = [...SMALL.events].reverse();
    const into = new EventList();
    const { log, notes } = await readLog(logText({ ...SMALL, events }), { into });
    expect(log.events).toEqual([]);
    expect(notes.map(({ id }) => id)).toContain('log_note_sorted');
    expect(into.slice().map(({ t }) => t)).toEqual(SMALL.events.map(({ t }) => t));
  });
});
