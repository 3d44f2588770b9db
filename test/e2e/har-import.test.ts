import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CdpPipe } from '../../scripts/browsers/cdp.ts';
import { BrowserProcess } from '../../scripts/browsers/process.ts';
import { harTexts, readLog } from '../../src/log/index.ts';
import { findOrInstallBrowser, poll } from '../support/browsers/index.ts';

// Chrome's own Network panel opens the HAR that we write. Without the extension, so that
// nothing but the panel's import is in play.

let chromium: BrowserProcess;
let pipe: CdpPipe;

beforeAll(() => {
  chromium = new BrowserProcess(
    'chromium-har',
    findOrInstallBrowser('chrome'),
    (profile) => [
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const { stdio } = chromium.child;
  pipe = new CdpPipe(stdio[3] as Writable, stdio[4] as unknown as Readable);
});

afterAll(() => chromium.end(() => pipe.send('Browser.close')));

/** Opens DevTools on a page of its own; the result evaluates in its front end. */
async function devTools(): Promise<(expression: string) => Promise<unknown>> {
  const { targetId } = await pipe.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
  });
  const opened = await pipe.send<{ targetId: string }>('Target.openDevTools', { targetId });
  const { sessionId } = await pipe.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId: opened.targetId,
    flatten: true,
  });
  return async (expression) => {
    const { result, exceptionDetails } = await pipe.send<{
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? 'DevTools threw');
    }
    return result.value;
  };
}

it('opens in Chrome’s Network panel', async () => {
  const fixture = resolve(import.meta.dirname, '../fixtures/logs/v1-expired-then-gone.json');
  const { log } = await readLog(readFileSync(fixture));
  const text = [...harTexts(log, { name: 'WebSocket Close Inspector', version: '0.1.0' })].join('');
  const run = await devTools();
  await poll('the Network panel', 60_000, () =>
    run(`(async () => {
      const { ViewManager } = await import('devtools://devtools/bundled/ui/legacy/legacy.js');
      await ViewManager.ViewManager.instance().showView('network');
      return true;
    })()`).catch(() => false),
  );
  const requests = await run(`(async () => {
    const { NetworkPanel } = await import('devtools://devtools/bundled/panels/network/network.js');
    const { NetworkLog } = await import('devtools://devtools/bundled/models/logs/logs.js');
    const view = NetworkPanel.NetworkPanel.instance().networkLogView;
    await view.onLoadFromFile(new File([${JSON.stringify(text)}], 'sockets.har'));
    return NetworkLog.NetworkLog.instance().requests().map((request) => ({
      url: request.url(),
      status: request.statusCode,
      type: request.resourceType().name(),
      frames: request.frames().map(({ type, opCode, time }) => ({ type, opCode, time })),
    }));
  })()`);
  expect(requests).toEqual([
    {
      url: 'wss://a.test/feed?token=abc123def456',
      status: 101,
      type: 'websocket',
      frames: [{ type: 'send', opCode: 1, time: 1769851800.05 }],
    },
    { url: 'wss://a.test/feed?token=abc123def456', status: 101, type: 'websocket', frames: [] },
  ]);
});
