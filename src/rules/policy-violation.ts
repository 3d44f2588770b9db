import { message } from '../model/message.ts';
import { causeName, certainty, closeData, lifePoints, reasonKey } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** A server closed with 1008: the ranked causes, their evidence, what to check. */
export const policyViolation: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'policy-violation',
    severity: 'error',
    thresholds: {},
    spec: 'RFC 6455 §7.4.1',
    requires: ['close'],
  },
  check({ socket, slot }, context) {
    if (socket.code !== 1008 || socket.closedBy !== 'server') return SILENT;
    const causes = context.causesOf(slot);
    const how = certainty(causes);
    const best = causes[0];
    return {
      hit: {
        verdict: 'failed',
        group: reasonKey(socket),
        message: message(
          `finding_policyViolation_${how}`,
          how === 'unclear' ? undefined : { cause: causeName(best!.cause) },
        ),
        evidence: lifePoints(socket),
        causes,
        data: {
          ...closeData(socket),
          sentMessages: socket.sent.messages,
          receivedMessages: socket.received.messages,
        },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
