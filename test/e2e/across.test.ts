import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportLog } from '../../scripts/panel-reader.ts';
import type { Frame } from '../support/browsers';
import { type Bench, setUp, shownBy, waitForRow, watch } from './bench.ts';
import { diagnose, failedFindings } from './findings.ts';

/** A close often happens on somebody else's machine, and in another browser. */
describe('a log that the panel exports in Chromium', () => {
  let chromium: Bench;
  let firefox: Bench;
  let log: string;
  let found: string[];

  beforeAll(async () => {
    chromium = await setUp('chrome');
    const ids = ['token-expired', 'blind-retry', 'message-too-big', 'connection-cut'];
    const { panel } = await watch(chromium, `${chromium.demo.origin}/?run=${ids}`);
    await waitForRow(panel, /token-expired.*\| closed \| 1008/);
    await panel.waitFor(
      () =>
        [...document.querySelectorAll('[role=gridcell]')].filter((cell) =>
          cell.textContent?.includes('blind-retry'),
        ).length >= 7,
      { what: 'the last try of the blind retries' },
    );
    await waitForRow(panel, /message-too-big.*\| closed \| 1009/);
    await waitForRow(panel, /connection-cut.*\| open \|/);
    log = await exportLog(chromium.browser, panel);
    // The log ends where it was exported: what the command line says of it is what must be found.
    found = diagnose(log);
    expect(found.length).toBeGreaterThanOrEqual(3);
    firefox = await setUp('firefox');
  });
  afterAll(async () => {
    await chromium?.close();
    await firefox?.close();
  });

  async function open(frame: Frame): Promise<string[]> {
    await frame.chooseFile('input[type=file]', 'colleague.json', log);
    await waitForRow(frame, /token-expired.*\| closed \| 1008/);
    await frame.waitFor(() => document.querySelector('progress') === null, {
      what: 'the whole log',
    });
    return failedFindings(await shownBy(frame));
  }

  it("tells the same in Firefox's panel", async () => {
    const { page, panel } = await watch(firefox, `${firefox.demo.origin}/elsewhere.html`);
    expect(await open(panel)).toEqual(found);
    await page.close();
  });

  it.each(['chrome', 'firefox'] as const)('tells the same in a plain tab of %s', async (name) => {
    const { browser } = name === 'chrome' ? chromium : firefox;
    const page = await browser.newPage(`${browser.extensionOrigin}/src/panel/viewer.html`);
    expect(await open(page)).toEqual(found);
    await page.close();
  });
});
