import { message } from '../model/message.ts';
import { IMMEDIATE_MS, median, roseToCap } from './chains/delays.ts';
import type { ChainState, Slot } from './chains/tracker.ts';
import { ageOf, count, ms, point, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 128;
/** A socket that lived for so long was no failed attempt: coming back to it at once hurts nobody. */
const LONG_LIVED_MS = 60_000;

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
    const inARow = Math.ceil(context.threshold('immediateInARow'));
    const atOnce = longestAtOnce(chain, context.threshold('immediateMs'), inARow);
    if (atOnce.length > 0) {
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
    const failed = longestFailed(chain, Math.ceil(context.threshold('failedAttempts')));
    if (failed.length === 0) return SILENT;
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

/** The newest, longest run of attempts made at once, each after a socket that did not last. */
function longestAtOnce(chain: ChainState, limit: number, least: number): readonly Slot[] {
  const { attempts, delays } = chain;
  return longestRun(attempts, least, (at) => {
    const { reload, fills } = attempts[at]!;
    return delays[at]! < limit && !reload && (ageOf(fills!.socket) ?? 0) < LONG_LIVED_MS;
  });
}

/** The newest, longest run of attempts that never opened. */
function longestFailed({ attempts }: ChainState, least: number): readonly Slot[] {
  return longestRun(attempts, least, (at) => {
    const { socket, endAt, reload } = attempts[at]!;
    return socket.openAt === undefined && endAt !== undefined && !reload;
  });
}

/**
 * Of the newest attempts, the longest run of at least `least` that belong; of equals the newest.
 * Such a run has a member at every `least`-th place: only there is it looked for.
 */
function longestRun(
  slots: readonly Slot[],
  least: number,
  belongs: (at: number) => boolean,
): readonly Slot[] {
  const oldest = Math.max(0, slots.length - WINDOW);
  let start = 0;
  let length = 0;
  for (let at = slots.length - 1; at >= oldest; at -= least) {
    if (!belongs(at)) continue;
    let to = at + 1;
    while (to < slots.length && belongs(to)) to++;
    let from = at;
    while (from > oldest && belongs(from - 1)) from--;
    if (to - from > length && to - from >= least) {
      start = from;
      length = to - from;
    }
    at = from;
  }
  return slots.slice(start, start + length);
}
