import { crowdedOut, endedByError } from '../model/closed-by.ts';
import { handshakeStatus } from '../model/handshake-status.ts';
import { hasEnded } from '../model/life.ts';
import { type Message, message } from '../model/message.ts';
import type { SocketRecord } from '../model/socket.ts';

/** What the browsers' own words for a failed connection mean. */
const KNOWN: readonly (readonly [words: RegExp, id: string])[] = [
  [/CONNECTION_REFUSED/i, 'refused'],
  [/NAME_NOT_RESOLVED|UNKNOWN_HOST/i, 'unresolved'],
  [/CERT|SSL|SEC_ERROR|TLS/i, 'certificate'],
  [/TIMED_OUT|TIMEOUT/i, 'timeout'],
  [/INTERNET_DISCONNECTED|NETWORK_CHANGED|OFFLINE/i, 'offline'],
  [/BLOCKED/i, 'blocked'],
];

/**
 * Why a socket never opened, in a few words. It stands where the close reason would,
 * but is none: nobody sent it.
 * @returns undefined where the socket opened, lives, or was closed by its page.
 */
export function handshakeNote(socket: SocketRecord): Message | undefined {
  if (socket.openAt !== undefined || !hasEnded(socket) || socket.reason) return undefined;
  if (endedByError(socket)) return message('panel_handshake_note_blocked');
  const unseen = socket.seenBy === 'browser';
  if (!unseen && (socket.code !== 1006 || socket.openingAt === undefined)) return undefined;
  const { handshake } = socket;
  const status = handshakeStatus(handshake);
  if (status >= 100 && status !== 101) {
    return message('panel_handshake_note_status', { status: String(status) });
  }
  if (crowdedOut(socket)) return message('panel_handshake_note_crowded');
  const error = handshake?.error;
  if (error !== undefined) {
    const known = KNOWN.find(([words]) => words.test(error));
    return known === undefined
      ? message('panel_handshake_note_error', { error })
      : message(`panel_handshake_note_${known[1]}`);
  }
  if (unseen || socket.closedBy === 'page') return undefined;
  if (status === 101) return message('panel_handshake_note_switched');
  return message('panel_handshake_note_never');
}
