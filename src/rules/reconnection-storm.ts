import { message } from '../model/message.ts';
import { count, ms, point, ratio } from './evidence.ts';
import { type Attempt, type RuleContext, type SessionRule, SILENT } from './rule.ts';

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
      share: ratio(0.6, 0.1, 1),
      loopAttempts: count(50, 5, 10_000),
      loopMs: ms(10_000, 100, 600_000),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['opening', 'close', 'chain'],
  },
  check(attempts, context) {
    // What an earlier crowd or loop showed is kept: only the newest is looked at.
    const crowd = lockstep(attempts, context);
    const loop = densest(attempts, context.threshold('loopMs'));
    const variant =
      crowd.length > 0
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
          endpoint: told[0]!.endpoint,
        },
        at: last.at,
        sockets: told.slice(-50).map(({ socket }) => socket.id),
      },
    };
  },
};

/**
 * Those that came back together with the newest, having ended together; none where most of
 * what ended then came back at other times, as some of many random delays always coincide.
 */
function lockstep(attempts: readonly Attempt[], context: RuleContext): readonly Attempt[] {
  const window = context.threshold('lockstepMs');
  const moment = 4 * window;
  const newest = attempts.at(-1);
  if (newest === undefined) return [];
  let from = attempts.length - 1;
  while (from > 0 && newest.at - attempts[from - 1]!.at <= window) from--;
  const crowd = attempts.slice(from);
  if (crowd.length < context.threshold('sockets')) return [];
  const ends = crowd.map(({ endedAt }) => endedAt);
  const firstEnd = Math.min(...ends);
  const lastEnd = Math.max(...ends);
  // Each replaces another that died at the same moment: not one socket that retries.
  if (lastEnd - firstEnd > moment || lastEnd > crowd[0]!.at) return [];
  const ended = context.endedBetween(lastEnd - moment, firstEnd + moment);
  return crowd.length >= context.threshold('share') * ended ? crowd : [];
}

/** The attempts of the newest one's endpoint within the window. */
function densest(attempts: readonly Attempt[], window: number): readonly Attempt[] {
  const newest = attempts.at(-1);
  if (newest === undefined) return [];
  const found: Attempt[] = [];
  for (let i = attempts.length - 1; i >= 0 && newest.at - attempts[i]!.at <= window; i--) {
    if (attempts[i]!.endpoint === newest.endpoint) found.push(attempts[i]!);
  }
  return found.reverse();
}
