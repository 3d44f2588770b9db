import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/panel/facts.ts';
import { reconnect } from '../../src/panel/sockets/rows.ts';
import { life } from './support/events.ts';
import { sessionOf } from './support/session-of.ts';

describe('outcomeOf', () => {
  it.each([
    [1000, 'normal'],
    [1005, 'normal'],
    [1001, 'leaving'],
    [1012, 'leaving'],
    [1013, 'leaving'],
    [1006, 'broken'],
    [1002, 'refused'],
    [1008, 'refused'],
    [1011, 'refused'],
    [3000, 'refused'],
    [3003, 'refused'],
    [3001, 'application'],
    [4401, 'application'],
  ])('%i is %s', (code, outcome) => {
    const { sockets } = sessionOf(life({ closeAt: 100, code })).view.value;
    expect(outcomeOf(sockets.get('s1')!)).toBe(outcome);
  });
});

describe('reconnect', () => {
  const of = (events: Parameters<typeof sessionOf>[0], id = 's1') => {
    const view = sessionOf(events).view.value;
    return reconnect(view, view.sockets.get(id)!);
  };

  it('is alive while it lives', () => {
    expect(of(life())).toEqual({ kind: 'alive' });
  });

  it('counts the tries until one opened, and the first delay', () => {
    expect(
      of([
        ...life({ closeAt: 6_000 }),
        ...life({ id: 's2', at: 7_000, openAfter: null, closeAt: 7_100, code: 1006 }),
        ...life({ id: 's3', at: 9_000 }),
        { t: 60_000, type: 'end' },
      ]),
    ).toEqual({ kind: 'replaced', by: 's3', tries: 2, delayMs: 1_000 });
  });

  it('says trying while none has opened', () => {
    expect(
      of([
        ...life({ closeAt: 6_000 }),
        ...life({ id: 's2', at: 7_000, openAfter: null, closeAt: 7_100, code: 1006 }),
        { t: 9_000, type: 'end' },
      ]),
    ).toMatchObject({ kind: 'trying', tries: 1, failed: true });
  });

  it('says in vain once nothing has followed a failed attempt for the grace period', () => {
    expect(
      of([
        ...life({ closeAt: 6_000 }),
        ...life({ id: 's2', at: 7_000, openAfter: null, closeAt: 7_100, code: 1006 }),
        { t: 60_000, type: 'end' },
      ]),
    ).toEqual({ kind: 'in-vain', by: 's2', tries: 1, delayMs: 1_000 });
  });

  it('tells a page that was loaded later from one that came back', () => {
    const events = [
      ...life({ closeAt: 6_000 }),
      { t: 39_000, type: 'page', state: 'pagehide', document: 'd1' } as const,
      ...life({ id: 's2', at: 39_400, document: 'd2' }),
    ];
    expect(of(events)).toEqual({ kind: 'reloaded', by: 's2', delayMs: 33_400 });
  });

  it('says where the page was left before one could tell, unless it came back from the cache', () => {
    const hide = { t: 9_000, type: 'page', state: 'pagehide', document: 'd1' } as const;
    const end = { t: 90_000, type: 'end' } as const;
    expect(of([...life({ closeAt: 6_000 }), hide, end])).toEqual({ kind: 'left' });
    expect(of([...life({ closeAt: 6_000 }), { ...hide, t: 60_000 }, end]).kind).toBe('never');
    const show = { ...hide, t: 20_000, state: 'pageshow', persisted: true } as const;
    expect(of([...life({ closeAt: 6_000 }), hide, show, end]).kind).toBe('never');
  });

  it('says never after the grace period, and whether a return was to be expected', () => {
    expect(of([...life({ closeAt: 6_000 }), { t: 60_000, type: 'end' }])).toEqual({
      kind: 'never',
      expected: true,
    });
    expect(of([...life({ closeAt: 6_000, code: 1008 }), { t: 60_000, type: 'end' }])).toEqual({
      kind: 'never',
      expected: false,
    });
  });

  it('does not guess where the watch ended early', () => {
    expect(of([...life({ closeAt: 6_000 }), { t: 8_000, type: 'end' }])).toEqual({
      kind: 'unknown',
    });
  });

  it('says of a second attempt for the same place that it held none', () => {
    const failing = { openAfter: null, code: 1006 } as const;
    const events = [
      ...life({ closeAt: 6_000 }),
      ...life({ id: 's2', at: 7_000, closeAt: 7_800, ...failing }),
      ...life({ id: 's3', at: 7_010, closeAt: 7_900, ...failing }),
      { t: 90_000, type: 'end' } as const,
    ].sort((a, b) => a.t - b.t);
    expect(of(events, 's3')).toEqual({ kind: 'beside' });
    expect(of(events, 's2').kind).not.toBe('beside');
    // A later one, while another lives, is no second try for a place that is taken.
    const lonely = [
      ...life({ closeAt: 6_000 }),
      ...life({ id: 's2', at: 7_000 }),
      ...life({ id: 's3', at: 40_000, closeAt: 40_300, ...failing }),
      { t: 90_000, type: 'end' } as const,
    ];
    expect(of(lonely, 's3').kind).toBe('never');
  });

  it('expects nothing after a close of the page', () => {
    expect(
      of([...life({ closeAt: 6_000, code: 1000, pageCalls: true }), { t: 60_000, type: 'end' }]),
    ).toEqual({ kind: 'not-needed' });
  });
});
