import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { buildTesting } from '../../scripts/build-testing.ts';
import { expectNoFailedFindings, FailedFindings, recordSockets } from '../../src/testing/index.ts';
import { findOrInstallBrowser } from '../support/browsers/index.ts';

// The example of docs/testing.md: an application whose server goes away, with and without a
// client that comes back. The test fails where the page does not.

const APPLICATION = (reconnect: boolean) => `<!doctype html><title>app</title><script>
  function connect(delay) {
    const socket = new WebSocket(location.href.replace('http', 'ws'));
    socket.onmessage = (event) => { document.title = event.data; };
    ${reconnect ? 'socket.onclose = () => setTimeout(connect, delay, delay * 2);' : ''}
  }
  connect(200);
</script>`;

let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  await buildTesting();
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(APPLICATION(request.url === '/comes-back'));
  });
  const seen = new Map<string, number>();
  new WebSocketServer({ server }).on('connection', (socket, request) => {
    const url = request.url ?? '';
    const times = (seen.get(url) ?? 0) + 1;
    seen.set(url, times);
    socket.send(`connected ${times}`);
    if (times === 1) setTimeout(() => socket.close(1001, 'going away'), 300);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: findOrInstallBrowser('chrome'),
    args: ['--no-sandbox', '--disable-gpu'],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

const GRACE = { thresholds: { 'missing-reconnection': { graceMs: 2000 } } };

async function watch(path: string, until: (titles: string) => boolean, more = 0) {
  const context = await browser.newContext();
  const recording = await recordSockets(context, { labels: { test: path } });
  const page = await context.newPage();
  await page.goto(origin + path);
  await expect.poll(() => page.title(), { timeout: 20_000 }).toSatisfy(until);
  if (more > 0) {
    // The application promises to be back in 2 s; the watch has to be longer than that.
    const closed = () => recording.log().events.find(({ type }) => type === 'close')?.t;
    await expect.poll(closed, { timeout: 20_000 }).toBeDefined();
    await expect
      .poll(() => recording.log().events.at(-1)!.t - (closed() ?? 0), { timeout: 20_000 })
      .toBeGreaterThan(more);
  }
  await recording.stop();
  await context.close();
  return recording;
}

describe('in other people’s tests', () => {
  it('passes where the page comes back', async () => {
    const recording = await watch('/comes-back', (title) => title === 'connected 2');
    expect(recording.refused).toBe(0);
    const { events } = recording.log();
    expect(events.filter(({ type }) => type === 'opening')).toHaveLength(2);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'close', code: 1001, reason: 'going away' }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'receive', kind: 'text', bytes: 11 }),
    );
    expectNoFailedFindings(recording, GRACE);
  });

  it('fails where it does not', async () => {
    const recording = await watch('/stays-away', (title) => title === 'connected 1', 2500);
    expect(() => expectNoFailedFindings(recording, GRACE)).toThrow(FailedFindings);
    expect(() => expectNoFailedFindings(recording, GRACE)).toThrow(/missing-reconnection/);
  });
});
