import { closeCallFault } from '../model/close-call.ts';
import { message } from '../model/message.ts';
import { point } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** The page called `close()` with what script may not send: it threw, and the socket stayed open. */
export const invalidCloseCall: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'invalid-close-call',
    severity: 'error',
    thresholds: {},
    spec: 'WHATWG WebSockets §3.1 close(code, reason)',
    requires: ['close-called'],
  },
  check({ socket }) {
    for (const call of socket.closeCalls) {
      const { code, reason } = call;
      const fault = closeCallFault(code, reason);
      if (call.error === undefined && fault === undefined) continue;
      const variant = fault?.part ?? 'threw';
      return {
        hit: {
          verdict: 'failed',
          group: `${variant} ${variant === 'code' ? code : ''}`,
          message: message(
            `finding_invalidCloseCall_${variant}`,
            fault === undefined
              ? { error: call.error ?? '' }
              : fault.part === 'code'
                ? { code: code as number }
                : { bytes: fault.bytes },
          ),
          evidence: [
            point(call.t, socket.id, 'evidence_close_called', {
              code: code ?? 1005,
            }),
          ],
          data: {
            ...(code === undefined ? {} : { code }),
            ...(fault?.part === 'reason' ? { reasonBytes: fault.bytes } : {}),
            ...(call.error === undefined ? {} : { error: call.error }),
          },
          at: call.t,
        },
      };
    }
    return SILENT;
  },
};
