import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/model/events.ts';
import { Session } from '../../src/panel/session.ts';
import { createDiagnosis } from '../../src/rules/create-diagnosis.ts';
import { life } from './support/events.ts';
import { FakeClock } from './support/fake-clock.ts';
import { sessionOf } from './support/session-of.ts';

function liveSession(limits?: { messages: number; lifecycle: number }) {
  const clock = new FakeClock();
  const session = new Session({
    name: '',
    startedAt: clock.now(),
    live: true,
    clock,
    createDiagnosis,
    limits,
  });
  return { clock, session };
}

const failed = (session: Session) =>
  session.view.value.findings.filter((one) => one.verdict === 'failed').map((one) => one.rule);

describe('Session', () => {
  it('shows a socket with the next frame', () => {
    const { clock, session } = liveSession();
    session.add(life());
    clock.advance(16);
    expect([...session.view.value.sockets.keys()]).toEqual(['s1']);
  });

  it('wakes up by itself when the grace period of a lost socket is over', () => {
    const { clock, session } = liveSession();
    session.add([
      { t: 0, type: 'page', state: 'visible', document: 'd1' },
      ...life({ closeAt: 6_000 }),
    ]);
    clock.advance(20_000);
    expect(failed(session)).not.toContain('missing-reconnection');
    clock.advance(60_000);
    expect(failed(session)).toContain('missing-reconnection');
  });

  it('keeps living sockets and forgets ended ones on clear', () => {
    const { clock, session } = liveSession();
    session.add([...life({ id: 'dead', closeAt: 500 }), ...life({ id: 'alive', at: 700 })]);
    clock.advance(100);
    session.clear();
    clock.advance(100);
    expect([...session.view.value.sockets.keys()]).toEqual(['alive']);
    expect(session.view.value.sockets.get('alive')?.url).toBe('wss://a.test/feed');
    expect(session.view.value.dropped).toBe(0);
  });

  it('knows after a clear that the page is hidden', () => {
    const { clock, session } = liveSession();
    session.add([{ t: 0, type: 'page', state: 'hidden', document: 'd1' }]);
    session.clear();
    expect(session.log.ordered()).toEqual([
      { t: 0, type: 'page', state: 'hidden', document: 'd1' },
    ]);
    clock.advance(16);
  });

  it('derives the findings anew when rules change, from the same evidence', () => {
    const events = life({ closeAt: 3_000, code: 1008, reason: 'token expired' });
    const session = sessionOf([...events, { t: 60_000, type: 'end' }]);
    expect(failed(session)).toContain('policy-violation');
    const off = sessionOf([...events, { t: 60_000, type: 'end' }], { off: ['policy-violation'] });
    expect(failed(off)).not.toContain('policy-violation');
  });

  it('counts what fell out of its log once, also after a rebuild', () => {
    const { clock, session } = liveSession({ messages: 80, lifecycle: 1_000 });
    session.add(life({}));
    session.add(
      Array.from({ length: 100 }, (_, i) => ({
        t: 1_000 + i,
        type: 'receive' as const,
        socket: 'a',
        kind: 'text' as const,
        bytes: 1,
      })),
    );
    clock.advance(1_000);
    const { lost } = session.log;
    expect(lost).toBeGreaterThan(0);
    expect(session.view.value.dropped).toBe(lost);
    session.setSettings({ off: ['server-closure'] });
    clock.advance(1_000);
    expect(session.view.value.dropped).toBe(lost);
    session.close();
  });

  it('moves its start when older events come, without losing any', () => {
    const { clock, session } = liveSession();
    session.add(life({ id: 'young', at: 100 }));
    session.moveStart(session.startedAt - 5_000);
    session.add(life({ id: 'old', at: 10 }));
    clock.advance(100);
    const { sockets } = session.view.value;
    expect(sockets.get('young')?.openingAt).toBe(5_100);
    expect(sockets.get('old')?.openingAt).toBe(10);
  });

  it('counts what fell out of its own log, and still shows every message in the totals', () => {
    const { clock, session } = liveSession({ messages: 100, lifecycle: 1_000 });
    const messages: SessionEvent[] = [];
    for (let t = 100; t < 400; t += 1) {
      messages.push({ t, type: 'receive', socket: 's1', kind: 'text', bytes: 5 });
    }
    session.add([...life(), ...messages]);
    clock.advance(1_000);
    expect(session.view.value.dropped).toBeGreaterThan(0);
    expect(session.view.value.sockets.get('s1')?.received).toMatchObject({
      messages: 300,
      bytes: 1_500,
    });
  });

  it('tells when everything has been taken in', async () => {
    const { clock, session } = liveSession();
    const events: SessionEvent[] = [];
    for (let i = 0; i < 300; i += 1) {
      events.push(
        ...life({
          id: `s${i}`,
          url: `wss://host-${i % 50}.test/`,
          at: i * 100,
          closeAt: i * 100 + 90,
        }),
      );
    }
    session.add(events);
    const settled = session.settled();
    clock.advance(60_000);
    await settled;
    expect(session.view.value.sockets.size).toBe(300);
  });
});
