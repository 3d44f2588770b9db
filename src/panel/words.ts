import { signal } from '@preact/signals';
import {
  createTranslator,
  type Params,
  parseMessages,
  pickLocale,
  type Translator,
} from '../i18n/index.ts';

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
  const plain = createTranslator(parseMessages(json), locale);
  words.value = {
    ...plain,
    t: (message, params) =>
      typeof message === 'string'
        ? plain.t(message, isolated(params))
        : plain.t(message.id, isolated(params ?? message.params)),
  };
  if (typeof document !== 'undefined') document.documentElement.lang = locale;
}

/** Anything that may turn the direction of the text around it. */
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What pages and servers wrote keeps its direction to itself. */
function isolated(params: Params | undefined): Params | undefined {
  if (params === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string') return [name, TURNS.test(value) ? isolate(value) : value];
      if (typeof value === 'number') return [name, value];
      return [name, { ...value, params: isolated(value.params) }];
    }),
  );
}

function isolate(text: string): string {
  // An override inside would reach beyond the isolate's end only if it closed it: it may not.
  return `\u2068${text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\u25cc')}\u2069`;
}

/** Translates where the panel needs no other part of the translator. */
export function t(...args: Parameters<Translator['t']>): string {
  return words.value.t(...args);
}
