import { beforeAll, describe, expect, it } from 'vitest';
import { chainVerdict, isPool } from '../../src/panel/sockets/chain-verdict.ts';
import { words } from '../../src/panel/words.ts';
import { shippedWords } from './codes/words.ts';
import { life } from './support/events.ts';
import { sessionOf } from './support/session-of.ts';

beforeAll(() => {
  words.value = shippedWords('en');
});

function chainOf(events: Parameters<typeof sessionOf>[0]) {
  const view = sessionOf(events).view.value;
  const chain = view.chainOf('s1')!;
  return { pool: isPool(chain, view), said: chainVerdict(chain, view) };
}

describe('the verdict on a chain in words', () => {
  it('is that of one socket after another', () => {
    const events = [
      ...life({ id: 's1', at: 0, closeAt: 6_000 }),
      ...life({ id: 's2', at: 7_000, closeAt: 12_000 }),
      ...life({ id: 's3', at: 13_000 }),
    ];
    expect(chainOf(events)).toMatchObject({ pool: false });
  });

  it('is no rhythm where several live side by side, each with a wait of its own', () => {
    const events = [1, 2, 3, 4].flatMap((i) => [
      ...life({ id: `s${i}`, at: i, closeAt: 6_000 + i }),
      ...life({ id: `again${i}`, at: 6_500 + i * 900 }),
    ]);
    events.sort((a, b) => a.t - b.t);
    const { pool, said } = chainOf(events);
    expect(pool).toBe(true);
    expect(said).toContain('4');
  });
});
