import { message } from '../model/message.ts';
import { count, ms, point } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 256;

/** Sockets to one endpoint pile up unclosed. */
export const socketLeak: ChainRule = {
  scope: 'chain',
  meta: {
    id: 'socket-leak',
    severity: 'warning',
    thresholds: { sockets: count(10, 3, 1_000), spreadMs: ms(1_000, 0, 600_000) },
    spec: 'WHATWG WebSockets §7 (garbage collection)',
    requires: ['opening', 'close', 'chain'],
  },
  check(chain, context) {
    const needed = context.threshold('sockets');
    if (chain.live < needed) return SILENT;
    const open = chain.slots
      .slice(-WINDOW)
      .filter(({ endAt, socket }) => endAt === undefined && socket.seenBy === 'recorder');
    const ofDocument = new Map<string, number>();
    for (const { socket } of open) {
      const key = socket.document ?? '';
      ofDocument.set(key, (ofDocument.get(key) ?? 0) + 1);
    }
    const most = Math.max(0, ...ofDocument.values());
    if (most < needed) return SILENT;
    const first = open[0]!;
    const last = open.at(-1)!;
    const start = (slot: typeof first): number => slot.startAt ?? slot.socket.firstAt;
    // A pool is made in one go; a leak grows.
    const grows = start(last) - start(first) >= context.threshold('spreadMs');
    return {
      hit: {
        verdict: grows ? 'failed' : 'needs-review',
        message: message(`finding_socketLeak_${grows ? 'growing' : 'pool'}`, { count: most }),
        evidence: [first, last].map((slot) =>
          point(start(slot), slot.socket.id, 'evidence_made_still_open'),
        ),
        data: { open: most, made: chain.slots.length },
        at: start(last),
        sockets: open.slice(-50).map(({ socket }) => socket.id),
      },
    };
  },
};
