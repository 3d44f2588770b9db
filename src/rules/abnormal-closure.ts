import { message } from '../model/message.ts';
import type { SocketRecord } from '../model/socket.ts';
import {
  ageOf,
  closedByPoints,
  closePoint,
  hadOpened,
  idleOf,
  ms,
  openPoint,
  round,
} from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** 1006 after open: the connection was lost without a close frame. */
export const abnormalClosure: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'abnormal-closure',
    severity: 'warning',
    thresholds: { idleMs: ms(20_000, 1_000, 3_600_000), nearMs: ms(5_000, 100, 60_000) },
    spec: 'RFC 6455 §7.1.5',
    requires: ['open', 'close', 'page'],
  },
  check({ socket, slot, page }, context) {
    const { closeAt, handshake } = socket;
    if (socket.code !== 1006 || closeAt === undefined || slot.endedByPage) return SILENT;
    if (socket.closedBy === 'browser' && handshake?.error === undefined) return SILENT;
    if (!hadOpened(socket) && socket.openingAt !== undefined) return SILENT;
    const near = context.threshold('nearMs');
    const idle = idleOf(socket)!;
    const frozen = page.lastBefore(closeAt, ['freeze', 'resume']);
    const network = page.lastBefore(closeAt, ['offline', 'online']);
    const offline =
      network?.state === 'offline' ||
      page.firstAfter(closeAt, ['offline'], closeAt + near) !== undefined;
    const variant =
      handshake?.error !== undefined
        ? 'protocol'
        : offline
          ? 'offline'
          : frozen?.state === 'freeze' || (frozen !== undefined && closeAt - frozen.t <= near)
            ? 'frozen'
            : idle >= context.threshold('idleMs')
              ? 'idle'
              : 'lost';
    const age = ageOf(socket);
    return {
      hit: {
        verdict: 'failed',
        group: variant,
        message: message(
          `finding_abnormalClosure_${variant}`,
          variant === 'protocol'
            ? { error: handshake!.error! }
            : variant === 'idle'
              ? { seconds: Math.round(idle / 1000) }
              : variant === 'lost'
                ? {
                    quiet: round(idle),
                    since: message(sinceWhat(socket)),
                  }
                : undefined,
        ),
        evidence: [...openPoint(socket), closePoint(socket), ...closedByPoints(socket)],
        data: {
          variant,
          advice: variant,
          idleMs: round(idle),
          ...(age === undefined ? {} : { ageMs: round(age) }),
          ...(handshake?.error === undefined ? {} : { error: handshake.error }),
        },
        at: closeAt,
      },
    };
  },
};

/** What the quiet time before the close began with. */
function sinceWhat({ sent, received, openAt }: SocketRecord): string {
  if (Math.max(sent.lastAt ?? 0, received.lastAt ?? 0) > 0) return 'evidence_since_message';
  return openAt === undefined ? 'evidence_since_seen' : 'evidence_since_open';
}
