import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageEvent, PageState } from '../../src/model/events.ts';
import { PageHistory } from '../../src/model/page-history.ts';

function history(...events: [number, PageState, boolean?][]): PageHistory {
  const result = new PageHistory();
  for (const [t, state, persisted] of events) result.add({ t, type: 'page', state, persisted });
  return result;
}

describe('active time', () => {
  it('is all of it where nothing was told', () => {
    expect(history().activeBetween(100, 400)).toBe(300);
  });

  it.each([
    ['hidden', history([100, 'hidden'], [300, 'visible']), 800],
    ['offline', history([100, 'offline'], [300, 'online']), 800],
    ['frozen', history([100, 'freeze'], [300, 'resume']), 800],
    [
      'both at once',
      history([100, 'hidden'], [150, 'offline'], [300, 'visible'], [400, 'online']),
      700,
    ],
    ['in the back/forward cache', history([100, 'pagehide', true], [300, 'pageshow', true]), 800],
    ['left for good', history([100, 'pagehide', false]), 100],
  ])('leaves out what was %s', (_name, page, expected) => {
    expect(page.activeBetween(0, 1000)).toBe(expected);
  });

  it('waits ten seconds after the start of a navigation, which may be cancelled', () => {
    const page = history([1000, 'beforeunload']);
    expect(page.activeBetween(0, 5000)).toBe(1000);
    expect(page.activeBetween(0, 21_000)).toBe(11_000);
    expect(page.whenActiveFor(0, 5000, 2000)).toBe(15_000);
  });

  it('tells when enough will have passed, and that it cannot tell while hidden', () => {
    expect(history().whenActiveFor(100, 30_000, 200)).toBe(30_100);
    expect(history([150, 'hidden']).whenActiveFor(100, 30_000, 200)).toBeUndefined();
    expect(history([150, 'hidden'], [400, 'visible']).whenActiveFor(100, 30_000, 500)).toBe(30_350);
  });

  it('does not depend on the order of arrival', () => {
    const states: PageState[] = [
      'visible',
      'hidden',
      'online',
      'offline',
      'beforeunload',
      'pagehide',
      'pageshow',
      'freeze',
      'resume',
    ];
    const events = fc.uniqueArray(
      fc.record({
        t: fc.integer({ min: 0, max: 60_000 }),
        type: fc.constant('page' as const),
        state: fc.constantFrom(...states),
      }),
      { selector: ({ t }) => t, maxLength: 20 },
    );
    const span = (list: readonly PageEvent[]): number[] => {
      const page = new PageHistory();
      for (const event of list) page.add(event);
      return [page.activeBetween(0, 80_000), page.activeBetween(15_000, 45_000)];
    };
    fc.assert(
      fc.property(events, (list) => {
        const sorted = [...list].sort((a, b) => a.t - b.t);
        expect(span(list)).toEqual(span(sorted));
      }),
    );
  });

  it('adds up: the parts make the whole', () => {
    const page = history(
      [100, 'hidden'],
      [300, 'visible'],
      [2000, 'beforeunload'],
      [15_000, 'offline'],
      [16_000, 'online'],
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (cut) => {
        const whole = page.activeBetween(0, 30_000);
        expect(page.activeBetween(0, cut) + page.activeBetween(cut, 30_000)).toBeCloseTo(whole, 6);
      }),
    );
  });
});
