import {
  type CloseCodeRange,
  closeCodeRanges,
  closeCodes,
  codeText,
  lookUpCode,
} from '../../model/close-codes.ts';
import { type Message, message } from '../../model/message.ts';

/** How often each code ended a socket of this session. */
export type CodeCounts = ReadonlyMap<number, number>;

/** Codes that a person may choose from, under one heading. */
export interface ChoiceGroup {
  readonly id: 'typed' | 'session' | 'protocol' | 'registered' | 'ranges';
  readonly codes: readonly number[];
}

/** The largest number that a close frame can carry. */
export const LAST_CODE = 65_535;

/** Where the comparison begins. */
export const FIRST_COMPARISON: readonly [number, number] = [1001, 1008];

/**
 * A range stands in lists as its first code without a meaning of its own, so
 * that every choice is a plain number: 3001 for 3000–3999.
 */
function representative(range: CloseCodeRange): number {
  let code = range.from;
  while (lookUpCode(code).kind === 'code') code += 1;
  return code;
}

const representatives = new Map(
  closeCodeRanges.map((range) => [representative(range), range] as const),
);

/** Whether a number stands for its whole range, rather than for a code that was met. */
export function rangeOf(code: number, counts: CodeCounts): CloseCodeRange | undefined {
  return counts.has(code) ? undefined : representatives.get(code);
}

/** "1008", "4401", or "4000–4999" where the number stands for a range. */
export function numberText(code: number, counts: CodeCounts): string {
  const range = rangeOf(code, counts);
  return range === undefined ? `${code}` : spanText(range);
}

export function spanText(range: CloseCodeRange): string {
  return `${range.from}–${range.to}`;
}

/** The name of a code; a code of a range is named with the range's numbers. */
export function titleOf(code: number, counts: CodeCounts): Message {
  const entry = lookUpCode(code);
  const name = codeText(entry, 'name');
  if (entry.kind === 'code' || rangeOf(code, counts) !== undefined) return name;
  return message('panel_codes_name_in_range', { name, range: spanText(entry) });
}

/** Every code and range, and before them what this session has seen beyond the registry. */
export function choiceGroups(
  counts: CodeCounts,
  also: readonly number[] = [],
): readonly ChoiceGroup[] {
  const listed = new Set([...closeCodes.map(({ code }) => code), ...representatives.keys()]);
  const session = [...new Set([...counts.keys(), ...also])]
    .filter((code) => !listed.has(code) || (counts.has(code) && representatives.has(code)))
    .sort((a, b) => a - b);
  const codes = closeCodes.map(({ code }) => code);
  const groups: readonly ChoiceGroup[] = [
    { id: 'session', codes: session },
    { id: 'protocol', codes: codes.filter((code) => code < 3000) },
    { id: 'registered', codes: codes.filter((code) => code >= 3000) },
    // A representative that the session has met is a code of its own; its range is not repeated.
    { id: 'ranges', codes: [...representatives.keys()].filter((code) => !counts.has(code)) },
  ];
  return groups.filter((group) => group.codes.length > 0);
}

/** A typed number as a code, if it can be one. */
export function parseCode(text: string): number | undefined {
  if (!/^\s*\d{1,5}\s*$/.test(text)) return undefined;
  const code = Number(text);
  return code <= LAST_CODE ? code : undefined;
}
