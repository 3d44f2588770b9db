/**
 * axe-core over every view of the panel and the extension's other pages, where colours and sizes are real:
 * both themes, both languages, at the width of a dock.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Frame, Panel } from '../support/browsers';
import { type Bench, setUp, watch } from './bench.ts';
import { looksLog } from './looks-session.ts';
import { idsIn, type Language, showIn, showView, textIn, VIEWS, type View } from './views.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const loadAxe = (frame: Frame) => frame.evaluate(`(() => { ${axe};\nreturn 0; })()`);

/** What axe finds serious in what is shown now; of a dialog or a part, in that alone, for what is behind it was looked at. */
function violations(frame: Frame, language: Language, part = 'html'): Promise<string[]> {
  return frame.evaluate(
    async (inside: string, colours: boolean) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const context = document.querySelector('dialog[open]') ?? document.querySelector(inside);
      const result = await axe.run(context ?? document, {
        resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled: colours } },
      });
      return result.violations
        .filter((one) => one.impact === 'serious' || one.impact === 'critical')
        .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
    },
    part,
    // A text has the colours of its theme in any language, and they are what takes long to look at.
    language === 'en',
  );
}

const OPTIONS = idsIn('en').filter((id) => id.startsWith('options_'));
/** The whole document is looked at, also what stands below. */
const SHOWN_WITH_OTHERS: ReadonlySet<View> = new Set<View>(['codes-comparison', 'own-rules']);
const LANGUAGES = ['en', 'vi'] as const;

/** Its language is the browser's, and few have both: puts each text in the place of the English one. */
async function translate(page: Frame, language: Language): Promise<void> {
  const said = OPTIONS.map((id) => [textIn('en', id), textIn(language, id)]);
  await page.evaluate(
    (pairs: readonly (readonly string[])[], tag: string) => {
      document.documentElement.lang = tag;
      const texts = new Map(pairs.map(([from = '', to = '']) => [from, to]));
      for (const element of document.querySelectorAll('main *:not(:has(*))')) {
        element.textContent = texts.get(element.textContent) ?? element.textContent;
      }
    },
    said,
    language,
  );
}

const THEMES = ['light', 'dark'] as const;

/** A browser in one theme, with the panel open. */
interface Shown {
  readonly theme: (typeof THEMES)[number];
  readonly bench: Bench;
  readonly panel: Panel;
}

describe('axe has nothing serious to say in either theme', () => {
  let both: readonly Shown[] = [];

  /** In both at once, which takes as long as in one. */
  const inBoth = async (what: (shown: Shown) => Promise<string[]>): Promise<string[]> => {
    const found = await Promise.all(
      both.map(async (shown) => (await what(shown)).map((one) => `${shown.theme}: ${one}`)),
    );
    return found.flat();
  };

  beforeAll(async () => {
    both = await Promise.all(
      THEMES.map(async (theme) => {
        const bench = await setUp('chrome', theme === 'dark' ? { theme } : {});
        const { panel } = await watch(bench, `${bench.demo.origin}/elsewhere.html`);
        await panel.resize(600, 720);
        await loadAxe(panel);
        return { theme, bench, panel };
      }),
    );
  });
  afterAll(async () => {
    await Promise.all(both.map(({ bench }) => bench.close()));
  });

  it.each(LANGUAGES)('of the panel before anything is there (%s)', async (language) => {
    const found = await inBoth(async ({ panel, theme }) => {
      const wrong: string[] = [];
      await showIn(panel, theme, language);
      for (const view of ['codes', 'findings', 'sockets'] as const) {
        await showView(panel, view, language);
        wrong.push(...(await violations(panel, language)).map((one) => `${view}: ${one}`));
      }
      return wrong;
    });
    expect(found).toEqual([]);
  });

  it('of the panel over a log: every view in both languages', async () => {
    const found = await inBoth(async ({ panel, theme }) => {
      await panel.chooseFile('input[type=file]', 'looks.json', looksLog());
      await panel.waitFor(
        () => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) > 15,
        { what: 'the rows of the log' },
      );
      // A file that cannot be read says so above everything.
      await panel.chooseFile('input[type=file]', 'broken.json', '{');
      await panel.waitFor(() => document.querySelector('.notices [role=alert]') !== null);
      const wrong: string[] = [];
      for (const language of LANGUAGES) {
        await showIn(panel, theme, language);
        for (const view of VIEWS.filter((one) => !SHOWN_WITH_OTHERS.has(one))) {
          await showView(panel, view, language);
          const part = view.startsWith('detail-') || view === 'copy-menu' ? '.detail' : 'html';
          const here = await violations(panel, language, part);
          wrong.push(...here.map((one) => `${view} (${language}): ${one}`));
        }
      }
      return wrong;
    });
    expect(found).toEqual([]);
  });

  it('of the viewer', async () => {
    const found = await inBoth(async ({ bench, theme }) => {
      const page = await bench.browser.newPage(
        `${bench.browser.extensionOrigin}/src/panel/viewer.html`,
      );
      await loadAxe(page);
      const wrong: string[] = [];
      for (const language of LANGUAGES) {
        await showIn(page, theme, language);
        wrong.push(...(await violations(page, language)).map((one) => `(${language}): ${one}`));
      }
      await page.close();
      return wrong;
    });
    expect(found).toEqual([]);
  });

  it('of the options', async () => {
    const found = await inBoth(async ({ bench }) => {
      const page = await bench.browser.newPage(
        `${bench.browser.extensionOrigin}/src/options/options.html`,
      );
      await page.waitFor(() => document.querySelector('#access')?.textContent);
      await loadAxe(page);
      const wrong: string[] = [];
      for (const language of LANGUAGES) {
        await translate(page, language);
        wrong.push(...(await violations(page, language)).map((one) => `(${language}): ${one}`));
      }
      await page.close();
      return wrong;
    });
    expect(found).toEqual([]);
  });
});
