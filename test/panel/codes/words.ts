import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator, parseMessages, type Translator } from '../../../src/i18n/index.ts';

/** The translator over the texts as they are shipped. */
export function shippedWords(locale: string): Translator {
  const file = join(import.meta.dirname, '../../../public/_locales', locale, 'messages.json');
  return createTranslator(parseMessages(JSON.parse(readFileSync(file, 'utf8'))), locale);
}
