import type { WebSocket } from 'ws';
import type { Turn } from './turns.ts';

/** Sends everything back as it came. */
export function serveEcho(socket: WebSocket, turn: Turn): void {
  socket.on('message', (data, isBinary) => {
    socket.send(isBinary ? data : `${String(data)} of connection ${turn.number}`, {
      binary: isBinary,
    });
    turn.answered(socket);
  });
}
