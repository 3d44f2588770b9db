/**
 * Shows the tool at work: builds it, starts the misbehaving site and opens a browser with DevTools on the
 * panel. Without a display, or with --headless, it runs the tour itself, prints what the panel showed,
 * saves a picture and the session log, and fails where the panel did not show what it must.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Scenario, scenarios } from '../demo/scenarios.ts';
import { type Demo, startDemo } from '../demo/server.ts';
import { type Browser, findOrInstallBrowser, launch, type Panel, sleep } from './browsers/index.ts';
import { discrepancies } from './expectations.ts';
import type { Browser as BrowserName } from './manifest.ts';
import {
  exportLog,
  readFindings,
  readSockets,
  type ShownFinding,
  type SocketRow,
  table,
} from './panel-reader.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = `npm start -- [--browser chrome|firefox] [--headless] [--keep]

  --browser   chrome (default) or firefox
  --headless  run the tour without a window, print what the panel showed, and end
  --keep      headless: leave the site and the browser running until Ctrl-C`;

interface Options {
  readonly browser: BrowserName;
  readonly headless: boolean;
  readonly keep: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'string', default: 'chrome' },
        headless: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const { browser } = values;
    if (browser !== 'chrome' && browser !== 'firefox') {
      throw new Error(`Unknown browser "${browser}"`);
    }
    const hasDisplay =
      process.platform !== 'linux' || !!process.env.DISPLAY || !!process.env.WAYLAND_DISPLAY;
    return { browser, headless: values.headless || !hasDisplay, keep: values.keep };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function build(browser: BrowserName): string {
  console.log(`Building the extension for ${browser}`);
  const built = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', browser], {
    cwd: root,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The build failed.\n${built.stdout}${built.stderr}`);
  return join(root, 'dist', browser);
}

async function showToPerson(browser: Browser, demo: Demo): Promise<void> {
  const page = await browser.newPage(demo.origin);
  await page.openPanel();
  console.log(`The misbehaving site: ${demo.origin}`);
  console.log('DevTools are open on the panel: press a Run button in the page and watch.');
  console.log('Close the browser or press Ctrl-C to end.');
  await browser.closed;
}

async function tour(browser: Browser, demo: Demo): Promise<number> {
  const all = scenarios.filter((each) => each.tour);
  const together = all.filter((each) => each.href === undefined);
  // A failing handshake makes the browser hold back the next ones of the page: last.
  together.sort((a, b) => Number(a.expected.code === 1006) - Number(b.expected.code === 1006));
  console.log(`Running ${all.length} scenarios in ${browser.version}`);
  const leaving = all.filter((each) => each.href !== undefined);
  const started = Date.now();
  const page = await browser.newPage(demo.origin);
  const panel = await page.openPanel();
  for (const { title } of together) await page.click('button', `Run: ${title}`);
  const others: { scenario: Scenario; panel: Panel }[] = [];
  for (const scenario of leaving) {
    const other = await browser.newPage(`${demo.origin}/`);
    others.push({ scenario, panel: await other.openPanel() });
    await other.navigate(`${demo.origin}${scenario.href}`);
  }
  const last = Math.max(...all.map((each) => each.expected.decidedAfterMs));
  process.stdout.write(`Waiting up to ${Math.round(last / 1000) + 30} s for the grace periods`);
  let sockets: SocketRow[] = [];
  let findings: ShownFinding[] = [];
  let problems: string[] = [];
  const look = async () => {
    process.stdout.write('.');
    sockets = await readSockets(panel);
    findings = await readFindings(panel);
    problems = together.flatMap((each) => discrepancies(each, { sockets, findings }));
    for (const other of others) {
      const rows = await readSockets(other.panel);
      const found = await readFindings(other.panel);
      problems.push(...discrepancies(other.scenario, { sockets: rows, findings: found }));
      sockets.push(...rows);
      findings.push(...found);
    }
    return Date.now() - started > last && problems.length === 0;
  };
  while (!(await look()) && Date.now() - started < last + 30_000) await sleep(2000);
  console.log('\n');

  const columns = ['URL', 'State', 'Code', 'Reason', 'Closed by', 'Lived', 'Reconnect'];
  const short = (url: string) => url.replace(/^wss?:\/\/[^/]+/, '').replace(/\?.*$/, '');
  console.log(
    table(
      columns,
      sockets.map((row) =>
        columns.map((column) => (column === 'URL' ? short(row.URL ?? '') : (row[column] ?? ''))),
      ),
    ),
  );
  console.log('');
  console.log(
    table(
      ['Verdict', 'Finding', 'Endpoint', 'First cause', 'Message'],
      findings.map((each) => [
        each.verdict,
        each.title,
        short(each.endpoint),
        each.causes[0] ?? '',
        each.message,
      ]),
      90,
    ),
  );

  const folder = join(root, 'output', browser.name);
  mkdirSync(folder, { recursive: true });
  const picture = join(folder, 'panel.png');
  const log = join(folder, 'session-log.json');
  await readSockets(panel);
  await panel.screenshot(picture);
  writeFileSync(log, await exportLog(browser, panel));
  console.log(`\nScreenshot:  ${relative(process.cwd(), picture)}`);
  console.log(`Session log: ${relative(process.cwd(), log)}`);
  console.log(`Read it with: npm run -s diagnose -- ${relative(process.cwd(), log)}`);
  if (problems.length > 0) {
    console.error(`\nThe panel did not show what it must:\n  ${problems.join('\n  ')}`);
    return 1;
  }
  console.log(`\nThe panel showed what it must: ${all.length} scenarios.`);
  return 0;
}

async function main(): Promise<number> {
  const options = readOptions();
  findOrInstallBrowser(options.browser);
  const extension = build(options.browser);
  const demo = await startDemo();
  const browser = await launch(options.browser, { extension, headless: options.headless });
  try {
    if (!options.headless) {
      await showToPerson(browser, demo);
      return 0;
    }
    const status = await tour(browser, demo);
    if (options.keep) {
      console.log(`\nThe site still runs at ${demo.origin}. Press Ctrl-C to end.`);
      await browser.closed;
    }
    return status;
  } finally {
    await browser.close();
    await demo.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// A connection that lingers must not keep the command alive.
process.exit();
