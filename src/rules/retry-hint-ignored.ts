import { message } from '../model/message.ts';
import { closePoint, ms, point, round } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** 1012 asks to wait a random 5–30 s; 1013 asks for another address or the user's wish. */
export const retryHintIgnored: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'retry-hint-ignored',
    severity: 'information',
    thresholds: { restartWaitMs: ms(5_000, 0, 60_000), userWishMs: ms(60_000, 1_000, 600_000) },
    spec: 'IANA WebSocket Close Code Number Registry (1012, 1013)',
    requires: ['close', 'opening', 'chain'],
  },
  check({ socket, slot }, context) {
    const { code, closedBy } = socket;
    if (closedBy !== 'server' || (code !== 1012 && code !== 1013)) return SILENT;
    const next = slot.filledBy;
    const delay = next?.delayMs;
    if (next === undefined || delay === undefined || next.reload) return SILENT;
    const early = code === 1012 && delay < context.threshold('restartWaitMs');
    const same =
      code === 1013 &&
      delay < context.threshold('userWishMs') &&
      address(socket.url) === address(next.socket.url);
    if (!early && !same) return SILENT;
    return {
      hit: {
        verdict: 'failed',
        group: String(code),
        message: message(
          early ? 'finding_retryHintIgnored_early' : 'finding_retryHintIgnored_same',
          { delay: Math.round(delay) },
        ),
        evidence: [
          closePoint(socket),
          point(next.startAt!, next.socket.id, 'evidence_successor', { ms: Math.round(delay) }),
        ],
        causes: context.causesOf(slot),
        data: { code, delayMs: round(delay) },
        at: next.startAt!,
      },
    };
  },
};

function address(url: string): string {
  return url.replace(/[?#].*$/, '');
}
