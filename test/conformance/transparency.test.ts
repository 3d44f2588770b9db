import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserName, launch } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { KNOWN } from './known.ts';
import { type Site, serve } from './site/server.ts';

let site: Site;
beforeAll(async () => {
  site = await serve();
});
afterAll(() => site.close());

/** What each probe said, in a browser of its own with or without the extension. */
async function answers(name: BrowserName, extension?: string): Promise<Map<string, string>> {
  const browser = await launch(name, extension === undefined ? {} : { extension });
  try {
    const page = await browser.newPage(site.origin);
    await page.waitFor('typeof probeNames === "function"', { what: 'the probes' });
    const names = JSON.parse(await page.evaluate<string>('probeNames()')) as string[];
    const said = new Map<string, string>();
    for (const probe of names) {
      said.set(probe, await page.evaluate<string>(`runProbe(${JSON.stringify(probe)})`));
    }
    return said;
  } finally {
    await browser.close();
  }
}

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  it('a page observes of WebSocket what it observes without the extension', async () => {
    const [native, ours] = await Promise.all([answers(name), answers(name, extensionFor(name))]);
    expect(native.size).toBeGreaterThanOrEqual(100);
    // Not one probe may itself fail: it would compare nothing.
    for (const [probe, said] of native) expect(said, probe).not.toMatch(/^\{"thrown"/);
    for (const [probe, said] of ours) {
      if (!KNOWN[name].includes(probe)) expect(said, probe).toBe(native.get(probe));
    }
    // Whatever we now do better leaves the list.
    for (const probe of KNOWN[name]) expect(ours.get(probe), probe).not.toBe(native.get(probe));
  });
});
