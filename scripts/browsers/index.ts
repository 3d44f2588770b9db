import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import type { Browser, BrowserName, LaunchOptions } from './types.ts';

export { findBrowser, findOrInstallBrowser } from './find.ts';
export type {
  Browser,
  BrowserName,
  Frame,
  LaunchOptions,
  Name,
  NewPageOptions,
  Page,
  Panel,
  WaitOptions,
} from './types.ts';
export { poll, sleep, within } from './wait.ts';

/** Starts a browser with a fresh profile. Whoever calls closes it; it also ends with this process. */
export function launch(browser: BrowserName, options: LaunchOptions = {}): Promise<Browser> {
  return browser === 'firefox' ? launchFirefox(options) : launchChromium(options);
}
