import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CdpPipe } from '../../scripts/browsers/cdp.ts';
import { launch, type Page, sleep } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { type Site, serve } from './site/server.ts';

/*
 * What the browser's own DevTools show of a socket: its initiator in Network, the lines that
 * the console prints for a connection that failed, and what its methods do at a breakpoint.
 */
const PAGE = `<!doctype html><title>DevTools</title><script>
  function connect(path) {
    return new WebSocket('ws://' + location.host + path);
  }
  window.meet = () => new Promise((yes) => {
    window.ws = connect('/echo?breakpoint');
    ws.onopen = yes;
  });
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

/** What `look` sees of the page in a browser of its own. */
async function inChromium(
  extension: string | undefined,
  look: (page: Page, pipe: CdpPipe, session: string) => Promise<unknown[]>,
): Promise<unknown[]> {
  const browser = await launch('chrome', extension === undefined ? {} : { extension });
  try {
    const page = await browser.newPage(`${site.origin}devtools`);
    const { shared, session } = page as unknown as Inside;
    return await look(page, shared.pipe, session);
  } finally {
    await browser.close();
  }
}

function shown(extension?: string): Promise<unknown[]> {
  return inChromium(extension, async (page, pipe, session) => {
    const seen: unknown[] = [];
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
  });
}

it('initiators and console lines in Chromium are as without the extension', async () => {
  const native = await shown();
  expect(native.length).toBeGreaterThanOrEqual(3);
  expect(JSON.stringify(native)).toContain('"connect"');
  expect(await shown(extensionFor('chrome'))).toEqual(native);
});

/** Typed into the console while the page stands at a breakpoint, where Blink calls no function of a script back. */
const TYPED = [
  "ws.send('a')",
  "ws.send({ toString: () => 'b' })",
  "ws.addEventListener('message', () => {})",
  'ws.onclose = null',
  'ws.readyState',
  'try { ws.send() } catch (error) { error.stack }',
  "try { connect('/hold').send('x') } catch (error) { error.stack }",
  'try { ws.close(1) } catch (error) { error.stack }',
  "ws.close(4001, 'typed')",
  'ws.readyState',
];

function typed(extension?: string): Promise<unknown[]> {
  return inChromium(extension, async (page, pipe, session) => {
    await page.evaluate('meet()');
    const paused = new Promise<string>((yes) => {
      pipe.on('Debugger.paused', ({ callFrames }) =>
        yes((callFrames as { callFrameId: string }[])[0]?.callFrameId as string),
      );
    });
    await pipe.send('Debugger.enable', {}, session);
    await page.evaluate('(setTimeout(() => { debugger; }), 0)');
    const callFrameId = await paused;
    const said: unknown[] = [];
    for (const expression of TYPED) {
      const { result, exceptionDetails } = await pipe.send<Record<string, unknown>>(
        'Debugger.evaluateOnCallFrame',
        { callFrameId, expression, returnByValue: true },
        session,
      );
      said.push([expression, result, exceptionDetails]);
    }
    await pipe.send('Debugger.resume', {}, session);
    return said;
  });
}

it('at a breakpoint the methods do what they do without the extension', async () => {
  const native = await typed();
  expect(native.map((said) => JSON.stringify(said)).join('\n')).toMatch(
    /InvalidStateError.*InvalidAccessError.*"value":2/s,
  );
  expect(await typed(extensionFor('chrome'))).toEqual(native);
});
