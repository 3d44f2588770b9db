/** What the tool must say of each client: its own policy, read from its source. */
import type { ChainVerdict } from '../../src/rules/types.ts';
import type { Flow } from '../support/clients/index.ts';

export interface Expected {
  /** More than one where the machine's load decides. */
  readonly verdicts: readonly ChainVerdict[];
  /** Exactly these rules fail. */
  readonly failed: readonly string[];
  /** They may fail as well: the machine's load decides. */
  readonly mayFail?: readonly string[];
  /** Code of the client's own stop. */
  readonly ownCode?: number;
}

const RETURNED: Expected = { verdicts: ['reconnected'], failed: [] };
const REFUSED: Expected = { verdicts: ['reconnected'], failed: ['policy-violation'] };
const STOPPED: Expected = { verdicts: ['no-reconnect'], failed: [], ownCode: 1005 };
const LOOP = ['policy-violation', 'policy-violation-retry-loop'];

const expected: Readonly<Record<string, Expected>> = {
  'reconnecting-websocket/restart': RETURNED,
  'reconnecting-websocket/refused-once': REFUSED,
  // It counts its tries on until a connection has lived for 5 s.
  // Six waits that grow by 1.3 are hard to tell from constant ones on a busy machine.
  'reconnecting-websocket/refused-again': {
    verdicts: ['reconnects-with-backoff'],
    failed: LOOP,
    mayFail: ['backoff-reset-on-open'],
  },
  'reconnecting-websocket/restart-of-subclass': RETURNED,
  'reconnecting-websocket/stopped': { ...STOPPED, ownCode: 1000 },
  'socket.io/restart': RETURNED,
  'socket.io/restart-without-polling': RETURNED,
  'socket.io/refused-once': REFUSED,
  // 0.5 to 1.5 s each time: every connection that opens starts its backoff anew. A browser may hold
  // timers of a page behind another tab back to a second, which leaves little of the jitter.
  'socket.io/refused-again': {
    verdicts: ['reconnects-fixed-jittered', 'reconnects-fixed'],
    failed: [...LOOP, 'backoff-reset-on-open'],
  },
  'socket.io/refused-again-without-polling': {
    verdicts: ['reconnects-fixed-jittered', 'reconnects-fixed'],
    failed: [...LOOP, 'backoff-reset-on-open'],
  },
  'socket.io/stopped': STOPPED,
  'graphql-ws/restart': RETURNED,
  'graphql-ws/refused-once': { verdicts: ['no-reconnect'], failed: ['policy-violation'] },
  'graphql-ws/restart-of-subclass': RETURNED,
  'graphql-ws/stopped': { ...STOPPED, ownCode: 1000 },
  // At once, then after 2, 10 and 30 s.
  'signalr/restart': RETURNED,
  'signalr/refused-once': REFUSED,
  'signalr/restart-without-reconnect': {
    verdicts: ['no-reconnect'],
    failed: ['missing-reconnection'],
  },
  'signalr/refused-without-reconnect': { verdicts: ['no-reconnect'], failed: ['policy-violation'] },
  'signalr/stopped': STOPPED,
  'phoenix/restart': RETURNED,
  'phoenix/refused-once': REFUSED,
  // A timer of 10 ms, anew after every connection that opens; a busy browser makes it 100 ms and more,
  // and one that grows busier makes it grow.
  'phoenix/refused-again': {
    verdicts: [
      'reconnects-immediately',
      'reconnects-fixed',
      'reconnects-fixed-jittered',
      'reconnects-with-backoff',
    ],
    failed: [...LOOP, 'backoff-reset-on-open'],
    mayFail: ['reconnection-without-backoff'],
  },
  'phoenix/stopped': STOPPED,
};

export function expectedOf({ library, name }: Flow): Expected {
  const found = expected[`${library}/${name}`];
  if (found === undefined) throw new Error(`Nothing is expected of ${library}/${name}`);
  return found;
}
