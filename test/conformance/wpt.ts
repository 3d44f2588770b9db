/**
 * Runs the window tests of the web-platform-tests' `websockets` folder without and with the
 * extension and tells every subtest that differs:
 *
 *   npm run wpt -- --tests CHECKOUT [--origin http://web-platform.test:8000] [--browser chrome] [--only PART]
 *
 * Needs a checkout of the tests that serves itself (`./wpt serve`), with its hosts file installed.
 * Exits with 1 where a subtest differs in every one of three runs of both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserName, launch, type Page } from '../support/browsers/index.ts';
import { extensionFor } from './extension.ts';

const { values: args } = parseArgs({
  options: {
    tests: { type: 'string' },
    origin: { type: 'string', default: 'http://web-platform.test:8000' },
    browser: { type: 'string', multiple: true, default: ['chrome', 'firefox'] },
    only: { type: 'string', default: '' },
    timeout: { type: 'string', default: '30000' },
  },
});
if (args.tests === undefined) throw new Error('wpt: --tests CHECKOUT is missing');
const checkout = args.tests;

/** Addresses of the window tests of a file: its plain variant, over HTTP and `ws:`. */
function addressesOf(file: string): string[] {
  const path = relative(checkout, file);
  if (/\/(resources|support)\/|\.https\.|\.worker\.js$|\.sub\.js$/.test(path)) return [];
  const source = readFileSync(file, 'utf8');
  const variants = [
    ...source.matchAll(/META: variant=(\S+)|name="?variant"? content="([^"]*)"/g),
  ].map((found) => found[1] ?? found[2] ?? '');
  const plain = variants.filter((variant) => !/wss|h2|https/.test(variant));
  const [variant = variants.length === 0 ? '' : undefined] = plain;
  if (variant === undefined) return [];
  if (/\.(any|window)\.js$/.test(path)) {
    if (/META: global=(?!.*window)/.test(source)) return [];
    return [`/${path.replace(/\.js$/, '.html')}${variant}`];
  }
  return path.endsWith('.html') && source.includes('testharness.js') ? [`/${path}${variant}`] : [];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}

/** Result of each subtest by its name; what the harness itself said under an empty name. */
async function results(page: Page, address: string): Promise<Record<string, string> | undefined> {
  const url = `${args.origin}${address}`;
  try {
    await page.navigate(url, { until: 'none' });
    await page.waitFor(
      (wanted: string) =>
        location.href === wanted &&
        document.querySelector('#summary')?.textContent?.includes('Found'),
      { timeout: Number(args.timeout), what: 'the summary' },
      url,
    );
    return await page.evaluate(() => {
      const said: Record<string, string> = {
        '': document.querySelector('#summary p')?.textContent ?? '',
      };
      for (const row of document.querySelectorAll('#results > tbody > tr')) {
        const [result, name, message] = [...row.children].map((cell) => cell.textContent ?? '');
        said[`${name}`] = result === 'Pass' ? 'Pass' : `${result}: ${message?.split('\n')[0]}`;
      }
      return said;
    });
  } catch {
    return undefined;
  }
}

async function run(name: BrowserName, addresses: readonly string[], extension?: string) {
  const browser = await launch(name, extension === undefined ? {} : { extension });
  const all = new Map<string, Record<string, string>>();
  try {
    let page = await browser.newPage('about:blank');
    for (const address of addresses) {
      const said = await results(page, address);
      all.set(address, said ?? { '': 'no result in time' });
      if (said !== undefined) continue;
      // It may hang, or have gone elsewhere.
      await page.close();
      page = await browser.newPage('about:blank');
    }
  } finally {
    await browser.close();
  }
  return all;
}

type Results = Awaited<ReturnType<typeof run>>;

function differences(native: Results, ours: Results): Map<string, string> {
  const found = new Map<string, string>();
  for (const [address, said] of native) {
    const own = ours.get(address) ?? {};
    for (const test of new Set([...Object.keys(said), ...Object.keys(own)])) {
      if (said[test] === own[test]) continue;
      found.set(`${address} ${test}`, `native ${said[test]} | with it ${own[test]}`);
    }
  }
  return found;
}

const addresses = filesIn(join(checkout, 'websockets'))
  .flatMap(addressesOf)
  .filter((address) => address.includes(args.only));
for (const name of args.browser as BrowserName[]) {
  const native = await run(name, addresses);
  let left = addresses;
  let differing = new Map<string, string>();
  for (let round = 0; round < 3 && left.length > 0; round += 1) {
    // What differed is asked again of both: some tests differ from run to run by themselves.
    const before =
      round === 0
        ? new Map([...native].filter(([address]) => left.includes(address)))
        : await run(name, left);
    const now = differences(before, await run(name, left, extensionFor(name)));
    differing = round === 0 ? now : new Map([...now].filter(([subtest]) => differing.has(subtest)));
    left = left.filter((address) =>
      [...differing.keys()].some((subtest) => subtest.startsWith(`${address} `)),
    );
  }
  let subtests = 0;
  let passed = 0;
  for (const said of native.values()) {
    for (const [test, result] of Object.entries(said)) {
      if (test === '') continue;
      subtests += 1;
      if (result === 'Pass') passed += 1;
    }
  }
  console.log(
    `${name}: ${addresses.length} files, ${subtests} subtests (${passed} pass natively), ${differing.size} differ with the extension`,
  );
  for (const [subtest, what] of differing) console.log(`  ${subtest}: ${what}`);
  if (differing.size > 0) process.exitCode = 1;
}
