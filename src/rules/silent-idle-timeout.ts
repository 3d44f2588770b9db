import { message } from '../model/message.ts';
import { median } from './chains/delays.ts';
import type { Slot } from './chains/tracker.ts';
import { closePoint, count, idleOf, ms, ratio, round } from './evidence.ts';
import { steady } from './recurring-going-away.ts';
import { type ChainRule, SILENT } from './rule.ts';

/** Codes that a timeout comes with; the others tell of something else. */
const QUIET_CODES = new Set([1000, 1001, 1005, 1006, 1011, 3008, 4000, 4008]);
const WINDOW = 32;

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
    const needed = context.threshold('closes');
    let ended = 0;
    const closes: Slot[] = [];
    const idles: number[] = [];
    const { slots } = chain;
    for (let i = Math.max(0, slots.length - WINDOW); i < slots.length; i++) {
      const slot = slots[i]!;
      const { socket } = slot;
      const idle = idleOf(socket);
      if (slot.endedByPage || socket.openAt === undefined || idle === undefined) continue;
      ended++;
      if (idle >= minimum && socket.closedBy !== 'browser' && QUIET_CODES.has(socket.code ?? 0)) {
        closes.push(slot);
        idles.push(idle);
      }
    }
    if (closes.length < needed || closes.length * 2 < ended) return SILENT;
    const run = steady(closes, idles, context.threshold('spread'));
    if (run.length < needed) return SILENT;
    const idle = median(run.map(({ socket }) => idleOf(socket)!));
    const newest = run.at(-1)!;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_silentIdleTimeout_cluster', {
          count: run.length,
          seconds: Math.round(idle / 1000),
        }),
        evidence: run.slice(-5).map(({ socket }) => closePoint(socket)),
        // A lost connection had no cause of the server's.
        ...(newest.socket.closedBy === 'server' ? { causes: context.causesOf(newest) } : {}),
        data: {
          closes: run.length,
          idleMs: round(idle),
          idlesMs: run.slice(-12).map(({ socket }) => round(idleOf(socket)!)),
        },
        at: newest.socket.closeAt!,
        sockets: run.map(({ socket }) => socket.id),
      },
    };
  },
};
