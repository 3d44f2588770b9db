import fc from 'fast-check';
import type { PageState, SessionEvent } from '../../src/model/events.ts';

const URLS = [
  'wss://a.test/feed',
  'wss://a.test/feed?token=x1',
  'wss://b.test/room/12345',
  'not a url',
];
const STATES: readonly PageState[] = [
  'visible',
  'hidden',
  'online',
  'offline',
  'beforeunload',
  'pagehide',
  'pageshow',
  'freeze',
  'resume',
];
const CODES = [1000, 1001, 1005, 1006, 1008, 1011, 1012, 1013, 4401];

const socket = fc.integer({ min: 1, max: 8 }).map((n) => `s${n}`);
const document = fc.constantFrom(undefined, 'd1', 'd2');

/** Any event at all, in no sensible order: what a hostile page or a torn log would hold. */
export const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constant('opening' as const),
      socket,
      url: fc.constantFrom(...URLS),
      document,
      stack: fc.constantFrom(undefined, 'at app.js:1:10', 'at app.js:2:20'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ t: fc.constant(0), type: fc.constant('open' as const), socket }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constantFrom('send' as const, 'receive' as const),
      socket,
      kind: fc.constantFrom('text' as const, 'binary' as const),
      bytes: fc.integer({ min: 0, max: 5000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constant('close-called' as const),
      socket,
      code: fc.constantFrom(undefined, 1000, 1001),
      readyState: fc.constantFrom(0, 1, 2, 3),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constant('close' as const),
      socket,
      code: fc.constantFrom(...CODES),
      reason: fc.constantFrom('', 'token expired', 'rate limit exceeded'),
      wasClean: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constant('handshake' as const),
      url: fc.constantFrom(...URLS),
      status: fc.constantFrom(0, 101, 403),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      t: fc.constant(0),
      type: fc.constant('page' as const),
      state: fc.constantFrom(...STATES),
      persisted: fc.boolean(),
      document,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ t: 0, type: 'dropped' as const, count: 3 }) },
);

/** Events with steps of time between them, some of many seconds. */
export const anySession: fc.Arbitrary<SessionEvent[]> = fc
  .array(
    fc.tuple(
      anyEvent,
      fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1000, max: 40_000 }),
      ),
    ),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((steps) => {
    let t = 0;
    return steps.map(([event, step]) => {
      t += step;
      return { ...event, t };
    });
  });
