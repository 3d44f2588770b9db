import { readFileSync } from 'node:fs';

/** The keys of a language's messages.json. */
export function messageIds(language: string): readonly string[] {
  const path = new URL(`../../public/_locales/${language}/messages.json`, import.meta.url);
  return Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object);
}
