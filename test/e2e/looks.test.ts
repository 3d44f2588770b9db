/**
 * Takes a picture of every view of the panel in either browser and both themes, and holds it against its
 * reference in `test/e2e/looks`; what needs no eye is checked as well: nothing sticks out, columns stand under
 * their headers. New pictures are in `output/looks`; `UPDATE_LOOKS=1` makes them the references.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DETAIL_TABS } from '../../src/panel/ui-state.ts';
import type { BrowserName, Panel } from '../support/browsers';
import { difference, MOST_DIFFERENT } from '../support/pictures/compare.ts';
import { readPng, writePng } from '../support/pictures/png.ts';
import { type Bench, setUp, watch } from './bench.ts';
import { looksLog } from './looks-session.ts';
import { showIn, showView, textIn, type View } from './views.ts';

const FOLDER = join('output', 'looks');
const REFERENCES = join('test', 'e2e', 'looks');
const HEIGHT = 720;
/** Of a dock: where there is one picture of a view, it is this wide. */
const DOCK = 600;

const EVERY_WIDTH: readonly View[] = ['sockets', 'detail-summary', 'findings', 'codes'];
const DOCK_ONLY: readonly View[] = [
  ...DETAIL_TABS.filter((tab) => tab !== 'summary').map((tab) => `detail-${tab}` as const),
  'export',
];
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const cases = [320, DOCK, 1280].flatMap((width) =>
  THEMES.flatMap((theme) =>
    [...EVERY_WIDTH, ...(width === DOCK ? DOCK_ONLY : [])].map((view) => ({ theme, width, view })),
  ),
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

/** How wide two lines are in the panel's fonts: with others, lines break elsewhere. Runs in the panel. */
function fontWidths(): string {
  const ruler = document.createElement('span');
  ruler.style.cssText = 'position: absolute; white-space: nowrap; font-size: 100px';
  document.body.append(ruler);
  const widths = ['var(--font-ui)', 'var(--font-mono)'].map((font) => {
    ruler.style.fontFamily = font;
    ruler.textContent = 'WebSocket 1008 Policy Violation';
    return Math.round(ruler.getBoundingClientRect().width);
  });
  ruler.remove();
  return widths.join(' ');
}

/** Of each browser, the widths that its reference pictures were taken with. */
const FONTS = join(REFERENCES, 'fonts.json');
const UPDATE = process.env.UPDATE_LOOKS === '1';

function fontsOfReferences(): Record<string, string> {
  return existsSync(FONTS) ? JSON.parse(readFileSync(FONTS, 'utf8')) : {};
}

/** A sentence where the picture is not what it was. */
function changes(name: string): string[] {
  const file = join(FOLDER, name);
  const reference = join(REFERENCES, name);
  const now = readPng(readFileSync(file));
  if (UPDATE) {
    writeFileSync(reference, writePng(now));
    return [];
  }
  if (!existsSync(reference)) return [`${reference} is missing: look at ${file}, UPDATE_LOOKS=1`];
  const { share, box } = difference(now, readPng(readFileSync(reference)));
  if (share <= MOST_DIFFERENT || box === undefined) return [];
  const where = `${box.left},${box.top} to ${box.right},${box.bottom}`;
  return [`${file} is not like ${reference}: ${(share * 100).toFixed(1)} %, within ${where}`];
}

/** The panel in one browser. */
class Looks {
  readonly name: BrowserName;
  readonly #bench: Bench;
  #panel: Panel;
  /** The fonts are those of the references. */
  #comparable = true;

  private constructor(name: BrowserName, bench: Bench, panel: Panel) {
    this.name = name;
    this.#bench = bench;
    this.#panel = panel;
  }

  static async of(name: BrowserName): Promise<Looks> {
    const bench = await setUp(name);
    const { panel } = await watch(bench, `${bench.demo.origin}/elsewhere.html`);
    const looks = new Looks(name, bench, panel);
    const widths = await panel.evaluate(fontWidths);
    const known = fontsOfReferences();
    if (UPDATE) writeFileSync(FONTS, `${JSON.stringify({ ...known, [name]: widths }, null, 2)}\n`);
    else looks.#comparable = known[name] === widths;
    return looks;
  }

  get comparable(): boolean {
    return this.#comparable;
  }

  async open(name: string, text: string, rows: number): Promise<void> {
    await this.#panel.chooseFile('input[type=file]', name, text);
    await this.#rows(rows);
  }

  async anew(): Promise<void> {
    ({ panel: this.#panel } = await watch(
      this.#bench,
      `${this.#bench.demo.origin}/elsewhere.html`,
    ));
  }

  async merge(rows: number): Promise<void> {
    await showView(this.#panel, 'merge');
    await this.#panel.click('button', textIn('en', 'panel_import_merge_do'));
    await this.#rows(rows);
  }

  #rows(least: number): Promise<unknown> {
    return this.#panel.waitFor(
      (most: number) =>
        Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > most,
      { what: `more than ${least} rows` },
      least,
    );
  }

  /** Goes there, takes the picture, and tells what is wrong with it. */
  async look(view: View, theme: Theme, width: number, as: string = view): Promise<string[]> {
    const panel = this.#panel;
    await panel.resize(width, HEIGHT);
    await showIn(panel, theme, 'en');
    await showView(panel, view);
    const file = `${this.name}-${as}-${theme}-${width}.png`;
    await panel.screenshot(join(FOLDER, file));
    return [...(await panel.evaluate(flaws)), ...(this.#comparable ? changes(file) : [])];
  }

  async close(): Promise<void> {
    await this.#bench.close();
  }
}

describe('the looks of the panel in Chromium and Firefox', () => {
  let both: Looks[] = [];

  /** In both at once, which takes as long as in one. */
  const look = async (...where: Parameters<Looks['look']>): Promise<string[]> =>
    (await Promise.all(both.map((one) => one.look(...where)))).flat();
  const each = (what: (one: Looks) => Promise<void>) => Promise.all(both.map(what));

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    mkdirSync(REFERENCES, { recursive: true });
    both = [await Looks.of('chrome'), await Looks.of('firefox')];
  });
  afterAll(async () => {
    await each((one) => one.close());
  });

  it.for(['chrome', 'firefox'])('are seen in the fonts of the references: %s', (name, context) => {
    // Where they are others, the pictures are taken all the same, and told to be of no use here.
    const one = both.find((looks) => looks.name === name);
    if (one?.comparable !== true) context.skip(`${name} has other fonts: pictures not compared`);
  });

  it.each(THEMES)('nothing yet, %s', async (theme) => {
    expect(await look('sockets', theme, DOCK, 'empty')).toEqual([]);
  });

  describe('over a log', () => {
    beforeAll(() => each((one) => one.open('looks.json', looksLog(), 15)));

    it.each(cases)('$view, $theme, $width', async ({ theme, width, view }) => {
      expect(await look(view, theme, width)).toEqual([]);
    });
  });

  describe('over two logs on one clock', () => {
    beforeAll(() =>
      each(async (one) => {
        await one.anew();
        await one.open('looks.json', looksLog(), 15);
        await one.open('second.json', looksLog(true), 15);
        await one.merge(35);
      }),
    );

    it.each(THEMES)('merged, %s', async (theme) => {
      expect(await look('sockets', theme, DOCK, 'merged')).toEqual([]);
    });
  });
});
