import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTranslator, parseMessages, type Translator } from '../i18n/index.ts';

/** A file beside this code: as built, or in the source tree. */
function beside(built: string, source: string): string {
  const paths = [built, source].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${paths[1]} is missing: run "npm run build:testing"`);
  return readFileSync(found, 'utf8');
}

export function translator(): Translator {
  const text = beside('./messages.json', '../../public/_locales/en/messages.json');
  return createTranslator(parseMessages(JSON.parse(text)), 'en');
}

/** The recorder with its tap, as one classic script for a page. */
export function pageScript(): string {
  return beside('./page.js', '../../dist/testing/page.js');
}
