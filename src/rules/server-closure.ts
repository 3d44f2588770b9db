import { message } from '../model/message.ts';
import { causeName, certainty, closeData, lifePoints, reasonKey } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** Codes that ask the client to come back: fine where it did. */
const COME_BACK = new Set([1001, 1012, 1013]);

/** Explains every other close that a server started: codes mislead, the causes say more. */
export const serverClosure: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'server-closure',
    severity: 'information',
    thresholds: {},
    spec: 'RFC 6455 §7.4',
    requires: ['close'],
  },
  check({ socket, slot }, context) {
    const { code } = socket;
    if (code === undefined || socket.closedBy !== 'server') return SILENT;
    if (code === 1000 || code === 1005 || code === 1006 || code === 1008) return SILENT;
    const causes = context.causesOf(slot);
    const how = certainty(causes);
    const back = slot.filledBy !== undefined && COME_BACK.has(code);
    return {
      hit: {
        verdict: back ? 'passed' : 'needs-review',
        group: `${code} ${reasonKey(socket)}`,
        message: message(`finding_serverClosure_${how}`, {
          code,
          ...(how === 'unclear' ? {} : { cause: causeName(causes[0]!.cause) }),
        }),
        evidence: lifePoints(socket),
        causes,
        data: { ...closeData(socket), cameBack: slot.filledBy !== undefined },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
