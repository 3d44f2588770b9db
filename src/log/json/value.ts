import { message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import { findFault } from './fault.ts';
import { prototypeKeyAt } from './prototype.ts';

/** Where a value's text begins in the file, to place a fault inside it. */
export interface Start {
  readonly line: number;
  readonly column: number;
}

/** The place `index` characters after `start`. */
export function placeAt(start: Start, text: string, index: number): Start {
  const before = text.slice(0, index);
  const lastBreak = before.lastIndexOf('\n');
  if (lastBreak === -1) return { line: start.line, column: start.column + index };
  const breaks = before.split('\n').length - 1;
  return { line: start.line + breaks, column: index - lastBreak };
}

/** Shows a character of a hostile file without letting it speak for itself. */
export function shown(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  const code = text.codePointAt(0)!;
  const printable = code > 0x20 && code < 0x7f;
  return printable
    ? String.fromCodePoint(code)
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Parses one value of the file, or throws a `LogError` with the place of the fault. */
export function parseValue(text: string, start: Start, where: Place): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = findFault(text) ?? { index: 0, kind: 'token' as const };
    const place = { ...where, ...placeAt(start, text, fault.index) };
    if (fault.kind === 'end') throw new LogError(message('log_error_truncated'), place);
    const found = shown(text.slice(fault.index, fault.index + 2));
    throw new LogError(message(`log_syntax_${fault.kind}`, { found }), place);
  }
  // Such a key has no use in a log, and turns into a weapon in code that copies objects.
  const hostile = prototypeKeyAt(text);
  if (hostile !== -1) {
    const place = { ...where, ...placeAt(start, text, hostile) };
    throw new LogError(message('log_error_prototype'), place);
  }
  return value;
}
