import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { WebSocket } from 'ws';
import { type Flow, pathOf } from '../flows.ts';
import type { Turns } from './turns.ts';

/** One real Socket.IO server for a flow. */
export function socketIoServer(http: HttpServer, flow: Flow, turns: Turns): Server {
  const server = new Server(http, {
    path: pathOf(flow),
    serveClient: false,
    // Other upgrades of this server are not its business.
    destroyUpgrade: false,
  });
  server.on('connection', (socket) => {
    const turn = turns.next(flow);
    socket.on('echo', (what: unknown, answer: (what: unknown) => void) => {
      answer(typeof what === 'string' ? `${what} of connection ${turn.number}` : what);
      // The page speaks only when it has left polling behind.
      turn.answered(webSocketOf(socket));
    });
  });
  return server;
}

function webSocketOf({ conn }: Socket): WebSocket {
  const { transport } = conn as unknown as { transport: { name: string; socket: WebSocket } };
  if (transport.name !== 'websocket') throw new Error(`Spoken over ${transport.name}`);
  return transport.socket;
}
