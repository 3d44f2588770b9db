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

/** A page that allows next to nothing, and tells its parent what its policy reported. */
const STRICT = `<!doctype html><title>Strict</title><script nonce="own">
  const reports = [];
  document.addEventListener('securitypolicyviolation', (e) => reports.push([
    e.effectiveDirective, e.blockedURI.replace(/:\\d+/, ''), e.sourceFile, e.lineNumber, e.columnNumber, e.sample, e.disposition,
  ]));
  if ('ReportingObserver' in window)
    new ReportingObserver((list) => reports.push(list.map((one) => one.type)), { buffered: true }).observe();
  const own = new WebSocket('ws://' + location.host + '/echo');
  own.onopen = () => own.send('strict');
  own.onmessage = (event) => {
    own.close();
    const tell = (what) => setTimeout(() => parent.postMessage({ strict: [event.data, what, reports] }, '*'), 200);
    try {
      new WebSocket('ws://localhost:65000/blocked').onerror = () => tell('error');
    } catch (error) {
      tell(error.name);
    }
  };
</script>`;
const STRICT_POLICY =
  "default-src 'none'; script-src 'nonce-own'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * Pages and sockets for the probes: `/echo` sends back what comes, `/close?code=…&reason=…`
 * closes at once, `/cut` drops the connection, `/refuse` answers the handshake with 403,
 * `/hold` never answers it.
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
    if (path === '/nothing') {
      response.statusCode = 204;
      response.end();
      return;
    }
    response.setHeader('content-type', 'text/html');
    if (path === '/strict') {
      response.setHeader('content-security-policy', STRICT_POLICY);
      response.end(STRICT);
      return;
    }
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
    if (url.pathname === '/hold') {
      connection.on('error', () => {});
      return;
    }
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
