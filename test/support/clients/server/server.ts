import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server as SocketIoServer } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import { flows, type Library } from '../flows.ts';
import { serveEcho } from './echo.ts';
import { graphqlServer } from './graphql.ts';
import { servePhoenix } from './phoenix.ts';
import { negotiation, serveSignalR } from './signalr.ts';
import { socketIoServer } from './socket-io.ts';
import { type Turn, Turns } from './turns.ts';

export interface ClientsServer {
  /** Such as `http://127.0.0.1:41234`. `/` runs every flow; `/empty` runs nothing. */
  readonly origin: string;
  close(): Promise<void>;
}

const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Clients</title>${script}`;

/** Completes each client's own handshake, and ends the connections as the flows say. */
export async function startClientsServer(script: string): Promise<ClientsServer> {
  const turns = new Turns();
  const taken = new WeakMap<WebSocket, Turn>();
  const plain = new WebSocketServer({ noServer: true });
  const graphql = graphqlServer((socket) => taken.get(socket) as Turn);
  const serve: Partial<Record<Library, (socket: WebSocket, turn: Turn) => void>> = {
    'reconnecting-websocket': serveEcho,
    signalr: serveSignalR,
    phoenix: servePhoenix,
  };

  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://server.invalid');
    if (request.method === 'POST' && pathname.endsWith('/negotiate')) {
      response.setHeader('content-type', 'application/json');
      response.end(negotiation());
    } else if (pathname === '/clients.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8');
      response.end(script);
    } else if (pathname === '/' || pathname === '/empty') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page(pathname === '/' ? '<script src="/clients.js" defer></script>' : ''));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  http.on('upgrade', (request, stream, head) => {
    const flow = turns.flowAt(request.url);
    if (flow?.library === 'socket.io') return;
    if (flow === undefined) {
      stream.destroy();
      return;
    }
    const server = flow.library === 'graphql-ws' ? graphql : plain;
    server.handleUpgrade(request, stream, head, (socket) => {
      const turn = turns.next(flow);
      taken.set(socket, turn);
      if (server === graphql) graphql.emit('connection', socket, request);
      else serve[flow.library]?.(socket, turn);
    });
  });
  const socketIo: SocketIoServer[] = flows
    .filter(({ library }) => library === 'socket.io')
    .map((flow) => socketIoServer(http, flow, turns));

  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready));
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      for (const server of socketIo) server.engine.close();
      for (const { clients } of [plain, graphql]) for (const socket of clients) socket.terminate();
      const closed = new Promise((done) => http.close(done));
      http.closeAllConnections();
      await closed;
    },
  };
}
