import { type Message, message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import type { FieldKind } from '../fields.ts';

export type Expected = FieldKind | 'date' | 'list';

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Half a surrogate pair (a preview cut in the middle of one) becomes U+FFFD, as on the wire. */
export function wellFormed(text: string): string {
  return LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text;
}

/** "`events[3].bytes` has to be a whole number, here it is a text". */
export function expected(field: string, wanted: Expected, found: unknown, place: Place): LogError {
  return new LogError(
    message('log_error_type', {
      field,
      expected: message(`log_type_${wanted.replaceAll('-', '_')}`),
      found: foundMessage(found),
    }),
    place,
  );
}

function foundMessage(value: unknown): Message {
  if (value === null) return message('log_found_null');
  if (Array.isArray(value)) return message('log_found_list');
  switch (typeof value) {
    case 'string':
      return message('log_found_text', { text: wellFormed(value.slice(0, 40)) });
    case 'number':
      return message('log_found_number', { text: String(value) });
    case 'boolean':
      return message('log_found_flag', { text: String(value) });
    default:
      return message('log_found_object');
  }
}
