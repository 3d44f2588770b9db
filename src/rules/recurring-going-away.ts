import { message } from '../model/message.ts';
import type { SocketRecord } from '../model/socket.ts';
import { ageOf, count, idleOf, ms, ratio, round } from './evidence.ts';
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
        of: ({ socket }) => ageOf(socket),
        belongs: ({ socket }, age) =>
          age >= minimum &&
          (socket.code === 1001 || (socket.code === 1006 && busy(socket, age))) &&
          (socket.closedBy === 'server' || socket.closedBy === 'network'),
      },
      { closes: context.threshold('closes'), spread: context.threshold('spread') },
    );
    if (run === undefined) return SILENT;
    const { slots, measures, level } = run;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_recurringGoingAway_steady', {
          count: slots.length,
          seconds: Math.round(level / 1000),
        }),
        ...steadyHit(run, context),
        data: {
          closes: slots.length,
          ageMs: round(level),
          agesMs: measures.slice(-12).map(round),
        },
      },
    };
  },
};

/** Messages flowed until shortly before the end: it was not idleness that ended it. */
function busy(socket: SocketRecord, age: number): boolean {
  return idleOf(socket)! < 0.2 * age;
}
