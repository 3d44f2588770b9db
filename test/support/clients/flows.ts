/** What the server does to each client, and whether the client is one that comes back. Shared with the page. */
export type Library = 'reconnecting-websocket' | 'socket.io' | 'graphql-ws' | 'signalr' | 'phoenix';

export interface Ending {
  readonly code: number;
  readonly reason: string;
}

export interface Flow {
  readonly library: Library;
  readonly name: string;
  /** How the server ends the first, the second, … connection. The one after the last stays. */
  readonly endings: readonly Ending[];
  /** The client opens a socket again after the last ending. */
  readonly returns: boolean;
  /** From the first answer of a connection to its end, milliseconds. Default 300. */
  readonly endAfterMs?: number;
  /** The page ends it by the client's own call after the first answer. */
  readonly stops?: boolean;
}

export const restarting: Ending = { code: 1001, reason: 'server restarting' };
export const invalidToken: Ending = { code: 1008, reason: 'invalid token' };

/** What clients present. The server does not look at it: it refuses by plan. */
export const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl';

const refused = (times: number): Ending[] => Array.from({ length: times }, () => invalidToken);

const of = (library: Library, flows: readonly Omit<Flow, 'library'>[]): Flow[] =>
  flows.map((flow) => ({ library, ...flow }));

const restart = { name: 'restart', endings: [restarting], returns: true };
const refusedOnce = { name: 'refused-once', endings: [invalidToken], returns: true };
const stopped = { name: 'stopped', endings: [], returns: false, stops: true };

export const flows: readonly Flow[] = [
  ...of('reconnecting-websocket', [
    restart,
    refusedOnce,
    // 1 s, then 1.3 times the wait before, each time.
    { name: 'refused-again', endings: refused(6), returns: true },
    { ...restart, name: 'restart-of-subclass' },
    stopped,
  ]),
  ...of('socket.io', [
    restart,
    { ...restart, name: 'restart-without-polling' },
    refusedOnce,
    // Random waits: of fewer than twelve some now and then grow by accident.
    { name: 'refused-again', endings: refused(12), returns: true, endAfterMs: 100 },
    {
      name: 'refused-again-without-polling',
      endings: refused(12),
      returns: true,
      endAfterMs: 100,
    },
    stopped,
  ]),
  // 1008 is fatal for it: the subscription ends with an error.
  ...of('graphql-ws', [
    restart,
    { ...refusedOnce, returns: false },
    { ...restart, name: 'restart-of-subclass' },
    stopped,
  ]),
  ...of('signalr', [
    restart,
    refusedOnce,
    // The last of all to be left alone: when its grace period is over, so are those of the others.
    { ...restart, name: 'restart-without-reconnect', returns: false, endAfterMs: 3000 },
    { ...refusedOnce, name: 'refused-without-reconnect', returns: false },
    stopped,
  ]),
  ...of('phoenix', [
    restart,
    refusedOnce,
    { name: 'refused-again', endings: refused(12), returns: true },
    stopped,
  ]),
];

/** Path of the client's own endpoint, without what the client appends. */
export const pathOf = ({ library, name }: Flow): string => `/${library}/${name}`;
