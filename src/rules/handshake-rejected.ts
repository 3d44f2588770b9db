import { crowdedOut, endedByError } from '../model/closed-by.ts';
import { handshakeStatus } from '../model/handshake-status.ts';
import { type Message, message } from '../model/message.ts';
import type { SocketRecord } from '../model/socket.ts';
import { closedByPoints, closePoint, point } from './evidence.ts';
import { type Hit, SILENT, type SocketRule } from './rule.ts';

/** An `error` event that no `close` event follows within this time stands alone. */
const WITHOUT_CLOSE_MS = 1_000;

/** What to do depends on the answer. */
function adviceFor(status: number): { readonly advice?: string } {
  if (status === 401 || status === 403) return { advice: 'credentials' };
  if (status === 404 || status === 410) return { advice: 'path' };
  if (status === 400 || status === 426 || (status >= 200 && status < 400)) {
    return { advice: 'upgrade' };
  }
  if (status === 429) return { advice: 'tooMany' };
  if (status === 101) return { advice: 'switched' };
  return status >= 500 ? { advice: 'server' } : {};
}

function blocked(socket: SocketRecord): Hit {
  const at = socket.errorAt!;
  return {
    verdict: 'failed',
    group: 'blocked',
    message: message('finding_handshakeRejected_blocked'),
    evidence: [point(at, socket.id, 'evidence_error_alone'), ...closedByPoints(socket)],
    data: { blocked: true, advice: 'blocked' },
    at,
  };
}

/** 1006 before open, with what the browser knows: HTTP status or its own error text. */
export const handshakeRejected: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'handshake-rejected',
    severity: 'error',
    thresholds: {},
    spec: 'RFC 6455 §4.1',
    requires: ['opening', 'close', 'handshake'],
  },
  check({ socket, slot, page }, context) {
    const { handshake, closeAt, errorAt } = socket;
    if (endedByError(socket)) {
      // The close event of an ordinary failure is there in the same moment.
      const decided = errorAt! + WITHOUT_CLOSE_MS;
      return decided > context.now ? { recheckAt: decided } : { hit: blocked(socket) };
    }
    const refused = socket.closeAt !== undefined && socket.code === 1006;
    const strange = socket.seenBy === 'browser' && socket.openAt === undefined;
    if (!refused && !strange) return SILENT;
    if (socket.openAt !== undefined || socket.received.messages > 0 || slot.endedByPage)
      return SILENT;
    // Its start was not recorded: it may have been open for hours.
    if (socket.openingAt === undefined && socket.seenBy === 'recorder') return SILENT;
    const at = closeAt ?? handshake?.t ?? socket.lastAt;
    const status = handshakeStatus(handshake);
    const offline = page.lastBefore(at, ['offline', 'online'])?.state === 'offline';
    const crowded = crowdedOut(socket);
    const variant =
      status >= 100 && status !== 101
        ? 'http'
        : handshake?.error !== undefined && !crowded
          ? 'error'
          : offline
            ? 'offline'
            : crowded
              ? 'crowded'
              : handshake === undefined
                ? 'unseen'
                : status === 101
                  ? 'switched'
                  : 'noAnswer';
    const params: Message['params'] =
      variant === 'http'
        ? { status }
        : variant === 'error'
          ? { error: handshake!.error! }
          : variant === 'crowded'
            ? { count: socket.beside ?? 0 }
            : undefined;
    return {
      hit: {
        verdict: 'failed',
        group:
          variant === 'http'
            ? `http ${status}`
            : variant === 'error'
              ? `error ${handshake!.error}`
              : variant,
        message: message(`finding_handshakeRejected_${variant}`, params),
        evidence: [
          ...(socket.closeAt === undefined ? [] : [closePoint(socket)]),
          ...(handshake === undefined || status === 0 || crowded
            ? []
            : [point(handshake.t, socket.id, 'evidence_handshake', { status })]),
          ...closedByPoints(socket),
        ],
        ...(status >= 400 ? { causes: context.causesOf(slot) } : {}),
        data: {
          ...(status > 0 ? { status } : {}),
          ...(variant === 'crowded'
            ? { advice: variant, beside: socket.beside }
            : adviceFor(status)),
          ...(handshake?.statusText ? { statusText: handshake.statusText } : {}),
          ...(handshake?.error === undefined ? {} : { error: handshake.error }),
          ...(offline ? { offline } : {}),
        },
        at,
      },
    };
  },
};
