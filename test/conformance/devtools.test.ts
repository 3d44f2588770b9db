import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CdpPipe } from '../../scripts/browsers/cdp.ts';
import { launch, sleep } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { type Site, serve } from './site/server.ts';

/*
 * What the browser's own DevTools show of a socket: its initiator in Network, and the lines that
 * the console prints for a connection that failed.
 */
const PAGE = `<!doctype html><title>DevTools</title><script>
  function connect(path) {
    return new WebSocket('ws://' + location.host + path);
  }
  window.run = () => new Promise((yes) => {
    connect('/echo').onopen = (event) => {
      event.target.close();
      connect('/refuse').onclose = () => setTimeout(yes, 300);
    };
  });
</script>`;

let site: Site;
beforeAll(async () => {
  site = await serve({ '/devtools': PAGE });
});
afterAll(() => site.close());

/** The driver's own way to the protocol. */
interface Inside {
  readonly shared: { readonly pipe: CdpPipe };
  readonly session: string;
}

async function shown(extension?: string): Promise<unknown[]> {
  const browser = await launch('chrome', extension === undefined ? {} : { extension });
  try {
    const page = await browser.newPage(`${site.origin}devtools`);
    const { shared, session } = page as unknown as Inside;
    const seen: unknown[] = [];
    const { pipe } = shared;
    pipe.on('Network.webSocketCreated', ({ initiator, url }) => {
      const { type, stack, url: from, lineNumber } = initiator as Record<string, unknown>;
      const frames = (stack as { callFrames?: Record<string, unknown>[] } | undefined)?.callFrames;
      seen.push({
        url,
        type,
        from,
        lineNumber,
        frames: frames?.map(({ functionName, lineNumber: line, columnNumber }) => [
          functionName,
          line,
          columnNumber,
        ]),
      });
    });
    pipe.on('Log.entryAdded', ({ entry }) => {
      const { source, level, text, url, lineNumber } = entry as Record<string, unknown>;
      seen.push({ source, level, text, url, lineNumber });
    });
    await pipe.send('Network.enable', {}, session);
    await pipe.send('Log.enable', {}, session);
    await page.evaluate('run()');
    await sleep(300);
    return seen;
  } finally {
    await browser.close();
  }
}

it('initiators and console lines in Chromium are as without the extension', async () => {
  const native = await shown();
  expect(native.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(native)).toContain('"connect"');
  expect(await shown(extensionFor('chrome'))).toEqual(native);
});
