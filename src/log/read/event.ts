import type { SessionEvent } from '../../model/events.ts';
import { message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import { type Field, fieldsOf } from '../fields.ts';
import { MOST_MS } from '../times.ts';
import { expected, isObject, wellFormed } from './check.ts';

/** Bound on the entries of a map in an event, such as a handshake's headers. */
const MAX_ENTRIES = 1024;

/** Why an event was left out; the reader counts them. */
export interface Unknown {
  readonly unknown: string;
}

/**
 * Checks one event of the current version and copies the fields that it knows.
 * An event of a type that this version does not know is left out, not refused.
 *
 * @throws LogError where a known field is missing or of another type.
 */
export function readEvent(raw: unknown, index: number, start: Place): SessionEvent | Unknown {
  if (!isObject(raw)) {
    const path = `events[${index}]`;
    throw expected(path, 'object', raw, { ...start, event: index, path });
  }
  const { type } = raw;
  if (typeof type !== 'string') {
    if (type === undefined && typeof raw.format === 'string') {
      throw new LogError(message('log_error_second_log'), { ...start, event: index });
    }
    throw refuse(type, 'type', 'text', index, start);
  }
  const fields = fieldsOf(type);
  if (fields === undefined) return { unknown: wellFormed(type.slice(0, 60)) };
  const event: Record<string, unknown> = { t: 0, type };
  for (const field of fields) {
    const value = raw[field.name];
    if (value === undefined || (value === null && field.required !== true)) {
      if (field.required === true) throw refuse(value, field.name, field.kind, index, start);
      continue;
    }
    const read = readField(field, value);
    if (read === IGNORED) continue;
    if (read === UNKNOWN) return { unknown: `${type}:${wellFormed(String(value).slice(0, 60))}` };
    if (read === WRONG) throw refuse(value, field.name, field.kind, index, start);
    event[field.name] = read;
  }
  return event as unknown as SessionEvent;
}

const WRONG = Symbol('wrong');
const IGNORED = Symbol('ignored');
const UNKNOWN = Symbol('unknown');

function readField(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' ? wellFormed(value) : WRONG;
    case 'number':
      return Number.isFinite(value) ? value : WRONG;
    case 'time':
      return Math.abs(value as number) <= MOST_MS && typeof value === 'number' ? value : WRONG;
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0 ? value : WRONG;
    case 'positive':
      return Number.isSafeInteger(value) && (value as number) >= 1 ? value : WRONG;
    case 'code':
      return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65535
        ? value
        : WRONG;
    case 'flag':
      return typeof value === 'boolean' ? value : WRONG;
    case 'choice':
      if (typeof value !== 'string') return WRONG;
      if (field.of?.includes(value)) return value;
      if (field.open === true) return UNKNOWN;
      return field.required === true ? WRONG : IGNORED;
    case 'texts':
      if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return WRONG;
      return value.slice(0, MAX_ENTRIES).map(wellFormed);
    case 'texts-by-name': {
      if (!isObject(value)) return WRONG;
      const entries = Object.entries(value).slice(0, MAX_ENTRIES);
      if (!entries.every(([, text]) => typeof text === 'string')) return WRONG;
      return Object.fromEntries(
        entries.map(([name, text]) => [wellFormed(name), wellFormed(text as string)]),
      );
    }
    case 'object':
      return isObject(value) ? value : WRONG;
  }
}

function refuse(
  value: unknown,
  name: string,
  kind: Field['kind'],
  index: number,
  start: Place,
): LogError {
  const path = `events[${index}].${name}`;
  const place = { ...start, event: index, path };
  if (value === undefined) {
    return new LogError(message('log_error_missing', { field: path }), place);
  }
  return expected(path, kind, value, place);
}
