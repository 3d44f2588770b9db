/** Every view of the panel, and the way there, by what stands in the document in either language. */
import { readFileSync } from 'node:fs';
import { DETAIL_TABS } from '../../src/panel/ui-state.ts';
import type { Frame } from '../support/browsers';

export type Language = 'en' | 'vi';

/** A press of the mouse at each of these elements; `$id` is a text of the panel, `>> text` what the element holds. */
type Way = readonly string[];

const SOCKETS = ['#panel-tab-sockets'];
const ROW = '[role=grid] [role=gridcell] >> 1008';
const RULES = ['#panel-tab-rules'];
const section = (nth: number) => [...RULES, `.rules-view .view-bar .segment:nth-of-type(${nth})`];
const OWN = section(3);

const WAYS = {
  sockets: SOCKETS,
  ...Object.fromEntries(
    DETAIL_TABS.map((tab) => [`detail-${tab}`, [...SOCKETS, ROW, `#detail-tab-${tab}`]]),
  ),
  'copy-menu': [...SOCKETS, ROW, '.detail [aria-label="$panel_copy"]'],
  columns: [...SOCKETS, '[aria-label="$panel_columns"]'],
  findings: section(1),
  'rule-settings': section(2),
  'own-rules': OWN,
  'own-rule-form': [...OWN, '.own-rules .button-row .button', '.own-form [type=submit]'],
  codes: ['#panel-tab-codes'],
  'codes-comparison': ['#panel-tab-codes', '.codes-comparison'],
  export: ['[aria-label="$panel_export"]'],
  help: ['[aria-label="$panel_help"]'],
  merge: ['[aria-label="$panel_import_merge"]'],
} as const satisfies Record<string, Way>;

type DetailView = `detail-${(typeof DETAIL_TABS)[number]}`;
export type View = keyof typeof WAYS | DetailView;
export const VIEWS = Object.keys(WAYS) as View[];

const texts = new Map<Language, Record<string, { readonly message: string }>>();

function textsIn(language: Language): Record<string, { readonly message: string }> {
  let all = texts.get(language);
  if (all === undefined) {
    const file = new URL(`../../public/_locales/${language}/messages.json`, import.meta.url);
    all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { message: string }>;
    texts.set(language, all);
  }
  return all;
}

export const idsIn = (language: Language): string[] => Object.keys(textsIn(language));

export function textIn(language: Language, id: string): string {
  const text = textsIn(language)[id]?.message;
  if (text === undefined) throw new Error(`No text "${id}"`);
  return text;
}

export async function showIn(panel: Frame, theme: 'light' | 'dark', language: Language) {
  await panel.evaluate(
    (wanted: string, tag: string) => {
      document.documentElement.dataset.theme = wanted;
      const select = document.querySelector<HTMLSelectElement>('select.language');
      if (select === null || select.value === tag) return;
      select.value = tag;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    },
    theme,
    language,
  );
  await panel.waitFor(
    (label: string) => document.querySelector(`[aria-label="${label}"]`) !== null,
    { what: `the panel in ${language}` },
    textIn(language, 'panel_export'),
  );
}

/** Leaves what stands open, goes to the view, and waits until it rests. */
export async function showView(panel: Frame, view: View, language: Language = 'en') {
  const way = (WAYS as Record<string, Way>)[view]!.map((selector) =>
    selector.replace(/\$(\w+)/, (_, id: string) => textIn(language, id)),
  );
  await panel.evaluate(
    async (steps: readonly string[], closeDetail: string, closeForm: string) => {
      const frames = () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
        );
      const find = (step: string) => {
        const [selector = '', text = ''] = step.split(' >> ');
        return [...document.querySelectorAll<HTMLElement>(selector)].find((one) =>
          one.textContent.includes(text),
        );
      };
      const press = (element: HTMLElement) => {
        element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
        element.click();
      };
      for (const dialog of document.querySelectorAll('dialog')) dialog.close();
      await frames();
      for (const selector of [closeDetail, closeForm]) {
        const open = document.querySelector<HTMLElement>(selector);
        if (open === null) continue;
        press(open);
        await frames();
      }
      // No row is chosen, whatever was looked at before.
      const leave = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true });
      document.querySelector('[role=grid]')?.dispatchEvent(leave);
      await frames();
      for (const step of steps) {
        let element = find(step);
        for (let round = 0; element === undefined; round += 1) {
          if (round === 300) throw new Error(`No ${step}`);
          await frames();
          element = find(step);
        }
        element.scrollIntoView({ block: element.matches('section') ? 'start' : 'nearest' });
        press(element);
        await frames();
      }
      // What is brought into sight, focused or measured comes a little later.
      await frames();
    },
    way,
    `[aria-label="${textIn(language, 'panel_detail_close')}"]`,
    '.own-form [type=button]',
  );
}
