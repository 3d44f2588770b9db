import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrafficEvent } from '../../src/model/events.ts';
import {
  MAX_RUNS,
  RUN_SLICE_MS,
  type TrafficRun,
  TrafficRuns,
} from '../../src/model/traffic-runs.ts';

const SLICE = RUN_SLICE_MS;

function send(t: number, rest: Partial<TrafficEvent> = {}): TrafficEvent {
  return { t, type: 'send', socket: 's1', kind: 'text', bytes: 3, ...rest } as TrafficEvent;
}

/** The same, with a list of objects and nothing clever. */
function plainly(events: readonly TrafficEvent[]): TrafficRun[] {
  const slice = (t: number) => Math.floor(t / SLICE);
  let runs: TrafficRun[] = [];
  for (const { t, type, kind, bytes, preview, count = 1, firstT = t } of events) {
    const largest = count === 1 ? bytes : Math.ceil(bytes / count);
    const of = { direction: type, kind };
    const at = runs.findLastIndex(
      (run) =>
        slice(run.to) === slice(t) &&
        run.direction === type &&
        run.kind === kind &&
        run.preview === undefined &&
        preview === undefined,
    );
    if (at >= 0) {
      const run = runs[at]!;
      runs[at] = {
        ...run,
        from: Math.min(run.from, firstT),
        to: Math.max(run.to, t),
        count: run.count + count,
        bytes: run.bytes + bytes,
        largest: Math.max(run.largest, largest),
      };
      continue;
    }
    const run = { ...of, from: firstT, to: t, count, bytes, largest };
    const place = runs.findLastIndex((one) => slice(one.to) < slice(t)) + 1;
    let after = place;
    while (after < runs.length && runs[after]!.to <= t) after++;
    runs = runs.toSpliced(after, 0, preview === undefined ? run : { ...run, preview });
    if (runs.length > MAX_RUNS) runs.shift();
  }
  return runs;
}

const runsOf = (events: readonly TrafficEvent[]) => {
  const runs = new TrafficRuns();
  for (const event of events) runs.add(event);
  return runs;
};

describe('the latest runs of messages', () => {
  it('gives a preview to the message that it is of, when previews begin in the middle', () => {
    const runs = runsOf([
      ...[0, 1, 2, 3].map((i) => send(i * SLICE)),
      send(4 * SLICE, { preview: 'HELLO' }),
      send(5 * SLICE),
    ]);
    expect([...runs].map(({ preview }) => preview)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'HELLO',
      undefined,
    ]);
    expect(runs.hasPreviews).toBe(true);
  });

  it('forgets a preview with its message', () => {
    const runs = runsOf([
      send(0, { preview: 'first' }),
      ...Array.from({ length: MAX_RUNS }, (_, i) => send((i + 1) * SLICE)),
    ]);
    expect(runs.length).toBe(MAX_RUNS);
    expect(runs.hasPreviews).toBe(false);
  });

  it('says of the newest messages what a list of objects says', () => {
    const event = fc.record({
      t: fc.integer({ min: 0, max: 90 * SLICE }),
      type: fc.constantFrom('send' as const, 'receive' as const),
      kind: fc.constantFrom('text' as const, 'binary' as const),
      bytes: fc.integer({ min: 0, max: 5_000 }),
      preview: fc.option(fc.constantFrom('a', 'b'), { nil: undefined, freq: 6 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 250 }), fc.boolean(), (list, late) => {
        const sorted = late ? list : list.toSorted((a, b) => a.t - b.t);
        const events = sorted.map(
          ({ preview, ...rest }) =>
            ({
              socket: 's1',
              ...rest,
              ...(preview === undefined ? {} : { preview }),
            }) as TrafficEvent,
        );
        const runs = runsOf(events);
        const plain = plainly(events);
        expect([...runs]).toEqual(plain);
        expect(runs.length).toBe(plain.length);
        expect(runs.at(-1)).toEqual(plain.at(-1));
        expect(runs.at(plain.length)).toBeUndefined();
        const sent = plain.filter(({ direction }) => direction === 'send');
        expect(runs.lastSent()?.largest).toBe(sent.at(-1)?.largest);
        expect(runs.within('send', 0, Infinity).messages).toBe(
          sent.reduce((sum, { count }) => sum + count, 0),
        );
      }),
    );
  });
});
