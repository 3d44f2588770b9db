import type { SocketRecord } from '../../model/socket.ts';
import type { SessionView } from '../session.ts';

export function Lanes(_: { view: SessionView; matched: readonly SocketRecord[] | undefined }) {
  return null;
}
