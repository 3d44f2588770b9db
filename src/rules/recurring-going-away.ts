import { message } from '../model/message.ts';
import type { Lives } from './chains/lives.ts';
import { count, ms, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';
import { steadyHit, steadyRun } from './steady.ts';

/** 1001 (or 1006) at a steady age of the socket: a proxy's or a platform's lifetime limit. */
export const recurringGoingAway: ChainRule = {
  scope: 'chain',
  onEnd: true,
  sticky: true,
  meta: {
    id: 'recurring-going-away',
    severity: 'information',
    thresholds: {
      closes: count(3, 2, 100),
      minAgeMs: ms(1_500, 100, 86_400_000),
      spread: ratio(0.05, 0.001, 0.5),
    },
    spec: 'RFC 6455 §7.4.1',
    requires: ['open', 'close', 'chain'],
  },
  check(chain, context) {
    const minimum = context.threshold('minAgeMs');
    const run = steadyRun(
      chain,
      {
        of: (lives, at) => lives.age(at),
        belongs: (lives, at, age) =>
          age >= minimum &&
          (lives.code(at) === 1001 || (lives.code(at) === 1006 && isBusy(lives, at, age))) &&
          (lives.closedBy(at) === 'server' || lives.closedBy(at) === 'network'),
      },
      { closes: context.threshold('closes'), spread: context.threshold('spread') },
    );
    if (run === undefined) return SILENT;
    const { places, measures, level } = run;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_recurringGoingAway_steady', {
          count: places.length,
          seconds: Math.round(level / 1000),
        }),
        ...steadyHit(chain, run, context),
        data: {
          closes: places.length,
          ageMs: round(level),
          agesMs: measures.slice(-12).map(round),
        },
      },
    };
  },
};

/** Messages flowed until shortly before the end: it was not idleness that ended it. */
function isBusy(lives: Lives, at: number, age: number): boolean {
  return lives.idle(at) < 0.2 * age;
}
