import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Serves, on every address of this machine, the benchmark's page, with one script before the workloads, by path; and its sockets. */
export async function serveBench(
  variants: Readonly<Record<string, string>>,
): Promise<{ readonly port: number; close(): void }> {
  const workloads = readFileSync(new URL('./recorder-page.js', import.meta.url), 'utf8');
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    response.setHeader('content-type', 'text/html');
    // An isolated page has a finer clock.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.end(
      `<!doctype html><title>${path}</title><body><script>${variants[path] ?? ''}</script><script>${workloads}</script>`,
    );
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 1 << 28 });
  sockets.on('connection', serveSocket);
  await new Promise<void>((listening) => server.listen(0, listening));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

function serveSocket(socket: WebSocket): void {
  let counting = 0;
  socket.on('error', () => {});
  socket.on('message', (data: Buffer, binary) => {
    if (counting > 0) {
      counting -= 1;
      if (counting === 0) socket.send('all');
      return;
    }
    const text = binary || data.length > 40 ? '' : String(data);
    const [verb, n, size] = text.split(' ');
    if (verb === 'flood') {
      const message = 'x'.repeat(64);
      for (let i = 0; i < Number(n); i += 1) socket.send(message);
    } else if (verb === 'count') counting = Number(n);
    else if (verb === 'binary') {
      const message = Buffer.alloc(Number(size));
      for (let i = 0; i < Number(n); i += 1) socket.send(message);
    } else socket.send(data, { binary });
  });
}
