import { scriptMaySend } from '../model/close-codes.ts';
import { message } from '../model/message.ts';
import { point } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** Bytes of UTF-8 that a close frame can carry beside the code. */
const MAX_REASON_BYTES = 123;

/** The page called `close()` with what script may not send: it threw, and the socket stayed open. */
export const invalidCloseCall: SocketRule = {
  scope: 'socket',
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
      const badCode = code !== undefined && !scriptMaySend(code);
      const bytes = reason === undefined ? 0 : new TextEncoder().encode(reason).length;
      const badReason = bytes > MAX_REASON_BYTES;
      if (call.error === undefined && !badCode && !badReason) continue;
      const variant = badCode ? 'code' : badReason ? 'reason' : 'threw';
      return {
        hit: {
          verdict: 'failed',
          group: `${variant} ${badCode ? code : ''}`,
          message: message(
            `finding_invalidCloseCall_${variant}`,
            badCode ? { code } : badReason ? { bytes } : { error: call.error ?? '' },
          ),
          evidence: [
            point(call.t, socket.id, 'evidence_close_called', {
              code: code ?? 1005,
            }),
          ],
          data: {
            ...(code === undefined ? {} : { code }),
            ...(badReason ? { reasonBytes: bytes } : {}),
            ...(call.error === undefined ? {} : { error: call.error }),
          },
          at: call.t,
        },
      };
    }
    return SILENT;
  },
};
