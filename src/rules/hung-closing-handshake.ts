import { effectiveCloseCall } from '../model/closed-by.ts';
import { message } from '../model/message.ts';
import { closePoint, ms, point, round } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** `close()` was called and no close event came in time. */
export const hungClosingHandshake: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'hung-closing-handshake',
    severity: 'warning',
    thresholds: { timeoutMs: ms(5_000, 100, 120_000) },
    spec: 'RFC 6455 §7.1.2',
    requires: ['close-called', 'close'],
  },
  check({ socket, page }, context) {
    const call = effectiveCloseCall(socket);
    // The end of a stream is seen only where the page looks at it.
    if (call === undefined || socket.api === 'WebSocketStream') return SILENT;
    const timeout = context.threshold('timeoutMs');
    const deadline = call.t + timeout;
    const end = socket.closeAt ?? socket.goneAt;
    if (end !== undefined && end <= deadline) return SILENT;
    if (end === undefined && context.now < deadline) return { recheckAt: deadline };
    // In a page that is stopped no close event can come.
    if (page.stoppedBetween(call.t, deadline)) return SILENT;
    const called = point(call.t, socket.id, 'evidence_close_called', { code: call.code ?? 1005 });
    const late = socket.closeAt;
    return {
      hit: {
        verdict: 'failed',
        message:
          late === undefined
            ? message('finding_hungClosingHandshake_hung', { seconds: Math.round(timeout / 1000) })
            : message('finding_hungClosingHandshake_late', {
                seconds: Math.round((late - call.t) / 1000),
              }),
        evidence: late === undefined ? [called] : [called, closePoint(socket)],
        data: {
          calledAt: round(call.t),
          timeoutMs: timeout,
          ...(late === undefined ? {} : { waitedMs: round(late - call.t), code: socket.code }),
        },
        at: deadline,
      },
    };
  },
};
