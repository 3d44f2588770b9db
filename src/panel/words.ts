import { signal } from '@preact/signals';
import { createTranslator, parseMessages, pickLocale, type Translator } from '../i18n/index.ts';

export type LanguageChoice = 'auto' | 'en' | 'vi';

/** The translator in use. A signal: every view that reads it follows a change of language. */
export const words = signal<Translator>(createTranslator(new Map(), 'en'));

/** Loads the texts of a language; English where there is none. */
export async function loadWords(choice: LanguageChoice, browserLanguage: string): Promise<void> {
  const locale = pickLocale(choice === 'auto' ? browserLanguage : choice);
  const response = await fetch(`/_locales/${locale}/messages.json`);
  if (!response.ok) throw new Error(`The texts of "${locale}" could not be read`);
  useMessages(await response.json(), locale);
}

export function useMessages(json: unknown, locale: string): void {
  words.value = createTranslator(parseMessages(json), locale);
  if (typeof document !== 'undefined') document.documentElement.lang = locale;
}

/** Translates where the panel needs no other part of the translator. */
export function t(...args: Parameters<Translator['t']>): string {
  return words.value.t(...args);
}
