import { message } from '../model/message.ts';
import { IMMEDIATE_MS, median } from './chains/delays.ts';
import type { Slot } from './chains/tracker.ts';
import { ageOf, closePoint, count, ms, ratio, round } from './evidence.ts';
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
    let run: Slot[] = [];
    let best: Slot[] = [];
    const { slots } = chain;
    for (let i = Math.max(0, slots.length - WINDOW); i < slots.length; i++) {
      const slot = slots[i]!;
      const age = ageOf(slot.socket);
      // What never opened, or what the page gave up itself, says nothing either way.
      if (slot.socket.openAt === undefined || age === undefined || slot.endedByPage) continue;
      if (age >= short) {
        run = [];
        continue;
      }
      run.push(slot);
      if (run.length >= best.length) best = run;
    }
    if (best.length < context.threshold('connections')) return SILENT;
    const delays = best
      .slice(1)
      .filter(({ delayMs, reload }) => delayMs !== undefined && !reload)
      .map(({ delayMs }) => delayMs!);
    if (delays.length < 3) return SILENT;
    // A slow growth that never falls back: nothing starts over.
    if (delays.every((delay, i) => i === 0 || delay >= 1.1 * delays[i - 1]!)) return SILENT;
    const half = Math.ceil(delays.length / 2);
    const tail = median(delays.slice(-half));
    const growth = tail / Math.max(IMMEDIATE_MS, median(delays.slice(0, half)));
    if (growth >= context.threshold('growth') || tail >= context.threshold('patientMs')) {
      return SILENT;
    }
    const last = best.at(-1)!.socket;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_backoffResetOnOpen_loop', {
          count: best.length,
          delay: Math.round(tail),
        }),
        evidence: best.slice(-5).map(({ socket }) => closePoint(socket)),
        data: {
          connections: best.length,
          medianAgeMs: round(median(best.slice(-32).map(({ socket }) => ageOf(socket)!))),
          medianDelayMs: round(tail),
          growth: Math.round(growth * 100) / 100,
        },
        at: last.closeAt!,
        sockets: best.map(({ socket }) => socket.id),
      },
    };
  },
};
