/**
 * Takes a picture of every view of the panel in either browser, both themes and three widths, into
 * `output/looks`, and checks what needs no eye: nothing sticks out, columns stand under their headers.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showTab } from '../../scripts/panel-reader.ts';
import type { BrowserName, Panel } from '../support/browsers';
import { type Bench, setUp, watch } from './bench.ts';
import { looksLog } from './looks-session.ts';

const FOLDER = join('output', 'looks');
const HEIGHT = 720;

type View = 'Sockets' | 'Detail' | 'Rules' | 'Codes';
const VIEWS: readonly View[] = ['Sockets', 'Detail', 'Rules', 'Codes'];
const cases = (['light', 'dark'] as const).flatMap((theme) =>
  [320, 600, 1280].flatMap((width) => VIEWS.map((view) => ({ theme, width, view }))),
);

/** One sentence for each thing that sticks out or stands askew. Runs in the panel. */
function flaws(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  const nameOf = (element: Element) =>
    element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.className;
  if (document.documentElement.scrollWidth > width) found.push('the document scrolls sideways');
  for (const view of document.querySelectorAll('.rules-scroll, .detail-body, .status-bar')) {
    if (view.scrollWidth > view.clientWidth + 1) found.push(`${view.className} scrolls sideways`);
  }
  for (const one of document.querySelectorAll('.toolbar :is(button, select), .view-bar button')) {
    const box = one.getBoundingClientRect();
    if (box.width < 12 || box.left < -0.5 || box.right > width + 0.5) {
      found.push(`${nameOf(one)} is cut off`);
    }
    if (one.scrollWidth > one.clientWidth + 2 && one.tagName === 'BUTTON') {
      found.push(`${nameOf(one)} has too little room`);
    }
  }
  const toolbar = document.querySelector('.toolbar');
  // The choice of a session, where there are several, may cost a second line in a narrow dock.
  const lines = width < 500 ? 2 : 1;
  if (toolbar !== null && toolbar.getBoundingClientRect().height > lines * 28) {
    found.push(`the toolbar takes more than ${lines} lines`);
  }
  const heads = document.querySelectorAll('[role=columnheader]');
  for (const row of document.querySelectorAll('[role=grid] [role=row]:not(.row-header)')) {
    for (const [i, cell] of row.querySelectorAll('[role=gridcell]').entries()) {
      const head = heads[i]?.getBoundingClientRect();
      const box = cell.getBoundingClientRect();
      if (head && Math.abs(head.left - box.left) + Math.abs(head.right - box.right) > 2) {
        found.push(`${nameOf(heads[i] as Element)} does not stand over its cells`);
      }
    }
  }
  return [...new Set(found)];
}

async function show(panel: Panel, view: View): Promise<void> {
  await showTab(panel, view === 'Detail' ? 'Sockets' : view);
  const wanted = view === 'Detail';
  if (view !== 'Sockets' && !wanted) return;
  const open = await panel.evaluate(() => document.querySelector('.detail') !== null);
  if (open === wanted) return;
  if (wanted) await panel.click('gridcell', /1008/);
  else {
    // Only on the way to the picture: no aim at a view that has just come.
    await panel.evaluate(() => {
      document.querySelector<HTMLButtonElement>('button[aria-label="Close detail"]')?.click();
    });
  }
  await panel.waitFor(
    (yes: boolean) => (document.querySelector('.detail') !== null) === yes,
    {},
    wanted,
  );
}

describe.each<BrowserName>(['chrome', 'firefox'])('the looks of the panel in %s', (name) => {
  let bench: Bench;
  let panel: Panel;

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    bench = await setUp(name);
    ({ panel } = await watch(bench, `${bench.demo.origin}/elsewhere.html`));
    await panel.resize(1280, HEIGHT);
    await panel.chooseFile('input[type=file]', 'looks.json', looksLog());
    await panel.waitFor(
      () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > 15,
      { what: 'the rows of the log' },
    );
  });
  afterAll(async () => {
    await bench?.close();
  });

  it.each(cases)('$view, $theme, $width', async ({ theme, width, view }) => {
    await panel.resize(width, HEIGHT);
    await panel.evaluate((wanted: string) => {
      document.documentElement.dataset.theme = wanted;
    }, theme);
    await show(panel, view);
    await panel.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
        ),
    );
    await panel.screenshot(join(FOLDER, `${name}-${view.toLowerCase()}-${theme}-${width}.png`));
    expect(await panel.evaluate(flaws)).toEqual([]);
  });
});
