export type { Formats } from './formats.ts';
export { LOCALES, pickLocale } from './locale.ts';
export { type Messages, parseMessages } from './messages.ts';
export { createTranslator, type Params, type Translator } from './translator.ts';
