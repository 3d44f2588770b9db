import { message } from '../model/message.ts';
import type { SocketRecord } from '../model/socket.ts';
import { median } from './chains/delays.ts';
import type { Slot } from './chains/tracker.ts';
import { ageOf, closePoint, count, idleOf, ms, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 32;

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
    const needed = context.threshold('closes');
    const closes: Slot[] = [];
    const ages: number[] = [];
    const { slots } = chain;
    for (let i = Math.max(0, slots.length - WINDOW); i < slots.length; i++) {
      const slot = slots[i]!;
      const { socket } = slot;
      const age = ageOf(socket);
      if (
        !slot.endedByPage &&
        socket.openAt !== undefined &&
        age !== undefined &&
        age >= minimum &&
        (socket.code === 1001 || (socket.code === 1006 && busy(socket))) &&
        (socket.closedBy === 'server' || socket.closedBy === 'network')
      ) {
        closes.push(slot);
        ages.push(age);
      }
    }
    if (closes.length < needed) return SILENT;
    const run = steady(closes, ages, context.threshold('spread'));
    if (run.length < needed) return SILENT;
    const age = median(run.map(({ socket }) => ageOf(socket)!));
    const newest = run.at(-1)!;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_recurringGoingAway_steady', {
          count: run.length,
          seconds: Math.round(age / 1000),
        }),
        evidence: run.slice(-5).map(({ socket }) => closePoint(socket)),
        // A lost connection had no cause of the server's.
        ...(newest.socket.closedBy === 'server' ? { causes: context.causesOf(newest) } : {}),
        data: {
          closes: run.length,
          ageMs: round(age),
          agesMs: run.slice(-12).map(({ socket }) => round(ageOf(socket)!)),
        },
        at: newest.socket.closeAt!,
        sockets: run.map(({ socket }) => socket.id),
      },
    };
  },
};

/** Messages flowed until shortly before the end: it was not idleness that ended it. */
function busy(socket: SocketRecord): boolean {
  return idleOf(socket)! < 0.2 * ageOf(socket)!;
}

/**
 * The slots whose measures stay within `spread` of their mean, one or two strays forgiven.
 * @param measures of each slot, in milliseconds
 */
export function steady(
  slots: readonly Slot[],
  measures: readonly number[],
  spread: number,
): readonly Slot[] {
  const level = median(measures);
  const near: Slot[] = [];
  let sum = 0;
  let squares = 0;
  for (const [at, measure] of measures.entries()) {
    // Taken from the level, so that the squares of long lives lose no digits.
    const off = measure - level;
    if (Math.abs(off) > 2 * spread * level) continue;
    near.push(slots[at]!);
    sum += off;
    squares += off * off;
  }
  if (near.length === 0 || near.length * 4 < slots.length * 3) return [];
  const shift = sum / near.length;
  const average = level + shift;
  const deviation = Math.sqrt(Math.max(0, squares / near.length - shift ** 2));
  return average > 0 && deviation / average <= spread ? near : [];
}
