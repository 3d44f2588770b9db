import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/rules/create-diagnosis.ts';
import { timeline } from '../../support/timeline.ts';

/** A socket that is closed with 1001 and tried again after each delay; failing ones never open. */
function attempts(delays: readonly number[], how: 'fails' | 'opens' = 'fails'): string {
  const lines = ['0 s0 open wss://a.test/feed', '5000 s0 close 1001'];
  let t = 5000;
  delays.forEach((delay, i) => {
    t += delay;
    lines.push(`${t} s${i + 1} ${how === 'opens' ? 'open' : 'new'} wss://a.test/feed`);
    t += 50;
    lines.push(`${t} s${i + 1} close ${how === 'opens' ? 1001 : 1006}`);
  });
  return lines.join('\n');
}

function chain(text: string) {
  const { chains } = diagnose(timeline(text));
  expect(chains).toHaveLength(1);
  return chains[0]!;
}

describe('the verdict on a chain', () => {
  it.each([
    ['no-close', '0 s1 open wss://a.test/\n20000 end'],
    ['no-reconnect', '0 s1 open wss://a.test/\n5000 s1 close 1001\n40000 end'],
    ['no-reconnect', '0 s1 open wss://a.test/\n5000 s1 call\n5010 s1 close 1005\n40000 end'],
    [
      'reconnected',
      '0 s1 open wss://a.test/\n5000 s1 close 1001\n6000 s2 open wss://a.test/\n40000 end',
    ],
    ['reconnects-immediately', `${attempts([0, 2, 1, 9, 3, 1], 'opens')}\n5500 end`],
    ['reconnects-fixed', `${attempts([1000, 1004, 1001, 1010, 1000])}\n12000 end`],
    ['reconnects-fixed-jittered', `${attempts([1000, 700, 1300, 600, 1200, 900])}\n12000 end`],
    // A timer of 10 ms on a page that grows busy, and one that is late once.
    [
      'reconnects-fixed-jittered',
      `${attempts([14, 22, 18, 41, 25, 50, 110, 45, 33, 105], 'opens')}\n6000 end`,
    ],
    [
      'reconnects-fixed-jittered',
      `${attempts([150, 170, 160, 155, 165, 158, 900, 161])}\n12000 end`,
    ],
    ['reconnects-with-backoff', `${attempts([10, 50, 100, 150, 200])}\n9000 end`],
    ['reconnects-with-backoff', `${attempts([1000, 2000, 4000, 8000])}\n21000 end`],
    ['gave-up', `${attempts([1000, 1000, 1000])}\n60000 end`],
    [
      'page-reload',
      '0 s1 open wss://a.test/\n5000 s1 close 1001\n7000 page beforeunload\n7400 page pageshow\n40000 end',
    ],
    [
      'page-reload',
      '0 s1 open wss://a.test/ doc=d1\n5000 s1 close 1001\n7000 page pagehide doc=d1\n7400 s2 open wss://a.test/ doc=d2\n40000 end',
    ],
    // Kept by the browser and shown again: the same document came back.
    [
      'reconnected',
      '0 s1 open wss://a.test/ doc=d1\n5000 s1 close 1001\n7000 page pagehide persisted doc=d1\n90000 page pageshow persisted doc=d1\n90400 s2 open wss://a.test/ doc=d1\n99000 end',
    ],
    // A careful client opens the next before the last is gone.
    [
      'reconnected',
      '0 s1 open wss://a.test/\n300000 s2 open wss://a.test/\n300500 s1 close 1001\n600000 s3 open wss://a.test/\n600500 s2 close 1001\n700000 end',
    ],
    ['not-detected', '0 s1 open wss://a.test/\n5000 s1 send text 10\n120000 end'],
    [
      'not-detected',
      '0 s1 open wss://a.test/\n5000 s1 call\n5500 s2 open wss://a.test/\n30000 end',
    ],
  ])('%s', (verdict, text) => {
    expect(chain(text).verdict).toBe(verdict);
  });

  it('comes with delays from close to construction, growth, cap and recovery', () => {
    const { delaysMs, data, replacements } = chain(
      `${attempts([1000, 2000, 4000, 8000, 8000, 8000])}
       45000 s9 open wss://a.test/feed
       60000 end`,
    );
    expect(delaysMs).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8700]);
    expect(data).toMatchObject({ attempts: 7, capMs: 8000, recoveryMs: 40_000 });
    expect(data.growth).toBeGreaterThan(1.5);
    expect(replacements[0]).toEqual({ ended: 's0', by: 's1' });
  });

  it('says what may still come', () => {
    const pending = '0 s1 open wss://a.test/\n5000 s1 close 1001\n9000 end';
    expect(chain(pending).data).toMatchObject({ pending: true, vacancies: 1 });
  });
});

describe('vacancies', () => {
  it('are filled oldest first', () => {
    const { replacements } = chain(`
      0     s1 open  wss://a.test/feed
      1     s2 open  wss://a.test/feed
      5000  s1 close 1001
      5500  s2 close 1001
      6000  s3 open  wss://a.test/feed
      6500  s4 open  wss://a.test/feed
      9000  end`);
    expect(replacements).toEqual([
      { ended: 's1', by: 's3' },
      { ended: 's2', by: 's4' },
    ]);
  });

  it('that nobody waits for any more let newer ones go first', () => {
    const { replacements, delaysMs } = chain(`
      0       s1 open  wss://a.test/feed
      1       s2 open  wss://a.test/feed
      5000    s1 close 1001
      500000  s2 close 1001
      501000  s3 open  wss://a.test/feed
      502000  end`);
    expect(replacements).toEqual([{ ended: 's1' }, { ended: 's2', by: 's3' }]);
    expect(delaysMs).toEqual([1000]);
  });

  it('left by the page are filled last', () => {
    const { replacements } = chain(`
      0     s1 open  wss://a.test/feed
      1     s2 open  wss://a.test/feed
      5000  s1 call  1000
      5010  s1 close 1000
      5500  s2 close 1001
      6000  s3 open  wss://a.test/feed
      9000  end`);
    expect(replacements).toEqual([{ ended: 's1' }, { ended: 's2', by: 's3' }]);
  });

  it('are not filled by another frame of the same kind', () => {
    const { replacements } = chain(`
      0     s1 open  wss://a.test/feed doc=d1
      5000  s1 close 1001
      6000  s2 open  wss://a.test/feed doc=d2
      9000  end`);
    expect(replacements).toEqual([{ ended: 's1' }]);
  });
});
