import type { BrowserName } from '../support/browsers/index.ts';

/** Folder of the built extension; another one may be named by EXTENSION_DIST. */
export function extensionFor(browser: BrowserName): string {
  return `${process.env.EXTENSION_DIST ?? 'dist'}/${browser}`;
}
