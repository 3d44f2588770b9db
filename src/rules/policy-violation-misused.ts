import { message } from '../model/message.ts';
import { causeName, closePoint, ratio } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';
import type { CauseId } from './types.ts';

/** The code that says it better than 1008. */
const BETTER: Readonly<Partial<Record<CauseId, number>>> = {
  'auth-missing': 3000,
  'auth-invalid': 3000,
  'auth-expired': 3000,
  forbidden: 3003,
  'idle-timeout': 3008,
  'unsupported-feature-or-endpoint': 1003,
  'message-malformed': 1007,
  'message-too-large': 1009,
  'internal-error': 1011,
  'server-restart': 1012,
  'server-shutdown': 1001,
  'connection-limit': 1013,
};

/** 1008 stands where the evidence fits another code better. Advice for the server's author. */
export const policyViolationMisused: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'policy-violation-misused',
    severity: 'advice',
    thresholds: { confidence: ratio(0.8, 0.5, 1), suspicion: ratio(0.6, 0.2, 1) },
    spec: 'RFC 6455 §7.4.1, IANA WebSocket Close Code Number Registry',
    requires: ['close', 'reason'],
  },
  check({ socket, slot }, context) {
    if (socket.code !== 1008 || socket.closedBy !== 'server') return SILENT;
    const causes = context.causesOf(slot);
    const best = causes[0];
    const better = best === undefined ? undefined : BETTER[best.cause];
    if (best === undefined || better === undefined) return SILENT;
    if (best.confidence < context.threshold('suspicion')) return SILENT;
    // 1008 for a refused login is older than 3000 and widespread: worth a thought, not a fault.
    const sure = better < 3000 && best.confidence >= context.threshold('confidence');
    return {
      hit: {
        verdict: sure ? 'failed' : 'needs-review',
        group: String(better),
        message: message(`finding_policyViolationMisused_${sure ? 'better' : 'perhaps'}`, {
          code: better,
          cause: causeName(best.cause),
        }),
        evidence: [closePoint(socket)],
        causes,
        data: { code: 1008, betterCode: better, cause: best.cause },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
