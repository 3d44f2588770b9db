import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Demo, startDemo } from '../../demo/server.ts';
import { readFindings, readSockets } from '../../scripts/panel-reader.ts';
import {
  type Browser,
  type BrowserName,
  type Frame,
  launch,
  type Page,
  type Panel,
} from '../support/browsers';

/** Folder of the built extension. `EXTENSION_DIST` names another place than `dist`. */
export function extensionFolder(name: BrowserName): string {
  const folder = resolve(process.env.EXTENSION_DIST ?? 'dist', name);
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new Error(`${folder} holds no extension: run "npm run build" first`);
  }
  return folder;
}

export interface Bench {
  readonly browser: Browser;
  readonly demo: Demo;
  close(): Promise<void>;
}

/** The misbehaving site and a browser with the extension. */
export async function setUp(
  name: BrowserName,
  options: { readonly bare?: boolean; readonly locale?: string; readonly theme?: 'dark' } = {},
): Promise<Bench> {
  const { bare = false, ...rest } = options;
  const demo = await startDemo();
  try {
    const browser = await launch(name, bare ? rest : { ...rest, extension: extensionFolder(name) });
    return {
      browser,
      demo,
      async close() {
        await browser.close();
        await demo.close();
      },
    };
  } catch (error) {
    await demo.close();
    throw error;
  }
}

export interface Watched {
  readonly page: Page;
  readonly panel: Panel;
}

/** Opens the page, and then DevTools on the panel. */
export async function watch({ browser }: Bench, url: string): Promise<Watched> {
  const page = await browser.newPage(url);
  return { page, panel: await page.openPanel() };
}

export async function shownBy(panel: Frame) {
  return { sockets: await readSockets(panel), findings: await readFindings(panel) };
}

/** Rows of the grid that are in view: enough where there are few sockets, and far quicker than scrolling. */
export const rowsInView = () =>
  Array.from(document.querySelectorAll('[role=grid] [role=row]'), (row) =>
    Array.from(row.querySelectorAll('[role=gridcell]'), (cell) =>
      (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
    ),
  ).filter((cells) => cells.length > 0);

/** Waits until the grid shows a row whose texts, joined by bars, match. */
export async function waitForRow(panel: Frame, pattern: RegExp): Promise<string[]> {
  return await panel.waitFor(
    (source: string) => {
      const rows = Array.from(document.querySelectorAll('[role=grid] [role=row]'), (row) =>
        Array.from(row.querySelectorAll('[role=gridcell]'), (cell) =>
          (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
        ),
      );
      return rows.find((cells) => new RegExp(source).test(cells.join(' | ')));
    },
    { what: `a row that matches ${pattern}` },
    pattern.source,
  );
}
