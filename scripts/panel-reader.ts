/** Reads the panel as a person does: by the roles and names of what it shows. English panel only. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ruleKey } from '../src/rules/text-ids.ts';
import { type Browser, type Frame, type Panel, poll } from './browsers/index.ts';

/** Texts by column header. */
export type SocketRow = Readonly<Record<string, string>>;

export interface ShownFinding {
  /** Such as `Failed`. */
  readonly verdict: string;
  readonly title: string;
  readonly endpoint: string;
  readonly message: string;
  /** Titles, best first, as far as they are shown. */
  readonly causes: readonly string[];
}

const texts = JSON.parse(
  readFileSync(new URL('../public/_locales/en/messages.json', import.meta.url), 'utf8'),
) as Record<string, { readonly message: string }>;

/** @throws Error where the English texts lack it. */
export function english(id: string): string {
  const text = texts[id]?.message;
  if (text === undefined) throw new Error(`No English text "${id}"`);
  return text;
}

export const ruleTitle = (rule: string): string => english(`rule_${ruleKey(rule)}_title`);
export const causeTitle = (cause: string): string => english(`cause_${cause.replaceAll('-', '_')}`);

export async function showTab(panel: Frame, name: 'Sockets' | 'Rules' | 'Codes'): Promise<void> {
  await panel.click('tab', name);
  await panel.waitFor(
    (wanted: string) =>
      Array.from(document.querySelectorAll('[role=tab][aria-selected=true]')).some((tab) =>
        tab.textContent?.includes(wanted),
      ),
    { what: `the tab ${name}` },
    name,
  );
}

/** All rows of the grid `Sockets`. It draws only what is in view, so this scrolls through it. */
export async function readSockets(panel: Frame): Promise<SocketRow[]> {
  await showTab(panel, 'Sockets');
  const rows = await panel.evaluate(async () => {
    const grid = document.querySelector('[role=grid][aria-label="Sockets"]');
    if (grid === null) return [];
    const nextFrame = () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const headers = Array.from(grid.querySelectorAll('[role=columnheader]'), (header) =>
      (header.textContent ?? '').trim(),
    );
    const seen = new Map<number, Record<string, string>>();
    const collect = () => {
      for (const row of grid.querySelectorAll('[role=row]')) {
        const cells = row.querySelectorAll<HTMLElement>('[role=gridcell]');
        if (cells.length !== headers.length) continue;
        const texts = Array.from(cells, (cell, i) => [
          headers[i] ?? '',
          (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
        ]);
        seen.set(Number(row.getAttribute('aria-rowindex')), Object.fromEntries(texts));
      }
    };
    // The grid itself scrolls, or an element around it.
    let scroller: Element | null = grid;
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) {
      scroller = scroller.parentElement;
    }
    const from = scroller?.scrollTop ?? 0;
    if (scroller !== null) scroller.scrollTop = 0;
    for (;;) {
      await nextFrame();
      collect();
      if (scroller === null) break;
      const before = scroller.scrollTop;
      scroller.scrollTop += Math.max(40, scroller.clientHeight - 80);
      if (scroller.scrollTop === before) break;
    }
    if (scroller !== null) scroller.scrollTop = from;
    return [...seen].sort(([a], [b]) => a - b).map(([, row]) => row);
  });
  return rows as SocketRow[];
}

/** The findings of the groups that stand open in Rules: those that failed or need a look. */
export async function readFindings(panel: Frame): Promise<ShownFinding[]> {
  await showTab(panel, 'Rules');
  // Where there are many, the rest is behind a button.
  for (;;) {
    const more = (await panel.names('button')).find((name) => /^Show \d+ more/.test(name));
    if (more === undefined) break;
    await panel.click('button', more);
  }
  return await panel.evaluate(() => {
    const text = (element: Element | null | undefined) =>
      (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
    return Array.from(document.querySelectorAll('article'), (article) => ({
      verdict: article.querySelector('[role=img]')?.getAttribute('aria-label') ?? '',
      title: text(article.querySelector('h3')),
      endpoint: text(article.querySelector('.finding-endpoint')),
      message: text(article.querySelector('.finding-message')),
      causes: Array.from(article.querySelectorAll('.causes > li b'), text),
    }));
  });
}

/** Text of the session log that the panel's Export saves with the choices it starts with. */
export async function exportLog(browser: Browser, panel: Panel): Promise<string> {
  // A session's log has one name, and Chromium overwrites where it is driven: only a new file is told apart.
  for (const file of readdirSync(browser.downloads)) {
    if (file.endsWith('.json')) rmSync(join(browser.downloads, file));
  }
  await panel.click('button', english('panel_export'));
  await panel.click('button', english('panel_export_save'));
  const text = await poll('the exported file', 30_000, () => {
    const name = readdirSync(browser.downloads).find((file) => file.endsWith('.json'));
    if (name === undefined) return undefined;
    const content = readFileSync(join(browser.downloads, name), 'utf8');
    // Half a file is no file yet.
    JSON.parse(content);
    return content;
  });
  await panel.press('Escape');
  return text;
}

/** Columns padded to the widest text, up to `limit` characters each. */
export function table(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  limit = 60,
): string {
  const cut = (text: string) => {
    const shown = printable(text);
    return [...shown].length > limit ? `${[...shown].slice(0, limit - 1).join('')}…` : shown;
  };
  const cells = [headers, ...rows].map((row) => row.map(cut));
  const widths = headers.map((_, column) =>
    Math.max(...cells.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - [...text].length))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...body.map(line)].join(
    '\n',
  );
}

/** What a page wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '�');
}
