import { crowdedOut, endedByError } from '../model/closed-by.ts';
import { endOf, hasEnded } from '../model/life.ts';
import type { SocketRecord } from '../model/socket.ts';
import { endedOnPurpose } from '../rules/chains/told.ts';
import type { Chain } from '../rules/types.ts';

/**
 * How a socket stands or ended, as a mark and a colour tell it:
 * `normal` an ordinary end, `leaving` a server that goes away or restarts, `refused` a code that
 * says something was wrong, `application` a private code, `broken` no close frame at all,
 * `unseen` an end that could not be observed.
 */
export type Outcome =
  | 'connecting'
  | 'open'
  | 'closing'
  | 'normal'
  | 'leaving'
  | 'refused'
  | 'application'
  | 'broken'
  | 'unseen';

const LEAVING = new Set([1001, 1012, 1013, 1014]);
/** After these a page that wants its socket comes back. */
const RETURNS = new Set([1001, 1006, 1012, 1013]);
const BROKEN = new Set([1006, 1015]);

export function outcomeOf(socket: SocketRecord): Outcome {
  if (socket.code === undefined) {
    if (endedByError(socket)) return 'broken';
    if (socket.seenBy === 'browser' || socket.state === 'gone' || socket.state === 'closed') {
      return 'unseen';
    }
    return socket.state;
  }
  const { code } = socket;
  if (code === 1000 || code === 1005) return 'normal';
  if (LEAVING.has(code)) return 'leaving';
  if (BROKEN.has(code)) return 'broken';
  if (code >= 3000 && code !== 3000 && code !== 3003 && code !== 3008) return 'application';
  return 'refused';
}

/** Milliseconds from open (from construction where it never opened) to the end or `now`. */
export function livedMs(socket: SocketRecord, now: number): number | undefined {
  const from = socket.openAt ?? socket.openingAt;
  if (from === undefined || socket.seenBy === 'browser') return undefined;
  return Math.max(0, (endOf(socket) ?? now) - from);
}

export type Reconnect =
  /** Still alive: the question does not arise. */
  | { readonly kind: 'alive' }
  /** Another socket took its place; `tries` constructions until one opened. */
  | {
      readonly kind: 'replaced';
      readonly by: string;
      readonly tries: number;
      readonly delayMs?: number;
    }
  /** Attempts were made, none has opened yet. */
  | {
      readonly kind: 'trying';
      readonly by: string;
      readonly tries: number;
      readonly delayMs?: number;
      /** The newest attempt has failed, too. */
      readonly failed: boolean;
    }
  /** Attempts were made, none opened, and no more came for as long as one waits. */
  | {
      readonly kind: 'in-vain';
      readonly by: string;
      readonly tries: number;
      readonly delayMs?: number;
    }
  | { readonly kind: 'waiting'; readonly sinceMs: number }
  /** `expected`: its code and its life made a return likely. */
  | { readonly kind: 'never'; readonly expected: boolean }
  /** One of several attempts at once, which never opened: it held no place that another could take. */
  | { readonly kind: 'beside' }
  /** The page ended it itself: nobody expects a return. */
  | { readonly kind: 'not-needed' }
  /** Not its page came back: one that was loaded later opened the next socket. */
  | { readonly kind: 'reloaded'; readonly by: string; readonly delayMs?: number }
  /** Its page was left before one could say: nobody was there to come back. */
  | { readonly kind: 'left' }
  /** The watch ended, or its close was not seen. */
  | { readonly kind: 'unknown' };

/** Nobody who comes back was seen to take longer; see the diagnosis' grace period. */
export const GRACE_MS = 30_000;

export interface ReconnectContext {
  readonly sockets: ReadonlyMap<string, SocketRecord>;
  readonly chain: Chain | undefined;
  readonly now: number;
  /** False for a file: nothing more will come. */
  readonly live: boolean;
  readonly leftAt: ReadonlyMap<string, number>;
}

/** Did a successor come? Follows the chain's replacements from this socket to the one that held. */
export function reconnectOf(socket: SocketRecord, context: ReconnectContext): Reconnect {
  if (!hasEnded(socket)) return { kind: 'alive' };
  const { chain, sockets, now } = context;
  let by = replacementOf(chain, socket.id);
  if (by !== undefined) {
    const first = sockets.get(by);
    const ended = endOf(socket);
    const delayMs =
      first?.openingAt !== undefined && ended !== undefined
        ? Math.max(0, first.openingAt - ended)
        : undefined;
    if (ofLaterDocument(first, socket)) return { kind: 'reloaded', by, delayMs };
    const firstId = by;
    let tries = 1;
    const seen = new Set([socket.id]);
    for (;;) {
      const next = sockets.get(by);
      if (next === undefined || seen.has(by)) break;
      seen.add(by);
      if (next.openAt !== undefined) return { kind: 'replaced', by, tries, delayMs };
      const after = replacementOf(chain, by);
      if (after === undefined) break;
      by = after;
      tries += 1;
    }
    const newest = sockets.get(by);
    const failedAt = newest !== undefined && hasEnded(newest) ? endOf(newest) : undefined;
    return failedAt !== undefined && now - failedAt >= GRACE_MS
      ? { kind: 'in-vain', by: firstId, tries, delayMs }
      : { kind: 'trying', by: firstId, tries, delayMs, failed: failedAt !== undefined };
  }
  if (socket.seenBy === 'browser') return { kind: 'unknown' };
  if (endedOnPurpose(socket)) return { kind: 'not-needed' };
  if (crowdedOut(socket) || heldNoPlace(socket, context)) return { kind: 'beside' };
  const ended = endOf(socket);
  if (ended === undefined) return { kind: 'unknown' };
  const left = socket.document === undefined ? undefined : context.leftAt.get(socket.document);
  if (left !== undefined && left - ended < GRACE_MS) return { kind: 'left' };
  const sinceMs = now - ended;
  if (sinceMs >= GRACE_MS) {
    return {
      kind: 'never',
      expected: socket.openAt !== undefined && RETURNS.has(socket.code ?? 0),
    };
  }
  return context.live ? { kind: 'waiting', sinceMs } : { kind: 'unknown' };
}

/** Whoever loaded that document: the page that lost its socket did not come back itself. */
function ofLaterDocument(next: SocketRecord | undefined, socket: SocketRecord): boolean {
  return (
    next?.document !== undefined &&
    socket.document !== undefined &&
    next.document !== socket.document
  );
}

/**
 * Every socket that ended left a place, but for a second try for the same one: made while an earlier one
 * was on its way, it never opened itself.
 */
function heldNoPlace(socket: SocketRecord, { chain, sockets }: ReconnectContext): boolean {
  const at = socket.openingAt;
  if (socket.openAt !== undefined || at === undefined || chain === undefined) return false;
  if (replacementsOf(chain).has(socket.id)) return false;
  return chain.sockets.some((id) => {
    const other = sockets.get(id);
    if (other === undefined || other === socket || other.openingAt === undefined) return false;
    return (
      other.index < socket.index &&
      (other.openAt ?? Infinity) > at &&
      (endOf(other) ?? Infinity) > at
    );
  });
}

const replacementMaps = new WeakMap<Chain, Map<string, string | undefined>>();

function replacementsOf(chain: Chain): Map<string, string | undefined> {
  let map = replacementMaps.get(chain);
  if (map === undefined || map.size !== chain.replacements.length) {
    map = new Map(chain.replacements.map((step) => [step.ended, step.by]));
    replacementMaps.set(chain, map);
  }
  return map;
}

function replacementOf(chain: Chain | undefined, id: string): string | undefined {
  if (chain === undefined) return undefined;
  const map = replacementsOf(chain);
  const known = map.get(id);
  if (known !== undefined || !map.has(id)) return known;
  // A chain object may be kept and grown in place: an open vacancy is looked at anew.
  return chain.replacements.find((step) => step.ended === id)?.by;
}

/** It lives, but its page was left: the browser keeps both, to show them again on the way back. */
export function isKept(socket: SocketRecord, leftAt: ReadonlyMap<string, number>): boolean {
  return !hasEnded(socket) && leftAt.has(socket.document ?? '');
}

/** Its state as it is told: of one that is kept, not the state that it is kept in. */
export function stateOf(
  socket: SocketRecord,
  leftAt: ReadonlyMap<string, number>,
): SocketRecord['state'] | 'left' {
  return isKept(socket, leftAt) ? 'left' : socket.state;
}

/** The frame's document without its query, or undefined for the tab's own document. */
export function frameOf(socket: SocketRecord): string | undefined {
  return socket.documentUrl;
}
