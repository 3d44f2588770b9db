import { message } from '../model/message.ts';
import { closePoint, count, ms, point, ratio, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

/** The chain tried to come back, failed, and stopped trying while the page was still there. */
export const reconnectionAbandoned: ChainRule = {
  scope: 'chain',
  meta: {
    id: 'reconnection-abandoned',
    severity: 'error',
    thresholds: {
      attempts: count(2, 1, 100),
      silenceMs: ms(20_000, 1_000, 3_600_000),
      silenceFactor: ratio(3, 1, 20),
    },
    spec: 'RFC 6455 §7.2.3',
    requires: ['close', 'opening', 'page', 'chain'],
  },
  check(chain, context) {
    const { attempts, delays } = chain;
    if (chain.live > 0 || attempts.length < context.threshold('attempts')) return SILENT;
    const last = chain.slots.at(-1);
    if (last?.endAt === undefined || last.gone) return SILENT;
    // It came back and was closed later: that is another rule's matter.
    if (last.socket.openAt !== undefined || last.endedByPage) return SILENT;
    const longest = delays.slice(-64).reduce((most, delay) => Math.max(most, delay), 0);
    const silence = Math.max(
      context.threshold('silenceMs'),
      context.threshold('silenceFactor') * longest,
    );
    const { page } = last;
    const since = Math.max(last.endAt, last.socket.closeAt ?? 0);
    const deadline = page.whenActiveFor(since, silence, context.now);
    if (deadline === undefined || deadline > context.now) {
      if (!context.ended) {
        return { watchPage: true, ...(deadline === undefined ? {} : { recheckAt: deadline }) };
      }
      return SILENT;
    }
    if (page.firstAfter(since, ['pagehide', 'beforeunload'], context.now) !== undefined) {
      return SILENT;
    }
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_reconnectionAbandoned_silent', {
          count: attempts.length,
          seconds: Math.round(silence / 1000),
        }),
        evidence: [
          closePoint(last.socket),
          point(deadline, undefined, 'evidence_no_successor', { ms: Math.round(deadline - since) }),
        ],
        data: {
          attempts: attempts.length,
          longestDelayMs: round(longest),
          silenceMs: round(silence),
        },
        at: deadline,
      },
    };
  },
};
