import { message } from '../model/message.ts';
import { IMMEDIATE_MS, median, roseToCap } from './chains/delays.ts';
import type { ChainState, Slot } from './chains/tracker.ts';
import { count, ms, point, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 128;

/** Repeated attempts at once, or at an interval that does not grow while they fail. */
export const reconnectionWithoutBackoff: ChainRule = {
  scope: 'chain',
  sticky: true,
  meta: {
    id: 'reconnection-without-backoff',
    severity: 'warning',
    thresholds: {
      immediateMs: ms(IMMEDIATE_MS, 1, 5_000),
      immediateInARow: count(3, 2, 100),
      failedAttempts: count(8, 3, 1_000),
      growth: ratio(1.5, 1, 10),
      patientMs: ms(6_000, 100, 600_000),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['close', 'opening', 'chain'],
  },
  check(chain, context) {
    const recent = chain.attempts.slice(-WINDOW);
    const atOnce = longestAtOnce(recent, context.threshold('immediateMs'));
    if (atOnce.length >= context.threshold('immediateInARow')) {
      return {
        hit: {
          verdict: 'failed',
          message: message('finding_reconnectionWithoutBackoff_immediate', {
            count: atOnce.length,
          }),
          ...told(chain, atOnce),
        },
      };
    }
    const failed = longestFailed(recent);
    if (failed.length < context.threshold('failedAttempts')) return SILENT;
    const delays = failed.map(({ delayMs }) => delayMs!);
    if (roseToCap(delays)) return SILENT;
    const half = delays.length >> 1;
    const head = median(delays.slice(0, half));
    const tail = median(delays.slice(-half));
    if (tail >= context.threshold('growth') * head || tail >= context.threshold('patientMs')) {
      return SILENT;
    }
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_reconnectionWithoutBackoff_constant', {
          count: failed.length,
          delay: Math.round(tail),
        }),
        ...told(chain, failed),
      },
    };
  },
};

function told(chain: ChainState, attempts: readonly Slot[]) {
  const last = attempts.at(-1)!;
  return {
    evidence: attempts
      .slice(-5)
      .map(({ startAt, socket, delayMs }) =>
        point(startAt!, socket.id, 'evidence_attempt', { ms: Math.round(delayMs!) }),
      ),
    data: {
      attempts: attempts.length,
      delaysMs: attempts.slice(-12).map(({ delayMs }) => round(delayMs!)),
      medianDelayMs: round(median(attempts.map(({ delayMs }) => delayMs!))),
    },
    at: last.startAt!,
    sockets: attempts.map(({ socket }) => socket.id),
    group: chain.id,
  };
}

/** The newest, longest run of attempts made at once. */
function longestAtOnce(attempts: readonly Slot[], limit: number): readonly Slot[] {
  return longestRun(attempts, (slot) => slot.delayMs! < limit && !slot.reload);
}

/** The longest run of attempts that never opened. */
function longestFailed(attempts: readonly Slot[]): readonly Slot[] {
  return longestRun(
    attempts,
    ({ socket, endAt, reload }) => socket.openAt === undefined && endAt !== undefined && !reload,
  );
}

function longestRun(slots: readonly Slot[], belongs: (slot: Slot) => boolean): readonly Slot[] {
  let best: readonly Slot[] = [];
  let from = 0;
  for (let i = 0; i <= slots.length; i++) {
    if (i < slots.length && belongs(slots[i]!)) continue;
    if (i - from > 0 && i - from >= best.length) best = slots.slice(from, i);
    from = i + 1;
  }
  return best;
}
