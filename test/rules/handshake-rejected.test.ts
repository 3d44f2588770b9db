import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { timeline } from '../support/timeline.ts';
import { checkRule } from './check-rule.ts';
import { cases } from './handshake-rejected.cases.ts';

checkRule(cases);

/** A page makes a socket a millisecond; those past the 200th the browser fails at once. */
function crowd(made: number, more = ''): ReturnType<typeof diagnose> {
  const lines = Array.from({ length: made }, (_, i) =>
    i < 200
      ? `${i} s${i} new wss://a.test/feed\n${2_000 + i} s${i} open`
      : `${i} s${i} new wss://a.test/feed\n${i + 0.5} s${i} error\n${i + 0.5} s${i} close 1006`,
  );
  const events = timeline(`${lines.join('\n')}\n${more}\n90000 end`);
  return diagnose(events.sort((a, b) => a.t - b.t));
}

const failed = (diagnosis: ReturnType<typeof diagnose>) =>
  diagnosis.findings.filter(({ verdict }) => verdict === 'failed');

describe('more sockets at once than a browser allows', () => {
  it('says that the browser refused, not a server', () => {
    const [finding, ...more] = failed(crowd(230)).filter(
      ({ rule }) => rule === 'handshake-rejected',
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      message: { id: 'finding_handshakeRejected_crowded' },
      data: { advice: 'crowded' },
    });
    expect(finding?.sockets).toContain('s200');
    expect(finding?.sockets).not.toContain('s199');
  });

  it('takes none of them for an attempt to reconnect', () => {
    const diagnosis = crowd(230);
    expect(failed(diagnosis).map(({ rule }) => rule)).toEqual(['handshake-rejected']);
    expect(diagnosis.chains[0]?.delaysMs).toEqual([]);
  });

  it('stands back where the browser tells of an answer', () => {
    const diagnosis = crowd(201, '250 handshake wss://a.test/feed 503');
    expect(failed(diagnosis)[0]).toMatchObject({
      rule: 'handshake-rejected',
      message: { id: 'finding_handshakeRejected_http' },
    });
  });

  it('is not there for one socket after another', () => {
    const lines = Array.from(
      { length: 230 },
      (_, i) =>
        `${i * 100} s${i} new wss://a.test/feed\n${i * 100 + 20} s${i} error\n${i * 100 + 20} s${i} close 1006`,
    );
    const found = failed(diagnose(timeline(`${lines.join('\n')}\n90000 end`)));
    expect(found.find(({ rule }) => rule === 'handshake-rejected')).toMatchObject({
      message: { id: 'finding_handshakeRejected_unseen' },
    });
  });
});

describe('an answer of 101', () => {
  it('of a quick retry is not that of the try before', () => {
    const { sockets } = diagnose(
      timeline(`
        0      s1 new    wss://a.test/feed
        100    s1 error
        105    s1 close  1006
        600    handshake wss://a.test/feed 101
        600    s2 new    wss://a.test/feed
        650    s2 open
        9000   end`),
    );
    expect([...sockets.values()].map(({ id, handshake }) => [id, handshake?.status])).toEqual([
      ['s1', undefined],
      ['s2', 101],
    ]);
  });
});
