import { describe, expect, it } from 'vitest';
import { recommendedDelay } from '../../../src/panel/lanes/backoff.ts';
import { lanesOf, marksOf } from '../../../src/panel/lanes/model.ts';
import { fitted, ticks, zoomed } from '../../../src/panel/lanes/scale.ts';
import { createDiagnosis } from '../../../src/rules/create-diagnosis.ts';
import { life } from '../support/events.ts';
import { sessionOf } from '../support/session-of.ts';

describe('lanesOf', () => {
  it('makes a lane of a chain, a bar of a socket and a gap of a wait', () => {
    const view = sessionOf([
      ...life({ id: 'a', closeAt: 10_000 }),
      ...life({ id: 'b', at: 11_000, openAfter: null, closeAt: 11_100, code: 1006 }),
      ...life({ id: 'c', at: 13_000 }),
      { t: 20_000, type: 'end' },
    ]).view.value;
    const { lanes, from, to } = lanesOf(view);
    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.bars).toMatchObject([
      { id: 'a', outcome: 'leaving', from: 0, openAt: 50, to: 10_000, row: 0 },
      { id: 'b', outcome: 'broken', from: 11_000, to: 11_100, row: 0 },
      { id: 'c', outcome: 'open', from: 13_000, row: 0 },
    ]);
    expect(lanes[0]?.gaps).toMatchObject([
      { from: 10_000, to: 11_000, attempt: 1 },
      { from: 11_100, to: 13_000, attempt: 2 },
    ]);
    expect([from, to]).toEqual([0, 20_000]);
    expect(lanes[0]?.holds(new Set(['x', 'b']))).toBe(true);
    expect(lanes[0]?.holds(new Set(['x']))).toBe(false);
  });

  it('draws a settled lane anew when a socket joins it, and as it ends', () => {
    const all = [
      ...life({ id: 'a', closeAt: 10_000 }),
      ...life({ id: 'b', at: 11_000, closeAt: 12_000, code: 1008 }),
      ...life({ id: 'c', at: 13_000, closeAt: 14_000 }),
    ];
    const diagnosis = createDiagnosis();
    const seen = { ...sessionOf([]).view.value };
    for (const event of all) {
      diagnosis.push(event);
      const { sockets, chains } = diagnosis;
      const [lane] = lanesOf({ ...seen, sockets, chains }).lanes;
      expect(lane?.bars.map((bar) => [bar.id, bar.to])).toEqual(
        [...sockets.values()].map((socket) => [socket.id, socket.closeAt]),
      );
      expect(lane?.gaps).toHaveLength(sockets.size - 1);
    }
  });

  it('puts overlapping sockets of one chain beside each other', () => {
    const view = sessionOf([
      ...life({ id: 'a' }),
      ...life({ id: 'b', at: 100 }),
      { t: 5_000, type: 'end' },
    ]).view.value;
    const rows = lanesOf(view).lanes.flatMap((lane) => lane.bars.map((bar) => bar.row));
    expect(new Set(rows).size).toBe(lanesOf(view).lanes.length === 1 ? 2 : 1);
  });

  it('is empty without sockets', () => {
    expect(lanesOf(sessionOf([]).view.value).lanes).toEqual([]);
  });
});

describe('marksOf', () => {
  it('makes bands of hidden and offline times and flags of moments', () => {
    expect(
      marksOf([
        { t: 0, type: 'page', state: 'visible' },
        { t: 10, type: 'page', state: 'hidden' },
        { t: 30, type: 'page', state: 'visible' },
        { t: 40, type: 'page', state: 'offline' },
        { t: 50, type: 'page', state: 'online' },
        { t: 55, type: 'drill', kind: 'close' },
        { t: 60, type: 'page', state: 'hidden' },
        { t: 61, type: 'page', state: 'pagehide' },
        { t: 70, type: 'page', state: 'offline' },
      ]),
    ).toEqual({
      bands: [
        { kind: 'hidden', from: 10, to: 30 },
        { kind: 'offline', from: 40, to: 50 },
        { kind: 'hidden', from: 60, to: 61 },
        { kind: 'offline', from: 70 },
      ],
      flags: [
        { kind: 'drill', t: 55, label: 'close' },
        { kind: 'navigation', t: 61 },
      ],
    });
  });
});

describe('recommendedDelay', () => {
  it('starts within five seconds, grows, and stays under its cap', () => {
    expect(recommendedDelay(1)).toEqual({ fromMs: 0, toMs: 5_000 });
    for (let n = 2; n < 12; n += 1) {
      const before = recommendedDelay(n - 1);
      const now = recommendedDelay(n);
      expect(now.fromMs).toBeGreaterThanOrEqual(before.fromMs);
      expect(now.toMs).toBeGreaterThanOrEqual(before.toMs);
      expect(now.toMs).toBeLessThanOrEqual(30_000);
      expect(now.fromMs).toBeLessThan(now.toMs);
    }
  });
});

describe('the scale', () => {
  it('puts ticks at round wall-clock times', () => {
    const startedAt = Date.UTC(2026, 0, 31, 9, 30, 0, 400);
    const { step, at } = ticks({ from: 0, to: 60_000 }, 600, startedAt);
    expect(step).toBe(10_000);
    expect(at.map((t) => (startedAt + t) % step)).toEqual(at.map(() => 0));
  });

  it('zooms around a moment and not without end', () => {
    expect(zoomed({ from: 0, to: 100 }, 0.5, 50)).toEqual({ from: 25, to: 75 });
    const close = zoomed({ from: 0, to: 30 }, 0.01, 0);
    expect(close.to - close.from).toBe(20);
  });

  it('gives a short session room', () => {
    const { from, to } = fitted(0, 0);
    expect(to - from).toBeGreaterThanOrEqual(1_000);
  });
});
