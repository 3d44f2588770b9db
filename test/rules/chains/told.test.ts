import { describe, expect, it } from 'vitest';
import { isPool, tellChain } from '../../../src/rules/chains/told.ts';
import { diagnose } from '../../../src/rules/create-diagnosis.ts';
import { timeline } from '../../support/timeline.ts';

function told(text: string) {
  const { chains, sockets } = diagnose(timeline(text));
  return { ...tellChain(chains[0]!, sockets), pool: isPool(chains[0]!, sockets) };
}

describe('the verdict on a chain for a reader', () => {
  it('is that of one socket after another', () => {
    expect(
      told(`
        0      s1 open   wss://a.test/feed
        6000   s1 close  1001
        7000   s2 open   wss://a.test/feed
        12000  s2 close  1001
        13000  s3 open   wss://a.test/feed
        90000  end`),
    ).toMatchObject({ id: 'verdict_reconnects_fixed', pool: false });
  });

  it('is no rhythm where several live side by side, each with a wait of its own', () => {
    const lines = [1, 2, 3, 4].flatMap((i) => [
      `${i} s${i} open wss://a.test/feed`,
      `${6_000 + i} s${i} close 1001`,
      `${6_500 + i * 900} again${i} open wss://a.test/feed`,
    ]);
    lines.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    expect(told(lines.join('\n'))).toMatchObject({
      id: 'chain_pool',
      params: { count: 4 },
      pool: true,
    });
  });

  it('is none of what the browser alone saw', () => {
    expect(
      told(`
        0      handshake wss://a.test/feed 403
        90000  end`),
    ).toMatchObject({ id: 'chain_unseen' });
  });

  it('misses nothing where the page ended its last socket on purpose', () => {
    expect(
      told(`
        0      s1 open   wss://a.test/feed
        6000   s1 call   1000 state=1
        6010   s1 close  1000
        90000  end`),
    ).toMatchObject({ id: 'chain_not_needed' });
  });

  it('misses a successor where the server ended it', () => {
    expect(
      told(`
        0      s1 open   wss://a.test/feed
        6000   s1 close  1001
        90000  end`),
    ).toMatchObject({ id: 'verdict_no_reconnect' });
  });
});
