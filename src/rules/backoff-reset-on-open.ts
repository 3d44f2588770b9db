import { message } from '../model/message.ts';
import { IMMEDIATE_MS, median } from './chains/delays.ts';
import { LongestRun } from './chains/longest-run.ts';
import { count, endsOf, ms, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 96;

/** The server accepts, then closes at once, and the delay starts over each time. */
export const backoffResetOnOpen: ChainRule = {
  scope: 'chain',
  onEnd: true,
  sticky: true,
  meta: {
    id: 'backoff-reset-on-open',
    severity: 'warning',
    thresholds: {
      connections: count(5, 3, 100),
      shortLivedMs: ms(5_000, 100, 60_000),
      growth: ratio(1.5, 1, 10),
      patientMs: ms(6_000, 100, 600_000),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['open', 'close', 'chain'],
  },
  check(chain, context) {
    const short = context.threshold('shortLivedMs');
    const run = new LongestRun();
    const { slots, lives } = chain;
    for (let at = Math.max(0, slots.length - WINDOW); at < slots.length; at++) {
      const age = lives.age(at);
      // What never opened, or what the page gave up itself, says nothing either way.
      if (!lives.opened(at) || Number.isNaN(age) || lives.endedByPage(at)) continue;
      if (age >= short) run.cut();
      else run.add(at);
    }
    if (run.length < context.threshold('connections')) return SILENT;
    const best = run.longest;
    const delays: number[] = [];
    for (let i = 1; i < best.length; i++) {
      const delay = lives.delay(best[i]!);
      if (!Number.isNaN(delay)) delays.push(delay);
    }
    if (delays.length < 3) return SILENT;
    // A slow growth that never falls back: nothing starts over.
    if (delays.every((delay, i) => i === 0 || delay >= 1.1 * delays[i - 1]!)) return SILENT;
    const half = Math.ceil(delays.length / 2);
    const tail = median(delays.slice(-half));
    const growth = tail / Math.max(IMMEDIATE_MS, median(delays.slice(0, half)));
    if (growth >= context.threshold('growth') || tail >= context.threshold('patientMs')) {
      return SILENT;
    }
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_backoffResetOnOpen_loop', {
          count: best.length,
          delay: Math.round(tail),
        }),
        ...endsOf(chain, best),
        data: {
          connections: best.length,
          medianAgeMs: round(median(best.slice(-32).map((at) => lives.age(at)))),
          medianDelayMs: round(tail),
          growth: Math.round(growth * 100) / 100,
        },
      },
    };
  },
};
