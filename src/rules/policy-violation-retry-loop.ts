import { message } from '../model/message.ts';
import { holdsMark } from '../model/secrets.ts';
import type { SocketRecord } from '../model/socket.ts';
import { areOneResource, pathOf } from './chains/alike.ts';
import { LongestRun } from './chains/longest-run.ts';
import { count, endsOf, ms, reasonKey, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

/** Sockets looked at from the newest back. */
const WINDOW = 96;

/** A try that comes later than this is a new beginning. */
const SOON_MS = 600_000;

/** Servers may give two reasons in turn for one refusal. */
const REASONS = 2;

/** Names of query parameters that carry what a server may refuse. */
const CREDENTIAL =
  /token|auth|key|jwt|secret|ticket|signature|^sig$|pass|pwd|credential|access|session|^sid$|code/i;

/** A signed token, whatever it is called. */
const SIGNED = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/** After 1008 the page reconnects unchanged and is closed the same way again. */
export const policyViolationRetryLoop: ChainRule = {
  scope: 'chain',
  onEnd: true,
  sticky: true,
  meta: {
    id: 'policy-violation-retry-loop',
    severity: 'error',
    thresholds: { closes: count(3, 2, 100), maxAgeMs: ms(60_000, 1_000, 3_600_000) },
    spec: 'RFC 6455 §7.4.1',
    requires: ['close', 'chain'],
  },
  check(chain, context) {
    const needed = context.threshold('closes');
    if (chain.refused < needed) return SILENT;
    const maxAge = context.threshold('maxAgeMs');
    const run = new LongestRun();
    const refusals = new Set<string>();
    const { slots, lives } = chain;
    for (let at = Math.max(0, slots.length - WINDOW); at < slots.length; at++) {
      if (lives.closedBy(at) !== 'server') continue;
      const before = run.newest;
      // Made beside it: no answer to its end.
      if (before !== undefined && lives.startAt(at) < lives.endAt(before)) continue;
      const refused = lives.code(at) === 1008;
      const again =
        refused &&
        before !== undefined &&
        lives.startAt(at) - lives.endAt(before) <= SOON_MS &&
        (lives.age(at) || 0) <= maxAge &&
        isAgain(slots[at]!.socket, slots[before]!.socket, refusals);
      if (!again && before !== undefined) {
        run.cut();
        // Clearing makes a new table, even of an empty set.
        if (refusals.size > 0) refusals.clear();
      }
      if (refused) run.add(at);
    }
    if (run.length < needed) return SILENT;
    const best = run.longest;
    // A loop longer than the window is counted by the chain.
    const closes = best.length < WINDOW / 2 ? best.length : Math.max(best.length, chain.refused);
    const newest = slots[best.at(-1)!]!;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_policyViolationRetryLoop_loop', { count: closes }),
        ...endsOf(chain, best),
        causes: context.causesOf(newest),
        data: {
          closes,
          reason: newest.socket.reason ?? '',
          delaysMs: best.slice(1, 12).map((at) => {
            const { delayMs } = slots[at]!;
            return delayMs === undefined ? null : round(delayMs);
          }),
        },
      },
    };
  },
};

interface Shown {
  readonly url: string;
  readonly reason: string | undefined;
  /** Credentials in the URL and long subprotocols. */
  readonly credentials: string;
  readonly path: string;
  readonly refusal: string;
}

const shown = new WeakMap<SocketRecord, Shown>();

/** What the page showed of itself, and how it was refused. Asked for all of a window at each close. */
function shownBy(socket: SocketRecord): Shown {
  const { url, reason } = socket;
  const known = shown.get(socket);
  if (known?.url === url && known.reason === reason) return known;
  const fresh = {
    url,
    reason,
    credentials: credentialsOf(socket),
    path: pathOf(url),
    // The same dead token is "expired by 1m3s", then by 1m5s.
    refusal: reasonKey(socket).replace(/\b\w*\d\w*\b/g, '#'),
  };
  shown.set(socket, fresh);
  return fresh;
}

/**
 * The same was shown as before, and refused in words that came before, or in one more of them.
 * @param refusals those of the run so far; the one before is added
 */
function isAgain(socket: SocketRecord, before: SocketRecord, refusals: Set<string>): boolean {
  const [now, then] = [shownBy(socket), shownBy(before)];
  refusals.add(then.refusal);
  return (
    now.credentials === then.credentials &&
    areOneResource(now.path, then.path) &&
    (refusals.has(now.refusal) || refusals.size < REASONS)
  );
}

function credentialsOf(socket: SocketRecord): string {
  const parts: string[] = [];
  try {
    const url = new URL(socket.url);
    if (url.username !== '' || url.password !== '') parts.push(`${url.username}:${url.password}`);
    // Engine.IO's `sid` names the connection: the server gives a new one each time.
    const engineIo = url.searchParams.has('EIO');
    for (const [name, value] of url.searchParams) {
      if (engineIo && name === 'sid') continue;
      if (CREDENTIAL.test(name) || SIGNED.test(value)) parts.push(`${name}=${value}`);
    }
    for (const segment of url.pathname.split('/')) if (SIGNED.test(segment)) parts.push(segment);
  } catch {
    parts.push(socket.url);
  }
  // Some clients carry a token as a subprotocol.
  for (const protocol of socket.protocols ?? []) {
    if (protocol.length > 24 || holdsMark(protocol)) parts.push(protocol);
  }
  return parts.sort().join('&');
}
