import { describe, expect, it } from 'vitest';
import { createDiagnosis, diagnose } from '../../src/rules/create-diagnosis.ts';
import type { Diagnosis } from '../../src/rules/diagnosis.ts';
import type { RuleSettings } from '../../src/rules/types.ts';
import { timeline } from '../support/timeline.ts';

const TWO = `
  0      s1 open   wss://a.test/feed
  300    s1 close  1008
  400    s2 open   wss://b.test/chat
  4200   s2 close  1001 "restart"
  60000  end`;

function failed(diagnosis: Diagnosis): string[] {
  return diagnosis.findings
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ rule, endpoint }) => `${rule} ${endpoint}`);
}

function failedWith(settings: RuleSettings): string[] {
  return failed(diagnose(timeline(TWO), settings));
}

describe('settings', () => {
  it('by default leave all rules on', () => {
    expect(failedWith({}).sort()).toEqual([
      'missing-reconnection wss://b.test/chat',
      'policy-violation wss://a.test/feed',
      'policy-violation-without-reason wss://a.test/feed',
    ]);
  });

  it('turn a rule off', () => {
    expect(failedWith({ off: ['policy-violation'] })).not.toContain(
      'policy-violation wss://a.test/feed',
    );
  });

  it('suppress a rule for one endpoint', () => {
    const rule = 'missing-reconnection';
    expect(failedWith({ suppressed: [{ rule, endpoint: 'wss://b.test/chat' }] })).toHaveLength(2);
    expect(failedWith({ suppressed: [{ rule, endpoint: 'wss://a.test/feed' }] })).toHaveLength(3);
  });

  it('change a threshold, within its bounds', () => {
    const grace = (graceMs: number) =>
      failedWith({ thresholds: { 'missing-reconnection': { graceMs } } }).length;
    expect(grace(600_000)).toBe(2);
    expect(grace(-5)).toBe(3);
    expect(grace(Number.NaN)).toBe(3);
  });
});

describe('findings', () => {
  it('stand worst first', () => {
    const order = ['failed', 'needs-review', 'passed', 'not-applicable'];
    const { findings } = diagnose(timeline(TWO));
    const ranks = findings.map(({ verdict }) => order.indexOf(verdict));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBeGreaterThan(1);
  });

  it('are found by socket', () => {
    const diagnosis = diagnose(timeline(TWO));
    expect(diagnosis.findingsOf('s1').map(({ rule }) => rule)).toContain('policy-violation');
    expect(diagnosis.findingsOf('s2').map(({ rule }) => rule)).not.toContain('policy-violation');
    expect(diagnosis.findingsOf('nobody')).toEqual([]);
  });

  it('of one chain name only the sockets that they are about', () => {
    const diagnosis = diagnose(
      timeline(`
        0      s1 open  wss://a.test/feed
        4000   s1 close 1001
        5000   s2 open  wss://a.test/feed
        9000   s2 close 1001
        60000  end`),
    );
    const missing = diagnosis.findings.filter(({ rule }) => rule === 'missing-reconnection');
    expect(missing).toMatchObject([{ verdict: 'failed', sockets: ['s2'] }]);
    expect(missing[0]?.data).not.toHaveProperty('count');
    const own = diagnosis.findingsOf('s1').filter(({ rule }) => rule === 'missing-reconnection');
    expect(own).toMatchObject([{ verdict: 'passed', sockets: ['s1'] }]);
  });

  it('begin with the drill, where a person brought it about on purpose', () => {
    const { findings } = diagnose(
      timeline(`
        0      s1 open   wss://a.test/feed
        9990   s1 drill  close
        10000  s1 close  1008
        11000  s2 open   wss://a.test/feed
        60000  end`),
    );
    const told = findings.find(({ rule }) => rule === 'policy-violation');
    expect(told?.evidence[0]).toMatchObject({
      t: 9990,
      message: { id: 'evidence_drill', params: { kind: 'close' } },
    });
    expect(told?.data.drill).toBe('close');
  });

  it('of the whole session stand under the endpoint whose sockets they name', () => {
    const loop = (endpoint: string, from: number) =>
      Array.from(
        { length: 55 },
        (_, i) =>
          `${from + i * 100} ${endpoint}${i} open wss://a.test/${endpoint}\n${from + i * 100 + 50} ${endpoint}${i} close 1008`,
      ).join('\n');
    const { findings } = diagnose(
      timeline(`${loop('first', 0)}\n${loop('second', 60_000)}\n90000 end`),
    );
    const storms = findings.filter(({ rule }) => rule === 'reconnection-storm');
    expect(storms.map(({ endpoint }) => endpoint).sort()).toEqual([
      'wss://a.test/first',
      'wss://a.test/second',
    ]);
    for (const { endpoint, sockets } of storms) {
      const name = endpoint.split('/').at(-1)!;
      expect(sockets.every((socket) => socket.startsWith(name))).toBe(true);
    }
  });

  it('carry causes wherever a server began the close', () => {
    for (const code of [1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 3000, 4000, 4999]) {
      const { findings } = diagnose(
        timeline(`0 s1 open wss://a.test/\n50 s1 close ${code} "x"\n60 end`),
      );
      const explained = findings.filter(({ causes }) => (causes?.length ?? 0) > 0);
      expect(
        explained.map(({ sockets }) => sockets),
        String(code),
      ).toContainEqual(['s1']);
    }
  });

  it('of one refusal keep numbers that tell refusals apart', () => {
    const { findings } = diagnose(
      timeline(`
        0    s1 open wss://a.test/feed
        50   s1 close 1008 "error 401"
        900  s2 open wss://a.test/feed
        950  s2 close 1008 "error 403"
        990  end`),
    );
    expect(findings.filter(({ rule }) => rule === 'policy-violation')).toHaveLength(2);
  });
});

describe('the end of the watch', () => {
  const closed = '0 s1 open wss://a.test/feed\n4200 s1 close 1001';
  const verdict = (diagnosis: Diagnosis) =>
    diagnosis.findings.find(({ rule }) => rule === 'missing-reconnection')?.verdict;

  it('is the last event where none is told', () => {
    expect(verdict(diagnose(timeline(closed)))).toBe('needs-review');
    expect(verdict(diagnose(timeline(`${closed}\n50000 s9 open wss://z.test/`)))).toBe('failed');
  });

  it('leaves what is pending undecided, however late one asks', () => {
    const diagnosis = diagnose(timeline(`${closed}\n9000 end`));
    diagnosis.advance(1_000_000);
    expect(diagnosis.now).toBe(9_000);
    expect(diagnosis.nextDeadline).toBeUndefined();
    expect(verdict(diagnosis)).toBe('needs-review');
  });

  it('is taken back where the events go on', () => {
    const diagnosis = createDiagnosis();
    for (const event of timeline(`${closed}\n9000 end\n10000 s9 open wss://z.test/`)) {
      diagnosis.push(event);
    }
    expect(verdict(diagnosis)).toBeUndefined();
    diagnosis.advance(34_200);
    expect(verdict(diagnosis)).toBe('failed');
  });
});
