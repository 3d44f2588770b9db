import { message } from '../model/message.ts';
import { closePoint } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** 1008 with an empty reason: the one who reads it must guess. */
export const policyViolationWithoutReason: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'policy-violation-without-reason',
    severity: 'advice',
    thresholds: {},
    spec: 'RFC 6455 §7.1.6',
    requires: ['close', 'reason'],
  },
  check({ socket, slot }, context) {
    if (socket.code !== 1008 || socket.closedBy !== 'server') return SILENT;
    if ((socket.reason ?? '').trim() !== '') return SILENT;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_policyViolationWithoutReason_empty'),
        evidence: [closePoint(socket)],
        causes: context.causesOf(slot),
        data: { code: 1008 },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
