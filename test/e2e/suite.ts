import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileReason, type Scenario, scenarioOf, scenarios } from '../../demo/scenarios.ts';
import { discrepancies, failedOf, type Shown, socketsOf } from '../../scripts/expectations.ts';
import {
  causeTitle,
  exportLog,
  readFindings,
  ruleTitle,
  showTab,
} from '../../scripts/panel-reader.ts';
import { type BrowserName, type Panel, poll, sleep } from '../support/browsers';
import { probeSockets } from './behaviour-probe.ts';
import {
  type Bench,
  rowsInView,
  setUp,
  shownBy,
  type Watched,
  waitForRow,
  watch,
} from './bench.ts';
import { diagnose, failedFindings } from './findings.ts';

/** Slow or failing handshakes hold back the others of a page, so these have pages of their own. */
const apart: readonly (readonly string[])[] = [
  ['handshake-refused', 'abandoned'],
  ['overlapping'],
  ['reconnection-storm'],
];
/** Told by other tests than the table's. */
const special = ['thousand', 'worker-socket', 'socket-stream'];

function pagesOfScenarios(): Scenario[][] {
  const alone = new Set([...apart.flat(), ...special]);
  const together = scenarios.filter((each) => each.href === undefined && !alone.has(each.id));
  return [together, ...apart.map((ids) => ids.map(scenarioOf))];
}

/** The same tests over the real panel in either browser. */
export function panelSuite(name: BrowserName): void {
  let bench: Bench;

  beforeAll(async () => {
    bench = await setUp(name);
  });
  afterAll(async () => {
    await bench?.close();
  });

  const url = (path: string) => `${bench.demo.origin}${path}`;

  describe('over every scenario of the site', () => {
    const groups = pagesOfScenarios();
    const watched: Watched[] = [];
    const shown = new Map<string, Shown>();

    beforeAll(async () => {
      const started = Date.now();
      for (const group of groups) {
        // DevTools first: the browser's own view of handshakes begins with them.
        const each = await watch(bench, url('/'));
        watched.push(each);
        await each.page.navigate(url(`/?run=${group.map(({ id }) => id)}`));
      }
      const last = Math.max(...groups.flat().map((each) => each.expected.decidedAfterMs));
      await sleep(Math.max(0, last - (Date.now() - started)));
      // What is not there yet may come (Firefox holds new attempts back after failures, by its own clock);
      // what must be silent stays so.
      for (const end = Date.now() + 90_000; ; ) {
        let missing = 0;
        for (const [index, group] of groups.entries()) {
          const seen = await shownBy((watched[index] as Watched).panel);
          for (const scenario of group) {
            shown.set(scenario.id, seen);
            missing += discrepancies(scenario, seen).length;
          }
        }
        if (missing === 0 || Date.now() > end) break;
        await sleep(1000);
      }
    });
    afterAll(async () => {
      for (const { page } of watched) await page.close();
    });

    it.each(groups.flat())('$id: $title', (scenario) => {
      expect(discrepancies(scenario, shown.get(scenario.id) as Shown)).toEqual([]);
    });

    it('says who closed it', () => {
      const by = (id: string) => socketsOf(id, shown.get(id) as Shown)[0]?.['Closed by'];
      expect(by('token-expired')).toBe('server');
      expect(by('connection-cut')).toBe('network');
      expect(by('good-goodbye')).toBe('page');
    });

    it('tells the HTTP status of a refused handshake', () => {
      const [finding] = failedOf('handshake-refused', shown.get('handshake-refused') as Shown);
      expect(finding?.message).toContain('403');
    });

    it('shows a hostile reason as text, and makes no element of it', async () => {
      const [row] = socketsOf('hostile-reason', shown.get('hostile-reason') as Shown);
      expect(row?.Reason).toBe(hostileReason);
      const { panel } = watched[0] as Watched;
      expect(
        await panel.evaluate(() => document.querySelectorAll('img, script:not([src])').length),
      ).toBe(0);
    });

    it('exports a log in which the command line finds the same, and which can be opened again', async () => {
      const { panel } = watched[0] as Watched;
      // The site goes on: what was shown both before and after is what the log tells.
      const told = async () => {
        const now = await shownBy(panel);
        return { rows: now.sockets.length, findings: failedFindings(now) };
      };
      let last = await told();
      let log = '';
      const { rows, findings: before } = await poll(
        'a moment in which nothing changes',
        150_000,
        async () => {
          const first = last;
          log = await exportLog(bench.browser, panel);
          last = await told();
          return isDeepStrictEqual(first, last) ? first : undefined;
        },
      );
      expect(log).not.toContain('eyJhbGciOiJub25lIn0');
      expect(diagnose(log)).toEqual(before);

      await panel.chooseFile('input[type=file]', 'colleague.json', log);
      await panel.waitFor(
        () =>
          Array.from(document.querySelectorAll('option')).some(
            (each) => each.selected && each.label.includes('colleague'),
          ),
        { what: 'the opened log' },
      );
      // A log opens piece by piece.
      await showTab(panel, 'Sockets');
      await panel.waitFor(
        (count: number) =>
          Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) ===
          count + 1,
        { what: `${rows} rows of the opened log` },
        rows,
      );
      const opened = await shownBy(panel);
      expect(opened.sockets).toHaveLength(rows);
      expect(failedFindings(opened)).toEqual(before);
    });
  });

  it('lists a socket that closed before DevTools were opened', async () => {
    const page = await bench.browser.newPage(url('/?run=token-expired'));
    await page.waitFor(() =>
      document.querySelector('#token-expired .log')?.textContent?.includes('1008'),
    );
    const panel = await page.openPanel();
    await waitForRow(
      panel,
      /token-expired.*\| closed \| 1008 Policy Violation \| token expired \| server/,
    );
    const { findings } = await shownBy(panel);
    expect(findings[0]).toMatchObject({
      verdict: 'Failed',
      title: ruleTitle('policy-violation'),
      causes: expect.arrayContaining([causeTitle('auth-expired')]),
    });
    expect(findings[0]?.causes[0]).toBe(causeTitle('auth-expired'));
    await page.close();
  });

  it("lists a socket of the page's first inline script, and links to where it was made", async () => {
    const { page, panel } = await watch(bench, url('/inline.html'));
    await waitForRow(panel, /first-script.*\| closed \| 1008 Policy Violation \| token expired/);
    await panel.click('gridcell', 'token expired');
    await panel.click('tab', 'Initiator');
    await panel.waitFor(() => /inline\.html:\d+:\d+/.test(document.body.textContent), {
      what: 'the place in the page',
    });
    // Firefox lets no extension open a source.
    const links = (await panel.names('button')).filter((each) => /^inline\.html:\d+/.test(each));
    expect(links).toHaveLength(name === 'chrome' ? 1 : 0);
    await page.close();
  });

  it('lists a socket in a frame of another origin', async () => {
    const { page, panel } = await watch(bench, url('/framed.html'));
    await waitForRow(panel, /localhost.*cross-origin-frame.*\| closed \| 4001/);
    await page.close();
  });

  it('tells a page that leaves from a server that goes away', async () => {
    const { page, panel } = await watch(bench, url('/elsewhere.html'));
    await page.navigate(url('/leave.html'));
    const row = await waitForRow(panel, /page-leaves.*\| closed \| (1001|1006) .*\| browser/);
    expect(row[0]).toContain('page-leaves');
    const { findings } = await shownBy(panel);
    expect(findings.map((each) => each.title)).toContain(ruleTitle('going-away-by-page'));
    expect(findings.map((each) => each.title)).not.toContain(ruleTitle('missing-reconnection'));
    await page.close();
  });

  it('misses nothing and doubles nothing when the background ends', async () => {
    const { page, panel } = await watch(bench, url('/?run=good-goodbye'));
    await waitForRow(panel, /good-goodbye.*\| closed \| 1000/);
    for (const id of ['token-expired', 'policy-without-reason', 'no-authentication']) {
      await bench.browser.killBackground();
      await page.click('button', `Run: ${scenarioOf(id).title}`);
      await waitForRow(panel, new RegExp(`/ws/${id}.*\\| closed \\| 1008`));
    }
    const rows = await panel.evaluate(rowsInView);
    expect(rows.map((cells) => /ws\/([\w-]+)/.exec(cells[0] ?? '')?.[1])).toEqual([
      'good-goodbye',
      'token-expired',
      'policy-without-reason',
      'no-authentication',
    ]);
    await page.close();
  });

  it("counts the failed findings at the extension's button while the panel is open", async () => {
    const { page, panel } = await watch(bench, url('/?run=token-expired'));
    await waitForRow(panel, /1008/);
    const own = await bench.browser.newPage(
      `${bench.browser.extensionOrigin}/src/options/options.html`,
    );
    const shows = (text: string | null) =>
      poll(`the badge ${text}`, 20_000, async () =>
        (await own.evaluate(badgeOf, url('/?run=token-expired'))) === text ? true : undefined,
      );
    const counted = () =>
      panel.evaluate(() => document.querySelector('#panel-tab-rules .badge')?.textContent ?? null);
    expect(await counted()).toMatch(/^[1-9]/);
    await shows(await counted());
    // With its old page the browser takes the badge off the tab; the log is kept, and so is the number.
    await bench.browser.killBackground();
    await page.reload();
    await panel.waitFor(
      () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) === 3,
      { what: 'a second socket' },
    );
    await shows(await counted());
    await page.closeDevTools();
    await shows('');
    await own.close();
    await page.close();
  });

  it('stays usable when a page makes a thousand sockets in a second', async () => {
    const { page, panel } = await watch(bench, url('/'));
    await page.click('button', `Run: ${scenarioOf('thousand').title}`);
    await panel.waitFor(
      () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) === 1001,
      { what: 'a thousand rows' },
    );
    await page.click('button', `Run: ${scenarioOf('good-goodbye').title}`);
    await panel.type('combobox', 'Filter', 'good-goodbye');
    await waitForRow(panel, /good-goodbye/);
    await showTab(panel, 'Codes');
    await showTab(panel, 'Rules');
    // However many of them the browser refused: a crowd is no page that reconnects.
    const titles = (await readFindings(panel)).map(({ title }) => title);
    for (const rule of [
      'overlapping-reconnections',
      'reconnection-storm',
      'reconnection-without-backoff',
      'reconnection-abandoned',
    ]) {
      expect(titles).not.toContain(ruleTitle(rule));
    }
    await showTab(panel, 'Sockets');
    await panel.click('button', 'Clear');
    await page.close();
  });

  it('speaks Vietnamese', async () => {
    const { page, panel } = await watch(bench, url('/?run=token-expired'));
    await waitForRow(panel, /1008/);
    await panel.select(/Language/, 'vi');
    await panel.click('tab', /Quy tắc/);
    await panel.waitFor(() => document.querySelector('article')?.textContent?.includes('1008'));
    expect((await panel.text('article')).normalize('NFC')).toMatch(/máy chủ|đóng/i);
    expect(await panel.text()).not.toContain('⟦');
    await panel.select(/Ngôn ngữ/, 'en');
    await panel.click('tab', /^Rules/);
    await page.close();
  });

  it('lists sockets that only the browser saw, and says that their code is unknown', async ({
    skip,
  }) => {
    if (name === 'firefox') skip('Firefox tells the panel nothing of the sockets of workers');
    const { page, panel } = await watch(bench, url('/'));
    await page.click('button', `Run: ${scenarioOf('worker-socket').title}`);
    await waitForRow(panel, /worker-socket/);
    await page.close();
  });

  it('tells a socket that the browser itself refused', async ({ skip }) => {
    if (name === 'firefox') skip('there the constructor throws, and no socket is made');
    const { page, panel } = await watch(bench, url('/blocked.html'));
    await waitForRow(panel, /blocked\.test.*\| closed \|.*\| browser/);
    await showTab(panel, 'Rules');
    await panel.waitFor(() => document.body.textContent.includes('Content Security Policy'));
    await page.close();
  });

  it('lists a WebSocketStream with its code', async ({ skip }) => {
    const { page, panel } = await watch(bench, url('/'));
    const exists = await page.evaluate('typeof WebSocketStream === "function"');
    if (!exists) {
      await page.close();
      skip('this browser has none');
    }
    await page.click('button', `Run: ${scenarioOf('socket-stream').title}`);
    await waitForRow(panel, /socket-stream.*\| closed \| 1008 Policy Violation \| token expired/);
    await page.close();
  });

  it('makes the picture for the README', async () => {
    const shots = ['token-expired', 'going-away-backoff', 'message-too-big', 'blind-retry'];
    const { page, panel } = await watch(bench, url(`/?run=${shots}`));
    await waitForRow(panel, /going-away-backoff.*\| open \|/);
    await panel.resize(1280, 640);
    await panel.click('gridcell', 'token expired');
    await panel.waitFor(() => document.querySelector('[role=row][aria-selected=true]') !== null);
    await pictureOf(panel, name);
    await page.close();
  });

  describe('beside the same browser without the extension', () => {
    let bare: Bench;
    beforeAll(async () => {
      bare = await setUp(name, { bare: true });
    });
    afterAll(async () => {
      await bare?.close();
    });

    it('leaves subclasses, listeners and errors of the page as they are', async () => {
      const run = async ({ browser, demo }: Bench) => {
        const page = await browser.newPage(`${demo.origin}/`);
        const told = await page.evaluate(
          probeSockets,
          `${demo.origin.replace('http', 'ws')}/ws/token-expired`,
        );
        await page.close();
        return told;
      };
      const native = await run(bare);
      expect(native.subclass).toEqual([
        true,
        true,
        true,
        'hello from Feed',
        '[object WebSocket]',
        true,
      ]);
      expect(await run(bench)).toEqual(native);
    });
  });
}

/** The text of the button's badge for the tab of that URL. Runs in a page of the extension. */
function badgeOf(url: string): Promise<string | undefined> {
  interface Api {
    readonly tabs: {
      query(filter: object, done: (tabs: { id: number; url: string }[]) => void): void;
    };
    readonly action: { getBadgeText(of: { tabId: number }, done: (text: string) => void): void };
  }
  // Firefox runs this beside the page's own world, which has the extension's interface.
  const own = window as unknown as { wrappedJSObject?: { chrome: Api }; chrome: Api };
  const { tabs, action } = (own.wrappedJSObject ?? own).chrome;
  return new Promise((resolve) => {
    tabs.query({}, (all) => {
      const tab = all.find((each) => each.url === url);
      if (tab === undefined) resolve(undefined);
      else action.getBadgeText({ tabId: tab.id }, resolve);
    });
  });
}

/** Into `output/`; into the repository only when asked, since no two pictures are the same. */
async function pictureOf(panel: Panel, name: BrowserName): Promise<void> {
  mkdirSync('output', { recursive: true });
  const file = join('output', `panel-${name}.png`);
  await panel.screenshot(file);
  if (name === 'chrome' && process.env.UPDATE_SCREENSHOT === '1') {
    copyFileSync(file, join('docs', 'screenshot.png'));
  }
}
