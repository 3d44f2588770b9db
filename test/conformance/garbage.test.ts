import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserName, launch, sleep } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { type Site, serve } from './site/server.ts';

/*
 * What a page dropped is collected with the recorder as without it. Each thing is known by a
 * WeakRef; the page's own variables are gone when it is asked for.
 */
const PAGE = `<!doctype html><title>Garbage</title><script>
  const url = (path) => 'ws://' + location.host + path;
  const when = (target, type) => new Promise((yes) => target.addEventListener(type, yes, { once: true }));
  const refs = {};
  const keep = (name, object) => { refs[name] = new WeakRef(object); };
  const open = async (path) => { const ws = new WebSocket(url(path)); ws.binaryType = 'arraybuffer'; await when(ws, 'open'); return ws; };
  window.prepare = async () => {
    await (async () => {
      const ws = await open('/echo?closed');
      const listener = (event) => { keep('a message event', event); keep('its buffer', event.data); };
      ws.addEventListener('message', listener);
      const sent = new Uint8Array(100_000);
      ws.send(sent);
      await when(ws, 'message');
      ws.close(1000);
      const close = await when(ws, 'close');
      keep('a closed socket', ws); keep('its listener', listener); keep('the sent array', sent); keep('its close event', close);
    })();
    await (async () => {
      const ws = await open('/close?code=1008&reason=policy');
      if (ws.readyState !== 3) await when(ws, 'close');
      keep('a socket that the server closed', ws);
    })();
    await (async () => {
      const ws = new WebSocket(url('/refuse'));
      ws.onerror = () => {};
      await when(ws, 'close');
      keep('a refused socket', ws);
    })();
    await (async () => {
      const ws = await open('/echo?once');
      const first = when(ws, 'message');
      ws.send('x'.repeat(100));
      const event = await first;
      keep('an event of a live socket', event);
      window.live = ws;
    })();
    await (async () => {
      const ws = await open('/echo?flood');
      let left = 400;
      await new Promise((yes) => {
        ws.onmessage = (event) => {
          void event.data;
          if (--left > 0) return;
          keep('the last event of many', event);
          ws.onmessage = null;
          yes();
        };
        for (let i = 0; i < 400; i++) ws.send('x');
      });
      window.flooded = ws;
    })();
    await (async () => { keep('an open socket on which nobody listens', await open('/echo?lonely')); })();
    await (async () => {
      const ws = await open('/echo?heard');
      ws.onmessage = () => {};
      keep('an open socket with a listener', ws);
    })();
    await (async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const ws = new frame.contentWindow.WebSocket(url('/echo?framed'));
      await when(ws, 'open');
      keep('a socket of a removed frame', ws); keep('the window of a removed frame', frame.contentWindow);
      frame.remove();
    })();
    if (typeof WebSocketStream === 'function') await (async () => {
      const stream = new WebSocketStream(url('/echo?stream'));
      const { readable, writable } = await stream.opened;
      const writer = writable.getWriter(); const reader = readable.getReader();
      const chunk = new Uint8Array(100_000);
      await writer.write(chunk);
      keep('a chunk that was read', (await reader.read()).value);
      stream.close({ closeCode: 1000 });
      await stream.closed;
      keep('a closed stream', stream); keep('its reader', reader); keep('a chunk that was written', chunk);
    })();
  };
  window.alive = () => Object.keys(refs).filter((name) => refs[name].deref() !== undefined);
  window.all = () => Object.keys(refs);
</script><body>`;

let site: Site;
beforeAll(async () => {
  site = await serve({ '/garbage': PAGE });
});
afterAll(() => site.close());

/** What is left after garbage was collected again and again, until nothing more goes. */
async function survivors(name: BrowserName, extension?: string) {
  const browser = await launch(name, extension === undefined ? {} : { extension });
  try {
    const page = await browser.newPage(`${site.origin}garbage`);
    await page.evaluate('prepare()');
    let alive = await page.evaluate<string[]>('alive()');
    for (let round = 0, still = 0; round < 30 && still < 8; round += 1) {
      await page.collectGarbage();
      await sleep(250);
      const now = await page.evaluate<string[]>('alive()');
      still = now.length === alive.length ? still + 1 : 0;
      alive = now;
    }
    return { alive, all: await page.evaluate<string[]>('all()') };
  } finally {
    await browser.close();
  }
}

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  it('what a page dropped is collected as without the extension', async () => {
    const [native, ours] = await Promise.all([
      survivors(name),
      survivors(name, extensionFor(name)),
    ]);
    expect(ours.all).toEqual(native.all);
    // The browser does collect: else this would compare nothing.
    expect(native.alive.length).toBeLessThan(native.all.length / 2);
    expect(ours.alive).toEqual(native.alive);
  });
});
