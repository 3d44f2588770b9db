import { message } from '../model/message.ts';
import { causeName, closePoint, ratio } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';
import type { CauseId } from './types.ts';

/** Causes that an ordinary end has, too. */
const ORDINARY = new Set<CauseId>([
  'unknown',
  'server-shutdown',
  'server-restart',
  'session-expired',
  'idle-timeout',
  'replaced-or-kicked',
]);
/** Words of an ordinary end: whatever else the reason says, it is meant to be one. */
const PLEASANT =
  /^\W*(normal|bye|good ?bye|done|ok|okay|complete(d)?|finished|success|closing|closed|logout|log(ged)? ?out|sign(ed)? ?out|disconnect(ed|ing)?|client|user|end|shutting|going away|server close[d]?)\b/i;

/** 1000 (or 1005) whose reason tells of an error, so that clients will not reconnect. */
export const normalClosureForError: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'normal-closure-for-error',
    severity: 'warning',
    thresholds: { confidence: ratio(0.7, 0.3, 1), suspicion: ratio(0.45, 0.2, 1) },
    spec: 'RFC 6455 §7.4.1',
    requires: ['close', 'reason'],
  },
  check({ socket, slot }, context) {
    const { code, reason } = socket;
    if (socket.closedBy !== 'server' || (code !== 1000 && code !== 1005)) return SILENT;
    if (!reason || PLEASANT.test(reason)) return SILENT;
    const causes = context.causesOf(slot);
    const best = causes[0];
    if (best === undefined || ORDINARY.has(best.cause)) return SILENT;
    if (best.confidence < context.threshold('suspicion')) return SILENT;
    const sure = best.confidence >= context.threshold('confidence');
    return {
      hit: {
        verdict: sure ? 'failed' : 'needs-review',
        group: best.cause,
        message: message(`finding_normalClosureForError_${sure ? 'told' : 'perhaps'}`, {
          code,
          cause: causeName(best.cause),
        }),
        evidence: [closePoint(socket)],
        causes,
        data: { code, reason, cause: best.cause },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
