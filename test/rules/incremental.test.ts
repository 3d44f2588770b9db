import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../src/model/events.ts';
import { createDiagnosis } from '../../src/rules/create-diagnosis.ts';
import type { Diagnosis } from '../../src/rules/diagnosis.ts';
import { anySession } from '../support/random-session.ts';
import { timeline } from '../support/timeline.ts';

function fromScratch(events: readonly SessionEvent[], until: number): Diagnosis {
  const diagnosis = createDiagnosis();
  for (const event of events) diagnosis.push(event);
  diagnosis.advance(until);
  return diagnosis;
}

/** The same event in a session that takes so many times as long. */
function stretched<E extends SessionEvent>(event: E, factor: number): E {
  return {
    ...event,
    t: event.t * factor,
    ...('firstT' in event && event.firstT !== undefined ? { firstT: event.firstT * factor } : {}),
  };
}

/** All that a reader can see. */
function seen(diagnosis: Diagnosis): unknown {
  return JSON.parse(
    JSON.stringify({
      now: diagnosis.now,
      sockets: [...diagnosis.sockets.values()],
      chains: diagnosis.chains,
      findings: diagnosis.findings,
      dropped: diagnosis.dropped,
      ofSocket: [...diagnosis.sockets.keys()].map((id) => diagnosis.findingsOf(id)),
    }),
  );
}

// Hundreds of sessions a property: slow on a busy machine, and not timed here.
describe('the incremental diagnosis', { timeout: 120_000 }, () => {
  it('equals the one from scratch, whenever one looks and however the clock is told', () => {
    fc.assert(
      fc.property(
        anySession,
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 90_000 }),
        (events, looks, rest) => {
          const until = events.at(-1)!.t + rest;
          const live = createDiagnosis();
          events.forEach((event, i) => {
            live.push(event);
            const look = looks[i];
            if (look === undefined) return;
            // The clock runs on towards the next event, but never past it.
            live.advance(Math.min(event.t + look, events[i + 1]?.t ?? until));
            seen(live);
          });
          live.advance(until);
          expect(seen(live)).toEqual(seen(fromScratch(events, until)));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('says the same of long silences, whether the clock told of them second by second or at their end', () => {
    fc.assert(
      fc.property(anySession, fc.constantFrom(3, 10, 30), (session, factor) => {
        const events = session.map((event) => stretched(event, factor));
        const until = events.at(-1)!.t + 200_000;
        const live = createDiagnosis();
        for (const event of events) {
          for (let now = live.now + 1000; now < event.t; now += 1000) live.advance(now);
          live.push(event);
        }
        for (let now = live.now + 1000; now < until; now += 1000) live.advance(now);
        live.advance(until);
        expect(seen(live)).toEqual(seen(fromScratch(events, until)));
      }),
      { numRuns: 100 },
    );
  });

  it('is at rest between deadlines: advancing short of the next one changes nothing', () => {
    fc.assert(
      fc.property(anySession, (events) => {
        const diagnosis = fromScratch(events, events.at(-1)!.t);
        const next = diagnosis.nextDeadline;
        const before = seen(diagnosis) as { findings: unknown };
        diagnosis.advance(next === undefined ? 10_000_000 : (next + diagnosis.now) / 2);
        expect((seen(diagnosis) as { findings: unknown }).findings).toEqual(before.findings);
      }),
      { numRuns: 200 },
    );
  });

  it('takes what comes late by the clock as if it had come in time', () => {
    const events = timeline(`
      0      s1 new    wss://a.test/feed
      40     s1 open
      4200   s1 close  1001 "restart"
      4300   s2 new    wss://a.test/feed
      4340   s2 open
      9000   s2 close  1006
      10000  s3 new    wss://a.test/feed
      10040  s3 open
      50000  s3 close  1008 "token expired"`);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        const sorted = seen(fromScratch(events, 120_000)) as Seen;
        const late = seen(fromScratch(shuffled, 120_000)) as Seen;
        expect(verdicts(late)).toEqual(verdicts(sorted));
      }),
      { numRuns: 300 },
    );
  });

  it('explains a close anew when a twin, or what was sent before, is told late', () => {
    const told = (text: string): unknown =>
      fromScratch(timeline(text), 60_000).findings.map(({ rule, causes }) => [
        rule,
        causes?.map(({ cause, confidence }) => [cause, confidence]),
      ]);
    const first = `
      0      s1 open   wss://a.test/feed
      20000  s1 close  1008`;
    const twin = '19700 s2 open wss://a.test/feed';
    expect(told(`${first}\n${twin}`)).toEqual(told(first.replace('20000', `${twin}\n20000`)));
    const sent = '19900 s1 send text 40000 x200';
    expect(told(`${first}\n${sent}`)).toEqual(told(first.replace('20000', `${sent}\n20000`)));
  });

  it('never throws, and names only sockets that it knows', () => {
    fc.assert(
      fc.property(anySession, fc.integer(), (events, seed) => {
        const shuffled = [...events].sort(
          (a, b) => ((a.t * 7919 + seed) % 101) - ((b.t * 7919 + seed) % 101),
        );
        const diagnosis = fromScratch(shuffled, 1_000_000);
        for (const { sockets } of [...diagnosis.findings, ...diagnosis.chains]) {
          for (const socket of sockets) expect(diagnosis.sockets.has(socket)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('fires at the deadline without an event, and takes it back when the page returns', () => {
    const diagnosis = createDiagnosis();
    const failed = (): string[] =>
      diagnosis.findings.filter(({ verdict }) => verdict === 'failed').map(({ rule }) => rule);
    for (const event of timeline('0 s1 open wss://a.test/feed\n4200 s1 close 1001')) {
      diagnosis.push(event);
    }
    expect(failed()).toEqual([]);
    expect(diagnosis.nextDeadline).toBe(34_200);
    diagnosis.advance(34_199);
    expect(failed()).toEqual([]);
    const { revision } = diagnosis;
    diagnosis.advance(34_200);
    expect(failed()).toEqual(['missing-reconnection']);
    expect(diagnosis.revision).toBeGreaterThan(revision);
    expect(diagnosis.nextDeadline).toBeUndefined();
    for (const event of timeline('90000 s2 open wss://a.test/feed')) diagnosis.push(event);
    expect(failed()).toEqual([]);
    expect(diagnosis.findingsOf('s1').map(({ message }) => message.id)).toContain(
      'finding_missingReconnection_late',
    );
  });
});

interface Seen {
  readonly chains: readonly { verdict: string; delaysMs: number[]; replacements: unknown[] }[];
  readonly findings: readonly { rule: string; verdict: string; sockets: string[] }[];
  readonly sockets: readonly { id: string; state: string; closedBy?: string; code?: number }[];
}

function verdicts({ chains, findings, sockets }: Seen): unknown {
  return {
    chains: chains.map(({ verdict, delaysMs, replacements }) => ({
      verdict,
      delaysMs,
      replacements,
    })),
    findings: findings.map(({ rule, verdict, sockets: named }) => [
      rule,
      verdict,
      [...named].sort(),
    ]),
    sockets: sockets
      .map(({ id, state, closedBy, code }) => [id, state, closedBy, code])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  };
}
