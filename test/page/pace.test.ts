import { describe, expect, it } from 'vitest';
import { createPace } from '../../src/page/pace.ts';

describe('createPace', () => {
  /** Of so many calls, one every `ms`, how many were too many. */
  function busyOf(most: number, calls: number, ms: number): number {
    let now = 5_000;
    const pace = createPace(() => now, most);
    let busy = 0;
    for (let i = 0; i < calls; i++) {
      now += ms;
      if (pace()) busy += 1;
    }
    return busy;
  }

  it('lets so many calls a second pass as few', () => {
    expect(busyOf(100, 100, 0)).toBe(0);
  });

  it('says of those beyond that they are too many', () => {
    expect(busyOf(100, 1_000, 0)).toBeGreaterThan(850);
  });

  it('never says so of calls that come slowly, however many there are', () => {
    expect(busyOf(100, 10_000, 12)).toBe(0);
  });

  it('forgets a burst when a second has passed, at the latest sixteen calls later', () => {
    let now = 5_000;
    const pace = createPace(() => now, 100);
    for (let i = 0; i < 500; i++) pace();
    expect(pace()).toBe(true);
    now += 1_001;
    let still = 0;
    while (pace()) still += 1;
    expect(still).toBeLessThan(16);
  });
});
