import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface Site {
  /** With a slash at the end. */
  readonly origin: string;
  close(): void;
}

const PROBES = readFileSync(new URL('./probes.js', import.meta.url), 'utf8');

/**
 * Pages and sockets for the probes: `/echo` sends back what comes, `/close?code=…&reason=…`
 * closes at once, `/cut` drops the connection, `/refuse` answers the handshake with 403.
 *
 * @param pages HTML by path, beside the probes' own
 */
export async function serve(pages: Readonly<Record<string, string>> = {}): Promise<Site> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/probes.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(PROBES);
      return;
    }
    response.setHeader('content-type', 'text/html');
    response.end(
      pages[path] ??
        (path === '/'
          ? '<!doctype html><title>Probes</title><body><script src="/probes.js"></script>'
          : '<!doctype html><title>Empty</title>'),
    );
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) => [...protocols][0] ?? false,
  });
  server.on('upgrade', (request, connection, head) => {
    const url = new URL(request.url ?? '/', 'http://probes.test');
    if (url.pathname === '/refuse') {
      connection.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      socket.on('error', () => {});
      socket.on('message', (data, binary) => socket.send(data, { binary }));
      if (url.pathname === '/close') {
        const code = url.searchParams.get('code');
        if (code === null) socket.close();
        else socket.close(Number(code), url.searchParams.get('reason') ?? '');
      } else if (url.pathname === '/cut') setTimeout(() => connection.destroy(), 50);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}/`,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}
