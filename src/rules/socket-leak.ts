import { message } from '../model/message.ts';
import { thingOf } from './chains/thing.ts';
import type { Slot } from './chains/tracker.ts';
import { count, ms, point } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 256;
const NAMED = 50;

/** Whether most sockets serve a thing of their own, and fewer than `needed` what others serve, too. */
function mostlyOfTheirOwn(open: readonly Slot[], needed: number): boolean {
  const things = new Set<string>();
  let again = 1;
  for (const { socket } of open) {
    const thing = thingOf(socket.url);
    if (!things.has(thing)) things.add(thing);
    else if (++again >= needed) return false;
  }
  return things.size * 2 > open.length;
}

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
    const open: Slot[] = [];
    const oldest = Math.max(0, chain.slots.length - WINDOW);
    const enough = Math.max(NAMED, needed);
    for (let i = chain.slots.length - 1; i >= oldest && open.length < enough; i--) {
      const slot = chain.slots[i]!;
      if (slot.endAt === undefined && slot.socket.seenBy === 'recorder') open.push(slot);
    }
    if (open.length < needed) return SILENT;
    open.reverse();
    const ofDocument = new Map<string, number>();
    for (const { socket } of open) {
      const key = socket.document ?? '';
      ofDocument.set(key, (ofDocument.get(key) ?? 0) + 1);
    }
    const most = Math.max(0, ...ofDocument.values());
    if (most < needed) return SILENT;
    // Of more than are looked at, the chain knows the number.
    const held = ofDocument.size === 1 ? Math.max(most, chain.live) : most;
    const first = open[0]!;
    const last = open.at(-1)!;
    const start = (slot: Slot): number => slot.startAt ?? slot.socket.firstAt;
    // A pool is made in one go, and stays one when its sockets are replaced; a leak grows.
    const begun = open.map((slot) => start(slot.first));
    const spread = Math.max(...begun) - Math.min(...begun);
    // Sockets that each serve a thing of their own may all be meant.
    const several = mostlyOfTheirOwn(open, needed);
    const grows = !several && spread >= context.threshold('spreadMs');
    const kind = several ? 'several' : grows ? 'growing' : 'pool';
    return {
      hit: {
        verdict: grows ? 'failed' : 'needs-review',
        message: message(`finding_socketLeak_${kind}`, { count: held }),
        evidence: [first, last].map((slot) =>
          point(start(slot), slot.socket.id, 'evidence_made_still_open'),
        ),
        data: { open: held, made: chain.slots.length },
        at: start(last),
        sockets: open.slice(-NAMED).map(({ socket }) => socket.id),
      },
    };
  },
};
