import { message } from '../model/message.ts';
import { count, ms, point } from './evidence.ts';
import { type Attempt, type SessionRule, SILENT } from './rule.ts';

/** Many sockets of the page, or one in a tight loop, reconnect in lockstep. */
export const reconnectionStorm: SessionRule = {
  scope: 'session',
  sticky: true,
  meta: {
    id: 'reconnection-storm',
    severity: 'warning',
    thresholds: {
      sockets: count(5, 2, 1_000),
      lockstepMs: ms(250, 1, 10_000),
      loopAttempts: count(50, 5, 10_000),
      loopMs: ms(10_000, 100, 600_000),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['opening', 'close', 'chain'],
  },
  check(attempts, context) {
    const crowd = lockstep(attempts, context.threshold('lockstepMs'));
    const loop = densest(attempts, context.threshold('loopMs'));
    const variant =
      crowd.length >= context.threshold('sockets')
        ? 'lockstep'
        : loop.length >= context.threshold('loopAttempts')
          ? 'loop'
          : undefined;
    if (variant === undefined) return SILENT;
    const told = variant === 'lockstep' ? crowd : loop;
    const last = told.at(-1)!;
    return {
      hit: {
        verdict: 'failed',
        message: message(`finding_reconnectionStorm_${variant}`, {
          count: told.length,
          seconds: Math.max(1, Math.round((last.at - told[0]!.at) / 1000)),
        }),
        evidence: told
          .slice(-5)
          .map(({ at, endedAt, socket }) =>
            point(at, socket.id, 'evidence_attempt', { ms: Math.round(at - endedAt) }),
          ),
        data: {
          variant,
          attempts: told.length,
          overMs: Math.round(last.at - told[0]!.at),
          endpoint: last.endpoint,
        },
        at: last.at,
        sockets: told.slice(-50).map(({ socket }) => socket.id),
      },
    };
  },
};

/** The largest crowd that ended together and came back together. */
function lockstep(attempts: readonly Attempt[], window: number): readonly Attempt[] {
  let best: readonly Attempt[] = [];
  for (let from = 0, to = 0; to < attempts.length; to++) {
    while (attempts[to]!.at - attempts[from]!.at > window) from++;
    if (to - from + 1 <= best.length) continue;
    const crowd = attempts.slice(from, to + 1);
    const ends = crowd.map(({ endedAt }) => endedAt);
    // Each replaces another that died at the same moment: not one socket that retries.
    if (Math.max(...ends) - Math.min(...ends) <= 4 * window && distinct(crowd)) best = crowd;
  }
  return best;
}

/** No attempt of the crowd replaced another of the crowd. */
function distinct(crowd: readonly Attempt[]): boolean {
  const first = crowd[0]!.at;
  return crowd.every(({ endedAt }) => endedAt <= first);
}

/** The most attempts of one endpoint within the window. */
function densest(attempts: readonly Attempt[], window: number): readonly Attempt[] {
  let best: readonly Attempt[] = [];
  const byEndpoint = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const list = byEndpoint.get(attempt.endpoint);
    if (list === undefined) byEndpoint.set(attempt.endpoint, [attempt]);
    else list.push(attempt);
  }
  for (const list of byEndpoint.values()) {
    for (let from = 0, to = 0; to < list.length; to++) {
      while (list[to]!.at - list[from]!.at > window) from++;
      if (to - from + 1 > best.length) best = list.slice(from, to + 1);
    }
  }
  return best;
}
