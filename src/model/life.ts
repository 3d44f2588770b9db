import type { SocketRecord } from './socket.ts';

/** Closed, or gone with its page. */
export function hasEnded({ state }: SocketRecord): boolean {
  return state === 'closed' || state === 'gone';
}

/** When its life ended (session milliseconds): the close event, or the last sign of it where none came. */
export function endOf(socket: SocketRecord): number | undefined {
  if (socket.closeAt !== undefined) return socket.closeAt;
  return hasEnded(socket) ? socket.lastAt : undefined;
}
