import { message } from '../model/message.ts';
import { closedByPoints, closePoint } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';

/** The browser itself ended it for the page's sake: what each end saw, so that nobody hunts a ghost. */
export const goingAwayByPage: SocketRule = {
  scope: 'socket',
  meta: {
    id: 'going-away-by-page',
    severity: 'information',
    thresholds: {},
    spec: 'WHATWG WebSockets §7',
    requires: ['close', 'page'],
  },
  check({ socket, page }) {
    const { code, closeAt } = socket;
    if (socket.closedBy !== 'browser' || closeAt === undefined) return SILENT;
    if (code !== 1001 && code !== 1006) return SILENT;
    const restored = page.lastBefore(closeAt, ['pageshow']);
    const variant =
      code === 1001 ? 'navigation' : restored?.persisted === true ? 'bfcache' : undefined;
    if (variant === undefined) return SILENT;
    return {
      hit: {
        verdict: 'failed',
        group: variant,
        message: message(`finding_goingAwayByPage_${variant}`, { code }),
        evidence: [closePoint(socket), ...closedByPoints(socket)],
        data: { code, seenByServer: 1001, variant },
        at: closeAt,
      },
    };
  },
};
