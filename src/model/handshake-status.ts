import type { HandshakeEvent } from './events.ts';

/**
 * HTTP status of the answer to an opening handshake, 0 where there was none. Chrome
 * tells that of a refused one in its own words alone.
 */
export function handshakeStatus(
  handshake: Pick<HandshakeEvent, 'status' | 'error'> | undefined,
): number {
  if (handshake === undefined) return 0;
  const said = /response code: (\d{3})\b/.exec(handshake.error ?? '')?.[1];
  const auth = /HTTP Authentication failed/.test(handshake.error ?? '') ? 401 : 0;
  return handshake.status || Number(said ?? auth);
}
