/**
 * The misbehaving site's list of scenarios: shared by its page, by the command that starts it and by the
 * end-to-end tests. What happens on the wire stands in `behaviours.ts`, what the page does in `site/clients.ts`.
 */

export type ScenarioGroup =
  | 'going-away'
  | 'policy'
  | 'other-codes'
  | 'reconnection'
  | 'closing'
  | 'places';

export interface Expected {
  /** Close code of the scenario's first socket; none where none is seen in time. */
  readonly code?: number;
  readonly reason?: string;
  /** Rules that must have failed for the scenario's endpoint once `decidedAfterMs` has passed. */
  readonly fires: readonly string[];
  /** Rules that must not fail here: the well-behaved twin of a scenario that makes them fail. */
  readonly silent: readonly string[];
  /** First cause of the finding `policy-violation`. */
  readonly cause?: string;
  /** Milliseconds from the start until the last of `fires` can be known. */
  readonly decidedAfterMs: number;
}

export interface Scenario {
  /** Also the path of its sockets: `/ws/ID`. */
  readonly id: string;
  readonly group: ScenarioGroup;
  /** Shown on its card; the button's accessible name is `Run: TITLE`. */
  readonly title: string;
  readonly what: string;
  readonly expected: Expected;
  /** Shown by `npm start` without a display. */
  readonly tour?: boolean;
  /** Leaves the page or needs one of its own: run apart from the others. */
  readonly href?: string;
}

/** A watch has to last this long before silence counts as "never came back". */
const GRACE_MS = 30_000;
const ABANDONED_MS = 25_000;

const scenario = (
  group: ScenarioGroup,
  id: string,
  title: string,
  what: string,
  expected: Partial<Expected>,
  more: Pick<Scenario, 'tour' | 'href'> = {},
): Scenario => ({
  id,
  group,
  title,
  what,
  expected: { fires: [], silent: [], decidedAfterMs: 3_000, ...expected },
  ...more,
});

const tour = { tour: true };

export const groupTitles: Readonly<Record<ScenarioGroup, string>> = {
  'going-away': '1001 Going Away',
  policy: '1008 Policy Violation',
  'other-codes': 'Other codes',
  reconnection: 'Ways to come back',
  closing: 'Ways to close',
  places: 'Places a socket can live in',
};

export const scenarios: readonly Scenario[] = [
  scenario(
    'going-away',
    'going-away-backoff',
    '1001, then good backoff',
    'The server restarts and closes with 1001, its next instances too. The page waits longer each time, with jitter, and stays once a connection holds.',
    {
      code: 1001,
      reason: 'server restarting',
      silent: [
        'missing-reconnection',
        'reconnection-without-backoff',
        'reconnection-abandoned',
        'overlapping-reconnections',
        'backoff-reset-on-open',
        'going-away-by-page',
      ],
      decidedAfterMs: 8_000,
    },
    tour,
  ),
  scenario(
    'going-away',
    'going-away-silence',
    '1001, no reconnection',
    'The server closes with 1001. The page never opens another socket.',
    {
      code: 1001,
      reason: 'server going down',
      fires: ['missing-reconnection'],
      silent: ['recurring-going-away', 'going-away-by-page'],
      decidedAfterMs: GRACE_MS + 2_000,
    },
    tour,
  ),
  scenario(
    'going-away',
    'going-away-immediate',
    '1001, then immediate retries',
    'The server closes twelve connections with 1001; the page opens the next one at once each time.',
    {
      code: 1001,
      reason: 'server restarting',
      fires: ['reconnection-without-backoff'],
      silent: ['missing-reconnection'],
    },
    tour,
  ),
  scenario(
    'going-away',
    'going-away-recurring',
    '1001 at a steady age',
    'A proxy ends every connection six seconds after it began, while messages flow. The page comes back politely each time.',
    {
      code: 1001,
      reason: '',
      fires: ['recurring-going-away'],
      silent: ['missing-reconnection', 'silent-idle-timeout'],
      decidedAfterMs: 22_000,
    },
  ),
  scenario(
    'going-away',
    'page-leaves',
    'The page navigates away',
    'The page opens a socket, goes to another document and comes back: the server sees 1001, which nobody sent.',
    { fires: ['going-away-by-page'], silent: ['missing-reconnection'], decidedAfterMs: 8_000 },
    { tour: true, href: '/leave.html' },
  ),
  scenario(
    'policy',
    'too-many-messages',
    '1008, too many messages',
    'The page sends a hundred messages in a burst; the server allows twenty a second.',
    {
      code: 1008,
      reason: 'rate limit exceeded: 20 messages per second',
      fires: ['policy-violation'],
      silent: ['policy-violation-retry-loop', 'policy-violation-without-reason'],
      cause: 'rate-limit',
    },
    tour,
  ),
  scenario(
    'policy',
    'token-expired',
    '1008, expired token',
    'The handshake succeeds; 300 ms later the server closes with "token expired".',
    {
      code: 1008,
      reason: 'token expired',
      fires: ['policy-violation'],
      silent: ['policy-violation-retry-loop', 'policy-violation-misused', 'missing-reconnection'],
      cause: 'auth-expired',
    },
    tour,
  ),
  scenario(
    'policy',
    'no-authentication',
    '1008, no authentication',
    'The page subscribes without having logged in.',
    {
      code: 1008,
      reason: 'authentication required before subscribe',
      fires: ['policy-violation'],
      silent: ['policy-violation-retry-loop'],
      cause: 'auth-missing',
    },
    tour,
  ),
  scenario(
    'policy',
    'forbidden-content',
    '1008, forbidden content',
    'A chat message breaks the rules of the house.',
    {
      code: 1008,
      reason: 'message blocked by content filter',
      fires: ['policy-violation'],
      silent: ['policy-violation-retry-loop'],
      cause: 'content-policy',
    },
    tour,
  ),
  scenario(
    'policy',
    'blind-retry',
    '1008, then a blind retry loop',
    'The server rejects the token; the page presents the same one again, once a second, six times.',
    {
      code: 1008,
      reason: 'invalid token',
      fires: ['policy-violation', 'policy-violation-retry-loop'],
      cause: 'auth-invalid',
      decidedAfterMs: 9_000,
    },
    tour,
  ),
  scenario(
    'policy',
    'policy-misused',
    '1008 where 1009 was meant',
    'The server finds a message too big and closes with 1008.',
    {
      code: 1008,
      reason: 'message too big: limit is 65536 bytes',
      fires: ['policy-violation', 'policy-violation-misused'],
      cause: 'message-too-large',
    },
  ),
  scenario(
    'policy',
    'policy-without-reason',
    '1008 without a reason',
    'The server closes with 1008 and says nothing.',
    { code: 1008, reason: '', fires: ['policy-violation', 'policy-violation-without-reason'] },
  ),
  scenario(
    'other-codes',
    'message-too-big',
    '1009, message too big',
    'The page sends 200 kB where the server accepts 64 KiB.',
    { code: 1009, silent: ['policy-violation', 'missing-reconnection'] },
    tour,
  ),
  scenario(
    'other-codes',
    'internal-error',
    '1011, internal error',
    'The server fails on a message; the page comes back after a while.',
    {
      code: 1011,
      reason: 'unexpected condition while handling "report"',
      silent: ['missing-reconnection', 'policy-violation'],
      decidedAfterMs: 5_000,
    },
    tour,
  ),
  scenario(
    'other-codes',
    'connection-cut',
    '1006, the connection is cut',
    'The TCP connection ends without a close frame; the page comes back.',
    {
      code: 1006,
      reason: '',
      fires: ['abnormal-closure'],
      silent: ['missing-reconnection', 'handshake-rejected'],
      decidedAfterMs: 5_000,
    },
    tour,
  ),
  scenario(
    'other-codes',
    'handshake-refused',
    'Handshake refused with 403',
    'The server answers the opening handshake with HTTP 403; the page sees 1006 and no more.',
    {
      code: 1006,
      reason: '',
      fires: ['handshake-rejected'],
      silent: ['abnormal-closure', 'missing-reconnection'],
    },
    tour,
  ),
  scenario(
    'other-codes',
    'normal-for-error',
    '1000 for an error',
    'The server fails and closes with 1000, so that no client would come back.',
    {
      code: 1000,
      reason: 'internal error: database unavailable',
      fires: ['normal-closure-for-error'],
    },
  ),
  scenario(
    'other-codes',
    'restart-hint-ignored',
    '1012, the page is back too early',
    'Service Restart asks for a random wait of 5 to 30 s; the page is back after half a second.',
    {
      code: 1012,
      reason: 'service restart',
      fires: ['retry-hint-ignored'],
      decidedAfterMs: 4_000,
    },
  ),
  scenario(
    'other-codes',
    'restart-hint-honoured',
    '1012, the page waits',
    'Service Restart, and the page waits a random 5 to 10 s.',
    {
      code: 1012,
      reason: 'service restart',
      silent: ['retry-hint-ignored', 'missing-reconnection'],
      decidedAfterMs: 12_000,
    },
  ),
  scenario(
    'other-codes',
    'try-again-later',
    '1013, back to the same address',
    'Try Again Later; the page returns to the same address by itself.',
    { code: 1013, reason: 'overloaded', fires: ['retry-hint-ignored'], decidedAfterMs: 6_000 },
  ),
  scenario(
    'reconnection',
    'reconnection-storm',
    'Many sockets in lockstep',
    'Sixteen sockets are closed at once and all come back after the same 200 ms, four times.',
    { code: 1001, fires: ['reconnection-storm'], decidedAfterMs: 5_000 },
  ),
  scenario(
    'reconnection',
    'reconnection-spread',
    'Many sockets, spread out',
    'Sixteen sockets are closed at once; each waits a random time of its own.',
    {
      code: 1001,
      silent: ['reconnection-storm', 'missing-reconnection'],
      decidedAfterMs: 8_000,
    },
  ),
  scenario(
    'reconnection',
    'backoff-reset',
    'Backoff reset on open',
    'The server accepts, then closes at once. The page takes every open for a success and starts over.',
    {
      code: 1011,
      fires: ['backoff-reset-on-open'],
      silent: ['missing-reconnection'],
      decidedAfterMs: 10_000,
    },
  ),
  scenario(
    'reconnection',
    'abandoned',
    'The page gives up',
    'The server goes down; the page tries three times, then stops for good.',
    {
      code: 1001,
      fires: ['reconnection-abandoned'],
      decidedAfterMs: 8_000 + ABANDONED_MS,
    },
  ),
  scenario(
    'reconnection',
    'overlapping',
    'onerror and onclose both reconnect',
    'The server is slow to refuse. Every failure starts two new attempts.',
    { code: 1006, fires: ['overlapping-reconnections'], decidedAfterMs: 10_000 },
  ),
  scenario(
    'reconnection',
    'idle-timeout',
    'Closed for being idle',
    'Something between page and server cuts a connection after five quiet seconds. No heartbeat keeps it alive.',
    {
      code: 1006,
      fires: ['silent-idle-timeout'],
      silent: ['missing-reconnection'],
      decidedAfterMs: 25_000,
    },
  ),
  scenario(
    'reconnection',
    'heartbeat',
    'Kept alive by a heartbeat',
    'The same five seconds, and a page that sends a small message each second.',
    { silent: ['silent-idle-timeout', 'abnormal-closure', 'socket-leak'], decidedAfterMs: 12_000 },
  ),
  scenario(
    'closing',
    'good-goodbye',
    'A good goodbye',
    'The page closes with 1000 when it is done, and the server agrees.',
    {
      code: 1000,
      reason: 'done',
      silent: [
        'normal-closure-for-error',
        'invalid-close-call',
        'hung-closing-handshake',
        'missing-reconnection',
        'policy-violation',
      ],
    },
  ),
  scenario(
    'closing',
    'invalid-close',
    'close(1001) throws',
    'The page calls close(1001): scripts may not send that code, so it throws and the socket stays open.',
    { fires: ['invalid-close-call'] },
  ),
  scenario(
    'closing',
    'hung-close',
    'The closing handshake hangs',
    'The page calls close(); the server never answers.',
    { fires: ['hung-closing-handshake'], decidedAfterMs: 9_000 },
  ),
  scenario(
    'closing',
    'socket-leak',
    'Sockets pile up',
    'The page opens a socket for every item of a list and closes none: forty of them.',
    { fires: ['socket-leak'], decidedAfterMs: 8_000 },
  ),
  scenario(
    'closing',
    'thousand',
    'A thousand sockets in a second',
    'The page makes 1,000 sockets in one second and closes each when it opens.',
    { silent: ['missing-reconnection'], decidedAfterMs: 10_000 },
  ),
  scenario(
    'closing',
    'hostile-reason',
    'A hostile reason',
    'The reason is 123 bytes of markup and right-to-left text.',
    { code: 4000, silent: ['policy-violation'] },
  ),
  scenario(
    'places',
    'first-script',
    "The page's first inline script",
    'A document whose first script opens a socket, before anything else runs.',
    { code: 1008, reason: 'token expired', fires: ['policy-violation'], cause: 'auth-expired' },
    { href: '/inline.html' },
  ),
  scenario(
    'places',
    'cross-origin-frame',
    'A frame of another origin',
    'An advertisement in a frame opens a socket of its own.',
    { code: 4001, reason: 'campaign ended' },
    { href: '/framed.html' },
  ),
  scenario(
    'places',
    'policy-of-the-page',
    'Forbidden by a policy',
    'The Content Security Policy of a page forbids the address of its socket: Chrome makes an error event and no close event.',
    {},
    { href: '/blocked.html' },
  ),
  scenario(
    'places',
    'worker-socket',
    'A dedicated worker',
    'A worker opens a socket. No extension can see its close code.',
    {},
  ),
  scenario(
    'places',
    'socket-stream',
    'WebSocketStream',
    'The promise-based interface of Chromium, closed with 1008.',
    { code: 1008, reason: 'token expired', cause: 'auth-expired' },
  ),
];

export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((each) => each.id === id);
  if (found === undefined) throw new Error(`No scenario "${id}"`);
  return found;
}

/** 123 bytes in UTF-8, the most that a close frame can carry. */
export const hostileReason = ((): string => {
  const start =
    '<img src=x onerror=alert(1)><script>alert(2)</script>\u202Eمرحبا בואו\u202C&amp;"\'><b>';
  const length = new TextEncoder().encode(start).length;
  return start + '!'.repeat(123 - length);
})();
