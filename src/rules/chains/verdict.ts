import type { ChainVerdict } from '../types.ts';
import { type DelayShape, shapeOf } from './delays.ts';
import type { ChainState, Slot } from './tracker.ts';

/** A standard deviation under this share of the mean is a constant interval. */
const CONSTANT = 0.12;
/** The later delays on average this many times the earlier: they grow. */
const GROWING = 1.5;
/** Many random delays seldom grow by as much as a backoff does over as many: more is asked of more. */
const GROWING_PER_DELAY = 1.15;
const GROWN = 1.9;
/** This share of delays under 100 ms: at once. */
const AT_ONCE = 0.9;
const SILENCE_MS = 20_000;
const SILENCE_FACTOR = 3;
/** An open socket that receives nothing for so long may be talking to nobody. */
export const MUTE_MS = 60_000;
/** A closing handshake that the other end does not answer for so long. */
const UNANSWERED_MS = 10_000;
/** A vacancy may still be filled within this time. */
const PENDING_MS = 30_000;

export interface ChainAnswer {
  readonly verdict: ChainVerdict;
  readonly data: Readonly<Record<string, unknown>>;
  /** When the answer changes by itself if nothing happens. */
  readonly recheckAt: number | undefined;
}

/** The verdict on a chain at session time `now`. */
export function judgeChain(chain: ChainState, now: number): ChainAnswer {
  const shape = shapeOf(chain.delays);
  const last = lastEnded(chain);
  const open = chain.live > 0;
  const sinceLast = now - chain.lastAt;
  let recheckAt: number | undefined;
  const later = (t: number): void => {
    if (t > now && (recheckAt === undefined || t < recheckAt)) recheckAt = t;
  };
  const unfilled = chain.awaited.length + chain.byPage.length + chain.stale.length;
  const pending = unfilled > 0 && last?.endAt !== undefined && now - last.endAt < PENDING_MS;
  if (pending) later(last.endAt! + PENDING_MS);

  let verdict: ChainVerdict;
  if (chain.closed === 0) {
    verdict = unseenClose(chain, now, later);
  } else if (shape.attempts === 0) {
    verdict =
      reloadedAfter(last) || chain.reloads > 0
        ? 'page-reload'
        : chain.handovers > 0 && unfilled === chain.byPage.length
          ? 'reconnected'
          : 'no-reconnect';
  } else if (chain.reloads * 2 >= shape.attempts) {
    verdict = 'page-reload';
  } else if (shape.attempts === 1 && (open || last?.socket.openAt !== undefined)) {
    verdict = 'reconnected';
  } else {
    const silence = Math.max(SILENCE_MS, SILENCE_FACTOR * shape.longestMs);
    const abandoned = !open && unfilled > 0;
    if (abandoned) later(chain.lastAt + silence);
    verdict =
      abandoned && sinceLast >= silence
        ? 'gave-up'
        : shape.attempts === 1
          ? 'reconnected'
          : rhythm(shape);
  }
  return {
    verdict,
    recheckAt,
    data: {
      attempts: shape.attempts,
      ...(shape.attempts > 0
        ? { medianDelayMs: round(shape.medianMs), longestDelayMs: round(shape.longestMs) }
        : {}),
      ...(shape.attempts > 1
        ? {
            growth: round2(shape.growth),
            factor: round2(shape.factor),
            jitter: round2(shape.variation),
            rhythm: rhythm(shape),
          }
        : {}),
      ...(shape.capMs === undefined ? {} : { capMs: round(shape.capMs) }),
      ...recovery(chain),
      ...(pending ? { pending: true } : {}),
      ...(unfilled > 0 ? { vacancies: unfilled } : {}),
      ...(chain.reloads > 0 ? { reloads: chain.reloads } : {}),
    },
  };
}

/** The kind of a series of at least two delays. */
export function rhythm(shape: DelayShape): ChainVerdict {
  if (shape.immediate >= AT_ONCE) return 'reconnects-immediately';
  if (shape.roseToCap || (shape.attempts >= 3 && shape.growth >= growing(shape.attempts)))
    return 'reconnects-with-backoff';
  return shape.variation < CONSTANT ? 'reconnects-fixed' : 'reconnects-fixed-jittered';
}

/** Growth from the earlier half of so many delays to the later that is no accident. */
function growing(attempts: number): number {
  return Math.min(GROWN, Math.max(GROWING, GROWING_PER_DELAY ** Math.ceil(attempts / 2)));
}

function unseenClose(chain: ChainState, now: number, later: (t: number) => void): ChainVerdict {
  for (let i = chain.slots.length - 1, seen = 0; i >= 0 && seen < 32; i--, seen++) {
    const { socket, endedByPage, endAt } = chain.slots[i]!;
    if (socket.openAt === undefined || socket.state === 'gone') continue;
    if (endedByPage) {
      if (now - endAt! >= UNANSWERED_MS) return 'not-detected';
      later(endAt! + UNANSWERED_MS);
    } else {
      const heard = socket.received.lastAt ?? socket.openAt;
      if (now - heard >= MUTE_MS) return 'not-detected';
      later(heard + MUTE_MS);
    }
  }
  return 'no-close';
}

function lastEnded(chain: ChainState): Slot | undefined {
  for (let i = chain.slots.length - 1; i >= 0; i--) {
    const slot = chain.slots[i]!;
    if (slot.endAt !== undefined) return slot;
  }
  return undefined;
}

/** The page left within 30 s of the close, before anything replaced the socket. */
function reloadedAfter(slot: Slot | undefined): boolean {
  if (slot?.endAt === undefined || slot.gone || slot.endedByPage) return false;
  return (
    slot.page.firstAfter(slot.endAt, ['beforeunload', 'pagehide'], slot.endAt + 30_000) !==
    undefined
  );
}

/** From the newest end that had lived to the next socket that opened. */
function recovery(chain: ChainState): { recoveryMs?: number } {
  const { slots } = chain;
  let opened: Slot | undefined;
  for (let i = slots.length - 1, seen = 0; i >= 0 && seen < 256; i--, seen++) {
    const slot = slots[i]!;
    if (slot.socket.openAt === undefined) continue;
    if (opened === undefined) {
      opened = slot;
      continue;
    }
    if (slot.endAt === undefined || slot.endAt > opened.socket.openAt!) continue;
    return { recoveryMs: round(opened.socket.openAt! - slot.endAt) };
  }
  return {};
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
