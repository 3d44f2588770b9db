import type { Translator } from '../../i18n/index.ts';
import { codeText, lookUpCode } from '../../model/close-codes.ts';
import { type ChoiceGroup, type CodeCounts, numberText, parseCode } from './choices.ts';

/**
 * The groups with only the codes that match: by number ("100", "4401") or by
 * words in any of their texts, whatever the case and the accents ("may chu"
 * finds "máy chủ"). Every word must be found. A whole number that no list
 * names is added, so that any code at all can be looked up.
 */
export function searchCodes(
  groups: readonly ChoiceGroup[],
  query: string,
  words: Translator,
  counts: CodeCounts,
): readonly ChoiceGroup[] {
  const asked = fold(query).split(/\s+/).filter(Boolean);
  if (asked.length === 0) return groups;
  const found = groups
    .map((group) => ({
      ...group,
      codes: group.codes.filter((code) => matches(code, asked, words, counts)),
    }))
    .filter((group) => group.codes.length > 0);
  const typed = parseCode(query);
  if (typed === undefined || groups.some((group) => group.codes.includes(typed))) return found;
  return [{ id: 'typed', codes: [typed] }, ...found];
}

const TEXTS = ['name', 'short', 'means', 'seen', 'fix', 'use'] as const;

function matches(
  code: number,
  asked: readonly string[],
  words: Translator,
  counts: CodeCounts,
): boolean {
  const number = numberText(code, counts);
  const entry = lookUpCode(code);
  let text: string | undefined;
  return asked.every((word) => {
    if (/^\d+$/.test(word)) {
      if (number.startsWith(word)) return true;
      // A code inside of a range that is listed as a range.
      const typed = parseCode(word);
      return typed !== undefined && number.includes('–') && lookUpCode(typed) === entry;
    }
    text ??= fold(`${TEXTS.map((name) => words.t(codeText(entry, name))).join(' ')} ${entry.name}`);
    return text.includes(word);
  });
}

/** Lower case without accents; Vietnamese đ is a letter of its own to Unicode. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd');
}
