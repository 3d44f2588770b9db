import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserName, launch } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';
import { KNOWN, KNOWN_OF_BUSY_PAGES } from './known.ts';
import { type Site, serve } from './site/server.ts';

let site: Site;
beforeAll(async () => {
  site = await serve();
});
afterAll(() => site.close());

/**
 * What each probe said, in a browser of its own with or without the extension.
 * @param busy whether the page calls often, too
 */
async function answers(
  name: BrowserName,
  extension?: string,
  busy = false,
): Promise<Map<string, string>> {
  const browser = await launch(name, extension === undefined ? {} : { extension });
  try {
    const page = await browser.newPage(site.origin);
    await page.waitFor('typeof probeNames === "function"', { what: 'the probes' });
    const names = JSON.parse(await page.evaluate<string>('probeNames()')) as string[];
    const said = new Map<string, string>();
    for (const probe of names) {
      // As long either way, since some probes tell positions.
      const depends = KNOWN_OF_BUSY_PAGES[name].includes(probe);
      const how = busy ? (depends ? 2 : 1) : depends ? 3 : 0;
      const run = `runProbe(${JSON.stringify(probe)}, ${how})`;
      said.set(probe, await page.evaluate<string>(run));
    }
    return said;
  } finally {
    await browser.close();
  }
}

/** All say what they say without the extension, but for those that are known not to. */
function compare(
  native: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, string>,
  known: readonly string[],
): void {
  expect(native.size).toBeGreaterThanOrEqual(100);
  // Not one probe may itself fail: it would compare nothing.
  for (const [probe, said] of native) expect(said, probe).not.toMatch(/^\{"thrown"/);
  for (const [probe, said] of ours) {
    if (!known.includes(probe)) expect(said, probe).toBe(native.get(probe));
  }
  // Whatever we now do better leaves the list.
  for (const probe of known) expect(ours.get(probe), probe).not.toBe(native.get(probe));
}

describe.each(['chrome', 'firefox'] as const)('in %s', (name) => {
  it('a page observes of WebSocket what it observes without the extension', async () => {
    const [native, ours] = await Promise.all([answers(name), answers(name, extensionFor(name))]);
    compare(native, ours, KNOWN[name]);
    // A page that calls so often that each call must be cheap.
    const busy = await answers(name, extensionFor(name), true);
    compare(native, busy, KNOWN_OF_BUSY_PAGES[name]);
  });
});
