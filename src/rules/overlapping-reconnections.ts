import { message } from '../model/message.ts';
import type { Slot } from './chains/tracker.ts';
import { count, point } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

const WINDOW = 256;

/** Several sockets are opened for one vacancy: new ones while an earlier one is still connecting. */
export const overlappingReconnections: ChainRule = {
  scope: 'chain',
  sticky: true,
  meta: {
    id: 'overlapping-reconnections',
    severity: 'warning',
    thresholds: { overlaps: count(5, 1, 1_000) },
    spec: 'RFC 6455 §4.1',
    requires: ['opening', 'open', 'close', 'chain'],
  },
  check(chain, context) {
    // Before anything has ended there is nothing to replace: a pool, not an overlap.
    if (chain.ended === 0 || chain.extra < context.threshold('overlaps')) return SILENT;
    const overlapping: Slot[] = [];
    const slots = chain.slots.slice(-WINDOW);
    const connecting: Slot[] = [];
    let firstEnd = Infinity;
    for (const slot of chain.slots.length > WINDOW ? slots : chain.slots) {
      if (slot.endAt !== undefined && slot.endAt < firstEnd) firstEnd = slot.endAt;
    }
    for (const slot of slots) {
      const { startAt } = slot;
      if (startAt === undefined) continue;
      for (let i = connecting.length - 1; i >= 0; i--) {
        const over = connectedAt(connecting[i]!);
        if (over !== undefined && over <= startAt) connecting.splice(i, 1);
      }
      if (slot.fills === undefined && startAt > firstEnd && twinOf(slot, connecting)) {
        overlapping.push(slot);
      }
      connecting.push(slot);
      if (connecting.length > 64) connecting.shift();
    }
    if (overlapping.length < context.threshold('overlaps')) return SILENT;
    const last = overlapping.at(-1)!;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_overlappingReconnections_several', {
          count: overlapping.length,
        }),
        evidence: overlapping
          .slice(-5)
          .map(({ startAt, socket }) => point(startAt!, socket.id, 'evidence_overlap')),
        data: { overlaps: overlapping.length, sockets: chain.slots.length },
        at: last.startAt!,
        sockets: overlapping.slice(-50).map(({ socket }) => socket.id),
      },
    };
  },
};

/** When a socket stopped connecting: it opened, failed or was given up. */
function connectedAt({ socket, endAt }: Slot): number | undefined {
  const failed =
    socket.errorAt !== undefined && socket.openAt === undefined ? socket.errorAt : Infinity;
  const at = Math.min(socket.openAt ?? Infinity, endAt ?? Infinity, failed);
  return at === Infinity ? undefined : at;
}

/** Another socket of the document is on its way to the same resource. */
function twinOf({ socket }: Slot, connecting: readonly Slot[]): boolean {
  const wanted = resource(socket.url);
  return connecting.some(
    ({ socket: other }) => other.document === socket.document && resource(other.url) === wanted,
  );
}

/** The path as it is: `/job/3` and `/job/4` are two jobs, not two tries. */
function resource(url: string): string {
  return url.replace(/^wss?:\/\/[^/]*/, '').replace(/[?#].*$/, '');
}
