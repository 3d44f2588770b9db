import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import { behaviours, type Visit } from './behaviours.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
};

export interface Demo {
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** The same site at another port: another origin for the browser. */
  readonly otherOrigin: string;
  close(): Promise<void>;
}

/** The files that a browser may ask for: the page's own, and the list that it shares with the server. */
function fileOf(path: string): string | undefined {
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (!/^[\w-]+\.(html|css|svg|ts)$/.test(name)) return undefined;
  return name === 'scenarios.ts' ? join(folder, name) : join(folder, 'site', name);
}

async function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  fill: (html: string) => string,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://site.invalid');
  const file = fileOf(pathname);
  try {
    if (file === undefined) throw new Error('no such file');
    let body = await readFile(file, 'utf8');
    if (file.endsWith('.ts')) body = (await transformWithOxc(body, file)).code;
    if (file.endsWith('.html')) body = fill(body);
    response.setHeader('content-type', types[extname(file)] ?? 'text/plain');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end('Not found');
  }
}

function refuse(stream: Duplex, status: number): void {
  const words: Record<number, string> = { 403: 'Forbidden', 503: 'Service Unavailable' };
  stream.end(
    `HTTP/1.1 ${status} ${words[status] ?? 'Refused'}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
}

/** The opening handshake, and nothing after it. */
function answerAndIgnore(request: IncomingMessage, stream: Duplex): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  stream.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  stream.resume();
}

function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
}

/** Upgrades of both ports: one count of visits for the whole site. */
class Upgrades {
  readonly #visits = new Map<string, number>();
  readonly #streams = new Set<Duplex>();
  readonly #plain = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  handle(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#streams.add(stream);
    stream.on('error', () => {});
    stream.on('close', () => this.#streams.delete(stream));
    const url = new URL(request.url ?? '/', 'http://site.invalid');
    const id = url.pathname.split('/').at(-1) ?? '';
    const behaviour = behaviours[id] ?? {};
    const visit = this.#count(id, url.searchParams);
    const refusal = behaviour.refuse?.(visit);
    if (refusal !== undefined) {
      setTimeout(() => refuse(stream, refusal.status), refusal.afterMs ?? 0);
      return;
    }
    if (behaviour.deaf) {
      answerAndIgnore(request, stream);
      return;
    }
    const server =
      behaviour.maxPayload === undefined
        ? this.#plain
        : new WebSocketServer({
            noServer: true,
            perMessageDeflate: false,
            maxPayload: behaviour.maxPayload,
          });
    server.handleUpgrade(request, stream, head, (socket) => {
      // Cuts and refused messages are what this site is for.
      socket.on('error', () => {});
      (behaviour.accept ?? echo)(socket, visit);
    });
  }

  #count(id: string, query: URLSearchParams): Visit {
    const key = `${id} ${query.get('run') ?? ''}`;
    const attempt = (this.#visits.get(key) ?? 0) + 1;
    this.#visits.set(key, attempt);
    return { attempt, query };
  }

  close(): void {
    for (const stream of this.#streams) stream.destroy();
  }
}

const LOOPBACK = '127.0.0.1';

function listen(server: Server, port: number, address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => {
      // Not every system has more than one loopback address.
      if (address === LOOPBACK) reject(error);
      else resolve(listen(server, port, LOOPBACK));
    };
    server.once('error', failed);
    server.listen(port, address, () => {
      server.off('error', failed);
      resolve(`http://${address}:${(server.address() as AddressInfo).port}`);
    });
  });
}

const separate = Object.keys(behaviours).filter((id) => behaviours[id]?.ownPort);

/** Starts the misbehaving site on free ports; its first page is at `port`, where that is given. */
export async function startDemo(port = 0): Promise<Demo> {
  const upgrades = new Upgrades();
  let otherOrigin = '';
  const origins: Record<string, string> = {};
  const fill = (html: string) =>
    html
      .replaceAll('%OTHER_ORIGIN%', otherOrigin)
      .replaceAll('%ORIGINS%', JSON.stringify(origins).replaceAll('"', '&quot;'));
  const servers: Server[] = [];
  const start = async (at = 0, address = LOOPBACK): Promise<string> => {
    const server = createServer((request, response) => {
      void serveFile(request, response, fill);
    });
    server.on('upgrade', (request, stream, head) => upgrades.handle(request, stream, head));
    servers.push(server);
    return listen(server, at, address);
  };
  // A host name and a bare address: not only another origin but another site.
  otherOrigin = (await start()).replace(LOOPBACK, 'localhost');
  // Firefox makes connections to one address wait for each other, the delayed ones after a failure too.
  for (const [i, id] of separate.entries()) {
    origins[id] = (await start(0, `127.0.0.${i + 2}`)).replace('http:', 'ws:');
  }
  const origin = await start(port);
  return {
    origin,
    otherOrigin,
    async close() {
      upgrades.close();
      await Promise.all(
        servers.map((server) => {
          server.closeAllConnections();
          return new Promise((resolve) => server.close(resolve));
        }),
      );
    },
  };
}
