import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  causeTitle,
  english,
  exportLog,
  readFindings,
  readSockets,
  ruleTitle,
} from '../../scripts/panel-reader.ts';
import { readLog } from '../../src/log/index.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import type { Diagnosis } from '../../src/rules/diagnosis.ts';
import { type BrowserName, launch, type Page, type Panel, poll } from '../support/browsers';
import {
  bundleClients,
  type Flow,
  flows,
  pathOf,
  startClientsServer,
  TOKEN,
  type Told,
} from '../support/clients/index.ts';
import { extensionFolder, type shownBy } from './bench.ts';
import { expectedOf } from './clients-expected.ts';

/** Every flow has said its last word: the longest waits add up to some 20 s. */
const PATIENCE = { timeout: 90_000, what: 'all clients to be done' };
const WAITING = english('panel_reconnect_waiting');
const FOREVER_GONE = 'signalr/restart-without-reconnect';

const named = flows.map((flow) => ({ name: pathOf(flow).slice(1), flow }));

/** Whether an address is the flow's own, whatever the client appends to it. */
function isOf(flow: Flow, address: string | undefined): boolean {
  const path = new URL(address ?? '', 'ws://nowhere.invalid').pathname;
  return path === pathOf(flow) || path.startsWith(`${pathOf(flow)}/`);
}

async function toldBy(page: Page): Promise<Told> {
  await page.waitFor('Object.values(told().flows).every((flow) => flow.settled)', PATIENCE);
  return await page.evaluate<Told>('told()');
}

/** What the clients tell in the same browser without the extension. */
async function toldWithout(name: BrowserName, script: string): Promise<Told> {
  const server = await startClientsServer(script);
  const browser = await launch(name);
  try {
    return await toldBy(await browser.newPage(`${server.origin}/`));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Every socket that ended has its answer, and the finding that waits for it is there. */
async function waitForAnswers(panel: Panel): Promise<void> {
  await poll('a panel that waits for no socket', 90_000, async () => {
    const rows = await readSockets(panel);
    return rows.length > 0 && rows.every((row) => !row.Reconnect?.includes(WAITING));
  });
  const title = ruleTitle('missing-reconnection');
  await panel.click('tab', /^Rules/);
  await panel.waitFor(
    (wanted: string, path: string) =>
      Array.from(document.querySelectorAll('article')).some(
        ({ textContent }) => textContent?.includes(wanted) && textContent.includes(path),
      ),
    { what: 'the page that does not come back' },
    title,
    FOREVER_GONE,
  );
}

interface Outcome {
  readonly told: Told;
  readonly toldBare: Told;
  readonly shown: Awaited<ReturnType<typeof shownBy>>;
  readonly log: string;
  readonly diagnosis: Diagnosis;
}

interface Run {
  readonly told: Told;
  /** Reads the panel once it waits for nothing. */
  finish(): Promise<Omit<Outcome, 'told' | 'toldBare'>>;
  close(): Promise<void>;
}

/** All clients at work in a browser with the extension, until they are done. */
async function run(name: BrowserName, script: string): Promise<Run> {
  const server = await startClientsServer(script);
  const browser = await launch(name, { extension: extensionFolder(name) });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage(`${server.origin}/empty`);
    const panel = await page.openPanel();
    await page.navigate(`${server.origin}/`);
    return {
      told: await toldBy(page),
      async finish() {
        await waitForAnswers(panel);
        const shown = { sockets: await readSockets(panel), findings: await readFindings(panel) };
        const log = await exportLog(browser, panel);
        mkdirSync('output', { recursive: true });
        writeFileSync(join('output', `clients-${name}.json`), log);
        const read = await readLog(log);
        expect(read.notes).toEqual([]);
        return { shown, log, diagnosis: diagnose(read.log.events) };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const browsers: readonly BrowserName[] = ['chrome', 'firefox'];
const outcomes = new Map<BrowserName, Outcome>();

beforeAll(async () => {
  const script = await bundleClients();
  const runs = new Map<BrowserName, Run>();
  try {
    for (const name of browsers) runs.set(name, await run(name, script));
    // Their grace periods pass, and they have nothing to do meanwhile.
    const bare = await Promise.all(browsers.map((name) => toldWithout(name, script)));
    for (const [index, name] of browsers.entries()) {
      const { told, finish } = runs.get(name)!;
      outcomes.set(name, { told, toldBare: bare[index]!, ...(await finish()) });
    }
  } finally {
    for (const { close } of runs.values()) await close();
  }
});

describe.each(browsers)('real client libraries in %s', (name) => {
  let told: Told;
  let toldBare: Told;
  let shown: Outcome['shown'];
  let log: string;
  let diagnosis: Diagnosis;

  beforeAll(() => {
    ({ told, toldBare, shown, log, diagnosis } = outcomes.get(name)!);
  });

  describe('each close, as the panel shows it', () => {
    it.each(named)('$name', ({ flow }) => {
      const rows = shown.sockets
        .filter(({ URL }) => isOf(flow, URL))
        .map((row) => ({
          state: row.State,
          code: Number.parseInt(row.Code ?? '', 10) || undefined,
          reason: row.Reason,
          by: row['Closed by'],
          back: row.Reconnect?.replace(/^\W*(\w+).*$/, '$1'),
        }));
      const back = flow.returns ? 'replaced' : 'never';
      const closes = flow.endings.map((ending) => ({
        state: 'closed',
        ...ending,
        by: 'server',
        back,
      }));
      if (flow.stops) {
        expect(rows).toMatchObject([
          { state: 'closed', code: expectedOf(flow).ownCode, by: 'page', back: 'not' },
        ]);
      } else if (flow.returns) {
        const open = { state: 'open', code: undefined, reason: '', by: '', back: '' };
        expect(rows).toEqual([...closes, open]);
      } else {
        expect(rows).toEqual(closes);
      }
    });
  });

  describe('whether it came back, from the exported log', () => {
    it.each(named)('$name', ({ flow }) => {
      const chains = diagnosis.chains.filter(({ endpoint }) => isOf(flow, endpoint));
      expect(chains).toHaveLength(1);
      const [chain] = chains;
      expect(expectedOf(flow).verdicts).toContain(chain?.verdict);
      expect(chain?.delaysMs).toHaveLength(flow.returns ? flow.endings.length : 0);
    });
  });

  describe('the rules that fail', () => {
    it.each(named)('$name', ({ flow }) => {
      const { failed, mayFail = [] } = expectedOf(flow);
      // All the clients share one page: now and then several happen to come back in one instant.
      const uncertain = [...mayFail, 'reconnection-storm'];
      const certain = (rule: string) => !uncertain.includes(rule);
      const inLog = diagnosis.findings
        .filter(({ verdict, endpoint }) => verdict === 'failed' && isOf(flow, endpoint))
        .map(({ rule }) => rule);
      expect([...new Set(inLog)].filter(certain).sort()).toEqual([...failed].sort());

      const may = uncertain.map(ruleTitle);
      const inPanel = shown.findings
        .filter(({ verdict, endpoint }) => verdict === 'Failed' && isOf(flow, endpoint))
        .map(({ title }) => title);
      expect(inPanel.filter((title) => !may.includes(title)).sort()).toEqual(
        failed.map(ruleTitle).sort(),
      );
    });
  });

  it('says why', () => {
    const causes = (rule: string) =>
      shown.findings
        .filter(({ verdict, title }) => verdict === 'Failed' && title === ruleTitle(rule))
        .map(({ causes: [first] }) => first);
    const refused = flows.filter((flow) => expectedOf(flow).failed.includes('policy-violation'));
    expect(causes('policy-violation')).toEqual(refused.map(() => causeTitle('auth-invalid')));
    expect(causes('missing-reconnection')).toEqual([causeTitle('server-restart')]);
  });

  it('misses no socket, invents none, and drops nothing', () => {
    expect(diagnosis.sockets.size).toBe(shown.sockets.length);
    expect(diagnosis.dropped).toBe(0);
    expect(shown.findings.filter(({ verdict }) => verdict === 'Failed')).toHaveLength(
      diagnosis.findings.filter(({ verdict }) => verdict === 'failed').length,
    );
  });

  it('keeps what the clients present out of the exported log', () => {
    expect(log).not.toContain(TOKEN);
  });

  describe('what the client tells the application, with and without the extension', () => {
    it.each(named)('$name', ({ flow }) => {
      const path = pathOf(flow);
      const events = toldBare.flows[path]?.events ?? [];
      const heard = events.filter((event) =>
        flow.endings.some(
          ({ code, reason }) => event.includes(`${code}`) && event.includes(reason),
        ),
      );
      expect(heard.length).toBeGreaterThanOrEqual(flow.endings.length);
      const connections = flow.returns ? flow.endings.length + 1 : 1;
      expect(events.filter((event) => / of connection \d+$/.test(event))).toHaveLength(connections);
      expect(told.flows[path]).toEqual(toldBare.flows[path]);
    });

    it('raises no error', () => {
      expect(toldBare.errors).toEqual([]);
      expect(told.errors).toEqual([]);
    });
  });
});
