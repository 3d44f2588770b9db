import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CloseCalledEvent,
  DroppedEvent,
  SessionEvent,
  TrafficEvent,
} from '../../src/model/events.ts';
import { openBatch } from '../../src/protocol/batch.ts';
import { LINK_PORT, PROTOCOL } from '../../src/protocol/border.ts';
import { type Browser, launch, type Page } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { type Site, serve } from './site/server.ts';

/*
 * Pages that forge, flood and tamper. What the recorder has is read as the panel reads it,
 * from a page of the extension.
 */
let site: Site;
beforeAll(async () => {
  site = await serve({
    '/forge': `<!doctype html><script>
      const heard = []; const types = ['wsci', 'load', 'tell', 'ask', 'answer', 'kin', 'join', 'message'];
      for (const target of [window, document]) for (const type of types) target.addEventListener(type, (e) => e.isTrusted || heard.push(e.type), true);
      const node = document.createComment('');
      for (const target of [window, document, node]) for (const type of types) {
        target.dispatchEvent(new FocusEvent(type, { relatedTarget: node }));
        target.dispatchEvent(new CustomEvent(type, { detail: '{"doc":"evil","last":1,"more":false,"events":[{"n":1,"t":1,"type":"opening","socket":"evil-1","url":"ws://evil.test/"}]}' }));
        target.dispatchEvent(new CustomEvent(type, { detail: 'met' }));
      }
      heard.length = 0;
      const ws = new WebSocket('ws://' + location.host + '/echo?forge');
      ws.addEventListener('close', () => {});
      ws.dispatchEvent(new CloseEvent('close', { code: 4999, reason: 'forged' }));
      ws.dispatchEvent(new Event('close'));
      ws.dispatchEvent(new MessageEvent('message', { data: 'forged' }));
      window.dispatchEvent(new Event('offline')); document.dispatchEvent(new Event('freeze'));
      ws.onmessage = (e) => { void e.data; void e.data; const fake = new MessageEvent('message', { data: 'x'.repeat(1000) }); ws.onmessage = null; ws.dispatchEvent(fake); void fake.data; document.title = 'done ' + heard; };
      ws.onopen = () => ws.send('real');
    </script>`,
    // A frame's first window lives on in the page that is loaded into it, with what its maker put there.
    '/maker': `<!doctype html><script>
      const heard = [];
      const steal = (event) => {
        heard.push(event.type);
        const node = event.relatedTarget ?? event.detail;
        if (!(node instanceof EventTarget)) return;
        node.addEventListener('ask', (asked) => {
          const after = /^pull. (\\d+)/.exec(asked.detail)?.[1];
          const said = asked.detail.startsWith('doc') ? 'evil' : asked.detail.startsWith('sockets') ? '1' : after === undefined ? undefined
            : JSON.stringify({ doc: 'evil', last: 1, more: false, events: after > 0 ? [] : [{ n: 1, t: Date.now(), type: 'opening', socket: 'evil-1', url: 'ws://evil.test/' }] });
          if (said !== undefined) node.dispatchEvent(new CustomEvent('answer', { detail: said }));
        }, true);
        setTimeout(() => node.dispatchEvent(new CustomEvent('tell', { detail: 'met' })), 100);
      };
      const frame = (attributes) => {
        const frame = Object.assign(document.createElement('iframe'), attributes);
        const loaded = new Promise((yes) => { frame.onload = yes; });
        document.documentElement.append(frame);
        const w = frame.contentWindow;
        for (const target of [w, w.document, w.performance]) for (const type of ['wsci', 'load', 'tell', 'ask', 'answer', 'kin', 'join']) {
          target.addEventListener(type, (event) => { if (!event.isTrusted) steal(event); }, true);
        }
        return loaded;
      };
      (async () => {
        await frame({ src: '/echo-page' }); await frame({ srcdoc: '<p>x' }); await frame({ src: 'javascript:"<p>x"' });
        await frame({ src: URL.createObjectURL(new Blob(['<p>x'], { type: 'text/html' })) });
        const ws = new WebSocket('ws://' + location.host + '/echo?maker');
        ws.onopen = () => { ws.close(); }; ws.onclose = () => setTimeout(() => { document.title = 'done ' + heard; }, 300);
      })();
    </script>`,
    '/reopened': `<!doctype html><script>
      const ws = new WebSocket('ws://' + location.host + '/echo?reopened'); ws.onclose = () => {};
      ws.onopen = () => setTimeout(() => {
        document.open();
        document.write('<p>new<script>setTimeout(() => { location.href = "/nothing"; }, 100); setTimeout(() => { document.title = "done"; }, 1500)<\\/script>');
        document.close();
      }, 50);
    </script>`,
    '/throwing': `<!doctype html><script>
      const ws = new WebSocket('ws://' + location.host + '/echo?throwing'); ws.onclose = () => { document.title = 'done'; };
      ws.onopen = () => {
        for (const args of [[1001], [-1], [NaN], ['999'], [null], [{}], [3000, 'x'.repeat(124)]]) {
          try { ws.close(...args); } catch { const from = performance.now(); while (performance.now() - from < 20); }
        }
        ws.send('bye'); ws.close('4000', 5);
      };
    </script>`,
    '/flood': `<!doctype html><script>
      const url = 'ws://' + location.host + '/echo?flood';
      const first = new WebSocket(url + '=first'); first.onopen = () => {
        for (let i = 0; i < 30000; i++) { const ws = Object.create(first); try { ws.send; first.send('x'); } catch {} }
        const many = []; for (let i = 0; i < 60; i++) { const ws = new WebSocket(url + '&' + 'y'.repeat(100000)); ws.onclose = () => {}; ws.close(1000, 'z'); many.push(ws); for (let k = 0; k < 300; k++) ws.close(); }
        document.title = 'done';
      };
    </script>`,
    // What is read twice, later, or both, at once and by the hundred.
    '/again': `<!doctype html><script>
      const pause = () => new Promise((yes) => setTimeout(yes, 50));
      const ws = new WebSocket('ws://' + location.host + '/echo?again'); const events = [];
      const come = (n, handler) => new Promise((yes) => {
        let left = n; ws.onmessage = (e) => { events.push(e); handler(e); if (--left === 0) yes(pause()); };
        for (let i = 0; i < n; i++) ws.send('x');
      });
      ws.onopen = async () => {
        const atOnce = (e) => { void e.data; void e.data; };
        await come(500, atOnce);
        await come(500, () => {}); events.slice(500).forEach(atOnce); events.slice(500).forEach(atOnce);
        await come(500, (e) => { atOnce(e); queueMicrotask(() => atOnce(e)); });
        events.forEach(atOnce);
        ws.onclose = () => { document.title = 'done'; }; ws.close();
      };
    </script>`,
    '/tamper': `<!doctype html><iframe src="/tampering"></iframe>`,
    '/tampering': `<!doctype html><script>
      const open = new WebSocket('ws://' + location.host + '/echo?tamper'); open.onopen = () => {
        const junk = () => { throw new Error('tampered'); };
        const protos = [Array, String, Map, WeakMap, Promise, Function, Event, EventTarget, CloseEvent, Performance].map((c) => c.prototype);
        const all = protos.map((proto) => [proto, Reflect.ownKeys(proto)]);
        const { defineProperty } = Object; const top = parent.document;
        open.onclose = () => { top.title = 'done'; };
        JSON.stringify = junk; Date.now = junk; window.CustomEvent = junk; window.Error = junk; Reflect.apply = junk; Object.defineProperty = junk;
        for (let i = 0; i < all.length; i++) for (let k = 0; k < all[i][1].length; k++) {
          if (all[i][1][k] !== 'constructor') try { defineProperty(all[i][0], all[i][1][k], { configurable: true, value: junk }); } catch {}
        }
        open.close(4001, 'after');
      };
    </script>`,
  });
});
afterAll(() => site.close());

async function recorded(
  browser: Browser,
  page: Page,
  path: string,
  documents: number,
): Promise<SessionEvent[]> {
  await page.waitFor(() => document.title.startsWith('done'));
  const own = await browser.newPage(`${browser.extensionOrigin}/src/options/options.html`);
  try {
    await own.waitFor(
      "(globalThis.browser ?? globalThis.chrome)?.tabs !== undefined && document.readyState === 'complete'",
    );
    // Follows every document of the tab until it has all that there is.
    const batches = await own.evaluate<string[]>(`(async () => {
      const api = globalThis.browser ?? globalThis.chrome;
      const tab = (await api.tabs.query({})).find((t) => t.url && t.url.endsWith('${path}'));
      const port = api.runtime.connect({ name: '${LINK_PORT}' });
      const all = []; let left = ${documents};
      await new Promise((done) => {
        port.onMessage.addListener((m) => {
          if (m.type === 'document') port.postMessage({ type: 'pull', doc: m.doc, after: 0 });
          if (m.type !== 'batch') return;
          all.push(m.json);
          const { last, more } = JSON.parse(m.json);
          if (more) port.postMessage({ type: 'pull', doc: m.doc, after: last });
          else if (--left === 0) done();
        });
        port.postMessage({ type: 'attach', v: ${PROTOCOL}, link: 'test', tabId: tab.id, options: {} });
      });
      port.disconnect();
      return all;
    })()`);
    return batches.flatMap((json) => openBatch(json)?.events.map((e) => e.event) ?? []);
  } finally {
    await own.close();
  }
}

describe.each(['chrome', 'firefox'] as const)('a hostile page in %s', (name) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(name, { extension: extensionFor(name) });
  });
  afterAll(() => browser?.close());

  async function visit(
    path: string,
    documents = 1,
  ): Promise<{ events: SessionEvent[]; title: string }> {
    const page = await browser.newPage(`${site.origin}${path.slice(1)}`);
    const events = await recorded(browser, page, path, documents);
    const title = await page.evaluate<string>('document.title');
    await page.close();
    return { events, title };
  }

  it('forges nothing', async () => {
    const { events, title } = await visit('/forge');
    expect(title).toBe('done');
    expect(events.filter((e) => e.type === 'opening').map((e) => e.url)).toEqual([
      expect.stringContaining('/echo?forge'),
    ]);
    expect(events.filter((e) => e.type === 'close')).toEqual([]);
    expect(
      events.filter((e) => e.type === 'page' && e.state !== 'pageshow' && e.state !== 'hidden'),
    ).toEqual([]);
    const received = events.filter((e): e is TrafficEvent => e.type === 'receive');
    expect(received.map((e) => [e.bytes, e.count ?? 1])).toEqual([[4, 1]]);
  });

  it('hears nothing in frames that it made, whose first windows it listens in', async () => {
    const { events, title } = await visit('/maker');
    expect(title).toBe('done');
    expect(events.filter((e) => e.type === 'opening').map((e) => e.url)).toEqual([
      expect.stringContaining('/echo?maker'),
    ]);
  });

  it('opens its document anew, and is still seen leaving', async () => {
    const { events } = await visit('/reopened');
    expect(events.filter((e) => e.type === 'page').map((e) => e.state)).toContain('beforeunload');
  });

  it('calls close() in vain: with what, when, and what each call threw', async () => {
    const { events } = await visit('/throwing');
    const inTime = events
      .filter(
        (e): e is CloseCalledEvent | TrafficEvent => e.type === 'close-called' || e.type === 'send',
      )
      .sort((a, b) => a.t - b.t);
    expect(
      inTime.map((e) => (e.type === 'close-called' ? [e.code, e.reason?.length, e.error] : 'send')),
    ).toEqual([
      [1001, undefined, 'InvalidAccessError'],
      [0, undefined, 'InvalidAccessError'],
      [0, undefined, 'InvalidAccessError'],
      [999, undefined, 'InvalidAccessError'],
      [undefined, undefined, 'InvalidAccessError'],
      [undefined, undefined, 'InvalidAccessError'],
      [3000, 124, 'SyntaxError'],
      'send',
      [4000, 1, undefined],
    ]);
    const calls = inTime.filter((e) => e.type === 'close-called').map((e) => e.t);
    for (const [i, t] of calls.slice(0, -1).entries())
      expect(calls[i + 1]! - t).toBeGreaterThan(15);
  });

  it('reads each message again and again: it came once', async () => {
    const { events } = await visit('/again');
    const received = events.filter((e): e is TrafficEvent => e.type === 'receive');
    expect(received.reduce((n, e) => n + (e.count ?? 1), 0)).toBe(1500);
    expect(received.reduce((n, e) => n + e.bytes, 0)).toBe(1500);
  });

  it('floods a bounded store, and what fell out is counted', async () => {
    const { events } = await visit('/flood');
    expect(JSON.stringify(events).length).toBeLessThan(3_000_000);
    expect(events.length).toBeLessThanOrEqual(10_000);
    const sent = events
      .filter((e): e is TrafficEvent => e.type === 'send')
      .reduce((n, e) => n + (e.count ?? 1), 0);
    const dropped = events
      .filter((e): e is DroppedEvent => e.type === 'dropped')
      .reduce((n, e) => n + e.count, 0);
    expect(sent + dropped).toBeGreaterThanOrEqual(30_000);
    expect(dropped).toBeGreaterThan(0);
    for (const e of events)
      if (e.type === 'opening') expect(e.url.length).toBeLessThanOrEqual(4096);
  });

  it('keeps as much as the user chose, and counts the rest', async () => {
    const options = await browser.newPage(`${browser.extensionOrigin}/src/options/options.html`);
    await options.type('spinbutton', 'Events', '500');
    await options.click('button', 'Save');
    await options.waitFor(() => document.querySelector('#history-said')?.textContent !== '');
    await options.close();
    const { events } = await visit('/flood');
    expect(events.length).toBeLessThanOrEqual(500);
    expect(events.some((e) => e.type === 'dropped')).toBe(true);
  });

  it('tampers with builtins in vain', async () => {
    const { events } = await visit('/tamper', 2);
    expect(events.filter((e) => e.type === 'close-called')).toMatchObject([
      { code: 4001, reason: 'after' },
    ]);
    expect(events.filter((e) => e.type === 'close')).toMatchObject([
      { code: 4001, reason: 'after', wasClean: true },
    ]);
  });
});
