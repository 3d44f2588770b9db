import { readFileSync } from 'node:fs';

export type Browser = 'chrome' | 'firefox';

type Manifest = Record<string, unknown> & {
  version: string;
  action: Record<string, unknown>;
  background: { service_worker?: string; scripts?: string[]; type: string };
};

/** Derives a browser's manifest from the one `manifest.json`: what the other browser alone reads is left out. */
export function manifestFor(browser: Browser): Manifest {
  const source = JSON.parse(
    readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'),
  ) as Manifest;
  const { minimum_chrome_version, browser_specific_settings, ...common } = source;
  if (browser === 'chrome') return { ...common, minimum_chrome_version };
  const script = source.background.service_worker;
  if (script === undefined) throw new Error('manifest.json: background.service_worker is missing');
  return {
    ...common,
    browser_specific_settings,
    // A badge is seen only in the toolbar; Chrome lets its user pin the button.
    action: { ...source.action, default_area: 'navbar' },
    background: { scripts: [script], type: 'module' },
  };
}
