import { message } from '../model/message.ts';
import type { PageHistory } from '../model/page-history.ts';
import type { Slot } from './chains/tracker.ts';
import { closedByPoints, closePoint, hadOpened, ms, point, round } from './evidence.ts';
import { type Hit, type Outcome, SILENT, type SocketRule } from './rule.ts';

/** Codes after which a client is expected back. */
const EXPECTED = new Set([1001, 1006, 1012, 1013]);
/** Also an ordinary end: a page that stays away may have meant to. */
const SOFT = new Set([1005, 1011]);

/** No successor in the grace period while the page was visible and online. */
export const missingReconnection: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'missing-reconnection',
    severity: 'error',
    thresholds: {
      graceMs: ms(30_000, 1_000, 600_000),
      // 1012 asks for a random 5 to 30 s, so the last may come after half a minute.
      restartGraceMs: ms(32_000, 1_000, 600_000),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['close', 'page', 'reconnectWindow'],
  },
  check({ socket, slot, chain, page }, context) {
    const { code, closeAt } = socket;
    if (code === undefined || closeAt === undefined || slot.endedByPage) return SILENT;
    if (!EXPECTED.has(code) && !SOFT.has(code)) return SILENT;
    if (!hadOpened(socket) || socket.realm !== 'window') return SILENT;
    const grace = context.threshold(code === 1012 ? 'restartGraceMs' : 'graceMs');
    const hit = (verdict: Hit['verdict'], variant: string, at: number, more: object): Outcome => ({
      hit: {
        verdict,
        message: message(`finding_missingReconnection_${variant}`, {
          code,
          seconds: Math.round(grace / 1000),
          ...more,
        }),
        evidence: [closePoint(socket), ...closedByPoints(socket), ...seen(slot, page, at)],
        ...(socket.closedBy === 'server' ? { causes: context.causesOf(slot) } : {}),
        data: {
          code,
          graceMs: grace,
          closedAt: round(closeAt),
          closedBy: socket.closedBy,
          ...more,
        },
        at,
      },
    });

    // Without its URL no later socket can be told to be its successor.
    if (socket.openingAt === undefined && socket.url === '') {
      return hit('needs-review', 'lost', closeAt, {});
    }

    const { filledBy } = slot;
    // The page had its time and did not use it: what a document loaded later does is not its merit.
    const overdue =
      (filledBy === undefined || filledBy.reload) &&
      page.activeBetween(closeAt, leftOrNow(page, closeAt, context.now)) >= grace;
    if (filledBy !== undefined && !overdue) {
      const startAt = filledBy.startAt ?? closeAt;
      const waited = page.activeBetween(closeAt, startAt);
      const params = { delay: round(Math.max(0, startAt - closeAt)) };
      // A new document is a new beginning: how long the old one waited says nothing of a client.
      if (waited <= grace || filledBy.reload) return hit('passed', 'returned', startAt, params);
      return hit('needs-review', 'late', startAt, params);
    }
    if (!overdue && leftForGood(page, closeAt, context.now)) return SILENT;

    const deadline = page.whenActiveFor(closeAt, grace, context.now);
    if (deadline !== undefined && deadline <= context.now) {
      if (stillServed(slot, grace)) return hit('needs-review', 'others', deadline, {});
      const verdict = SOFT.has(code) ? 'needs-review' : 'failed';
      const variant = SOFT.has(code) ? 'soft' : 'none';
      const attempted = chain.attempts.length;
      return {
        ...hit(verdict, variant, deadline, { attempted }),
        watchPage: false,
      };
    }
    if (context.ended) {
      const active = page.activeBetween(closeAt, context.now);
      // 29.9 s is not yet the 30 s that it is told beside.
      const watched = active < 10_000 ? round(active) : Math.floor(active / 1000) * 1000;
      const inactive = context.now - closeAt >= grace;
      return hit('needs-review', inactive ? 'inactive' : 'short', context.now, { watched });
    }
    return { watchPage: true, ...(deadline === undefined ? {} : { recheckAt: deadline }) };
  },
};

/** When its document was left after that; now, if it was not. */
function leftOrNow(page: PageHistory, closeAt: number, now: number): number {
  const left =
    page.firstAfter(closeAt, ['pagehide'], now) ?? page.firstAfter(closeAt, ['beforeunload'], now);
  return left?.t ?? now;
}

/** Another document has taken the place of this one, or the page went away and stayed away. */
function leftForGood(page: PageHistory, closeAt: number, now: number): boolean {
  const leaving = page.firstAfter(closeAt, ['beforeunload', 'pagehide'], now);
  if (leaving === undefined) return false;
  const shown = page.firstAfter(leaving.t, ['pageshow'], now);
  if (shown !== undefined) return shown.persisted !== true;
  return page.firstAfter(leaving.t, ['pagehide'], now)?.persisted === false;
}

/** Other sockets of the same kind lived on all the while: a pool that shrank. */
function stillServed(slot: Slot, grace: number): boolean {
  const { slots } = slot.chain;
  const at = slot.endAt ?? 0;
  for (let i = slots.length - 1, looked = 0; i >= 0 && looked < 64; i--, looked++) {
    const other = slots[i]!;
    if (other === slot || other.startAt === undefined || other.startAt > at) continue;
    if (other.socket.openAt === undefined || other.socket.document !== slot.socket.document)
      continue;
    if (other.endAt === undefined || other.endAt > at + grace) return true;
  }
  return false;
}

function seen(slot: Slot, page: PageHistory, until: number): ReturnType<typeof point>[] {
  const points: ReturnType<typeof point>[] = [];
  const from = slot.socket.closeAt ?? until;
  if (slot.socket.url === '') return points;
  if (slot.filledBy?.startAt !== undefined) {
    const { socket, startAt } = slot.filledBy;
    points.push(
      point(startAt, socket.id, 'evidence_successor', { ms: Math.round(startAt - from) }),
    );
  } else {
    points.push(point(until, undefined, 'evidence_no_successor', { ms: Math.round(until - from) }));
  }
  for (const state of ['hidden', 'offline', 'freeze', 'beforeunload', 'pagehide'] as const) {
    const event = page.firstAfter(from, [state], until);
    if (event !== undefined) points.push(point(event.t, undefined, `evidence_page_${state}`));
  }
  return points;
}
