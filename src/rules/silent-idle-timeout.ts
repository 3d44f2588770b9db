import { message } from '../model/message.ts';
import { count, ms, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';
import { steadyHit, steadyRun } from './steady.ts';

/** Codes that a timeout comes with; the others tell of something else. */
const QUIET_CODES = new Set([1000, 1001, 1005, 1006, 1011, 3008, 4000, 4008]);

/** Closes cluster at one idle time: nothing is sent to keep the connection alive. */
export const silentIdleTimeout: ChainRule = {
  scope: 'chain',
  onEnd: true,
  sticky: true,
  meta: {
    id: 'silent-idle-timeout',
    severity: 'warning',
    thresholds: {
      closes: count(3, 2, 100),
      minIdleMs: ms(1_500, 100, 86_400_000),
      spread: ratio(0.08, 0.001, 0.5),
    },
    spec: 'RFC 6455 §5.5.2',
    requires: ['traffic', 'close', 'chain'],
  },
  check(chain, context) {
    const minimum = context.threshold('minIdleMs');
    const run = steadyRun(
      chain,
      {
        of: (lives, at) => lives.idle(at),
        belongs: (lives, at, idle) =>
          idle >= minimum && lives.closedBy(at) !== 'browser' && QUIET_CODES.has(lives.code(at)),
        share: 0.5,
      },
      { closes: context.threshold('closes'), spread: context.threshold('spread') },
    );
    if (run === undefined) return SILENT;
    const { places, measures, level } = run;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_silentIdleTimeout_cluster', {
          count: places.length,
          seconds: Math.round(level / 1000),
        }),
        ...steadyHit(chain, run, context),
        data: {
          closes: places.length,
          idleMs: round(level),
          idlesMs: measures.slice(-12).map(round),
        },
      },
    };
  },
};
