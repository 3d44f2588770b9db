import { nameOfCode } from '../../model/close-codes.ts';
import { crowdedOut, effectiveCloseCall, endedByError } from '../../model/closed-by.ts';
import { handshakeStatus } from '../../model/handshake-status.ts';
import { hasEnded } from '../../model/life.ts';
import { type Message, message } from '../../model/message.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { isKept, livedMs, type Reconnect } from '../facts.ts';
import type { SessionView } from '../session.ts';
import { reconnect } from '../sockets/rows.ts';

/** Ages within this share of each other (and at least 250 ms) count as the same. */
const SAME_AGE_SHARE = 0.05;
const SAME_AGE_MS = 250;
/** A closing handshake that takes longer is told apart from the call. */
const SLOW_CLOSE_MS = 2_000;
/** An opening handshake that takes longer may be held back by the browser: RFC 6455 §4.1. */
const SLOW_OPEN_MS = 5_000;
/** At younger ages "the same age" says nothing of a lifetime. */
const TELLING_AGE_MS = 1_000;

/** What became of a socket, in one to three plain sentences. */
export function sentencesOf(socket: SocketRecord, view: SessionView): Message[] {
  const sentences = [howItEnded(socket, view)];
  if (socket.state === 'connecting' && (livedMs(socket, view.now) ?? 0) >= SLOW_OPEN_MS) {
    sentences.push(message('panel_says_connecting_held'));
  }
  if (isKept(socket, view.leftAt)) {
    sentences.push(message('panel_says_page_left'));
  }
  const same = timesAtSameAge(socket, view);
  if (same !== undefined) sentences.push(message('panel_says_same_age', { count: same }));
  const back = whetherItCameBack(reconnect(view, socket), socket.closedBy === 'page');
  if (back !== undefined) sentences.push(back);
  return sentences;
}

function howItEnded(socket: SocketRecord, view: SessionView): Message {
  const lived = livedMs(socket, view.now);
  if (socket.seenBy === 'browser') return message('panel_says_unseen');
  if (!hasEnded(socket)) {
    // In a saved session nothing goes on any more.
    const name = `panel_says_${view.live ? '' : 'was_'}${socket.state}`;
    const called = socket.state === 'closing' ? effectiveCloseCall(socket)?.t : undefined;
    if (called !== undefined) {
      return message(`${name}_since`, { sinceMs: Math.max(0, view.now - called) });
    }
    return lived === undefined ? message(name) : message(`${name}_for`, { ageMs: lived });
  }
  if (endedByError(socket)) return message('finding_handshakeRejected_blocked');
  const status = handshakeStatus(socket.handshake);
  if (socket.openAt === undefined) {
    if (socket.code === undefined) return message('panel_says_gone');
    if (status >= 300) {
      return message('panel_says_handshake_status', { status: String(status) });
    }
    if (crowdedOut(socket)) {
      return message('finding_handshakeRejected_crowded', { count: socket.beside ?? 0 });
    }
    if (socket.handshake?.error) {
      return message('panel_says_handshake_error', { error: socket.handshake.error });
    }
    if (socket.closedBy === 'page') return message('panel_says_closed_before_open_by_page');
    return message('panel_says_never_opened');
  }
  if (socket.code === undefined) return message('panel_says_gone');
  const params = {
    code: String(socket.code),
    name: nameOfCode(socket.code),
    age: message('panel_says_age', { ageMs: lived ?? 0 }),
    reason: socket.reason ?? '',
  };
  const by = socket.closedBy ?? 'unknown';
  const called = by === 'page' ? effectiveCloseCall(socket)?.t : undefined;
  if (called !== undefined && socket.closeAt !== undefined) {
    const laterMs = socket.closeAt - called;
    if (laterMs >= SLOW_CLOSE_MS) {
      const ageMs = Math.max(0, called - socket.openAt);
      const age = message('panel_says_age', { ageMs });
      return message('panel_says_page_called', { ...params, age, laterMs });
    }
  }
  return message(`panel_says_${by}${socket.reason ? '_reason' : ''}`, params);
}

/** Which time it is that a socket of this chain is closed with this code at this age; from the 2nd on. */
function timesAtSameAge(socket: SocketRecord, view: SessionView): number | undefined {
  const age = socket.openAt === undefined ? undefined : livedMs(socket, view.now);
  if (age === undefined || socket.code === undefined || age < TELLING_AGE_MS) return undefined;
  const chain = view.chainOf(socket.id);
  if (chain === undefined) return undefined;
  let count = 0;
  for (const id of chain.sockets) {
    const other = view.sockets.get(id);
    if (other === undefined || other.code !== socket.code || other.openAt === undefined) continue;
    if (other.index > socket.index) continue;
    const otherAge = livedMs(other, view.now) ?? 0;
    if (Math.abs(otherAge - age) <= Math.max(SAME_AGE_MS, age * SAME_AGE_SHARE)) count += 1;
  }
  return count > 1 ? count : undefined;
}

function whetherItCameBack(value: Reconnect, byPage: boolean): Message | undefined {
  switch (value.kind) {
    case 'replaced':
      // Whoever closed it on purpose did not lose it: nothing came back.
      if (byPage && value.delayMs !== undefined) {
        return message('panel_says_another', { delayMs: value.delayMs });
      }
      return value.delayMs === undefined
        ? message('panel_says_back')
        : value.tries === 1
          ? message('panel_says_back_once', { delayMs: value.delayMs })
          : message('panel_says_back_tries', { delayMs: value.delayMs, count: value.tries });
    case 'trying':
      return message('panel_says_trying', { count: value.tries });
    case 'in-vain':
      return message('panel_says_in_vain', { count: value.tries });
    case 'never':
      return message('panel_says_never');
    case 'reloaded':
      return value.delayMs === undefined
        ? message('panel_says_reloaded')
        : message('panel_says_reloaded_after', { delayMs: value.delayMs });
    case 'beside':
      return message('panel_says_beside');
    case 'left':
      return message('panel_says_left');
    case 'waiting':
      return message('panel_says_waiting', { sinceMs: value.sinceMs });
    case 'unknown':
      return message('panel_says_not_known');
    default:
      return undefined;
  }
}
