import { readFileSync } from 'node:fs';
import {
  createTranslator,
  LOCALES,
  parseMessages,
  pickLocale,
  type Translator,
} from '../i18n/index.ts';

/** The language to speak: the one asked for, else English, so that output is the same everywhere. */
export function translatorFor(lang: string | undefined): Translator {
  const locale = pickLocale(lang ?? 'en', LOCALES);
  const path = new URL(`../../public/_locales/${locale}/messages.json`, import.meta.url);
  return createTranslator(parseMessages(JSON.parse(readFileSync(path, 'utf8'))), locale);
}
