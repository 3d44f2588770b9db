import { resolve } from 'node:path';
import type { BrowserName } from '../support/browsers/index.ts';

/** Folder of the built extension; another one may be named by EXTENSION_DIST. */
export function extensionFor(browser: BrowserName): string {
  return resolve(process.env.EXTENSION_DIST ?? 'dist', browser);
}
