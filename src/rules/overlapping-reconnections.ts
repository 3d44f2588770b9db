import { message } from '../model/message.ts';
import { count, point } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

/** Several sockets are opened for one vacancy: new ones while an earlier one is still connecting. */
export const overlappingReconnections: ChainRule = {
  scope: 'chain',
  meta: {
    id: 'overlapping-reconnections',
    severity: 'warning',
    thresholds: { overlaps: count(5, 1, 1_000) },
    spec: 'RFC 6455 §4.1',
    requires: ['opening', 'open', 'close', 'chain'],
  },
  check(chain, context) {
    const { overlapping, overlaps } = chain;
    const last = overlapping.at(-1);
    if (last === undefined || overlaps < context.threshold('overlaps')) return SILENT;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_overlappingReconnections_several', { count: overlaps }),
        evidence: overlapping
          .slice(-5)
          .map(({ startAt, socket }) => point(startAt!, socket.id, 'evidence_overlap')),
        data: { overlaps },
        at: last.startAt!,
        sockets: overlapping.map(({ socket }) => socket.id),
      },
    };
  },
};
