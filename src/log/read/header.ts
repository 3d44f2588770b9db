import { message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import type { Start } from '../json/value.ts';
import { isDateTime } from '../times.ts';
import type { LogGenerator, LogHeader, MergedLog, RedactionRecord } from '../types.ts';
import { LOG_FORMAT } from '../types.ts';
import { expected, isObject, wellFormed } from './check.ts';

/** A member of the header as it stands in the file. */
export interface RawMember {
  readonly value: unknown;
  /** Unknown in a HAR, which is parsed as a whole. */
  readonly start?: Start;
}

export type RawHeader = Map<string, RawMember>;

/** Bound on members of the maps in a header: nobody labels a log with thousands of facts. */
const MAX_ENTRIES = 256;

/** The version of a log whose `format` is right, or a refusal. */
export function versionOf(raw: RawHeader, highest: number): number {
  const format = raw.get('format');
  if (format === undefined) throw new LogError(message('log_error_no_format'), { path: 'format' });
  if (format.value !== LOG_FORMAT) {
    const found =
      typeof format.value === 'string' ? format.value.slice(0, 60) : kindOf(format.value);
    throw new LogError(message('log_error_other_format', { found: wellFormed(found) }), {
      ...format.start,
      path: 'format',
    });
  }
  const version = raw.get('version');
  if (version === undefined) {
    throw new LogError(message('log_error_missing', { field: 'version' }), { path: 'version' });
  }
  const place = { ...version.start, path: 'version' };
  if (!Number.isSafeInteger(version.value) || (version.value as number) < 1) {
    throw expected('version', 'positive', version.value, place);
  }
  const number = version.value as number;
  if (number > highest) {
    throw new LogError(
      message('log_error_version', { version: String(number), highest: String(highest) }),
      place,
    );
  }
  return number;
}

/** Checks a header of the current version. Members that it does not know are left out. */
export function readHeader(raw: RawHeader): LogHeader {
  const startedAt = raw.get('startedAt');
  if (startedAt === undefined) {
    throw new LogError(message('log_error_missing', { field: 'startedAt' }), { path: 'startedAt' });
  }
  const place = { ...startedAt.start, path: 'startedAt' };
  if (!isDateTime(startedAt.value)) {
    throw expected('startedAt', 'date', startedAt.value, place);
  }
  const at = (name: string): Place => ({ ...raw.get(name)?.start, path: name });
  const given = (name: string): unknown => raw.get(name)?.value ?? undefined;
  const generator = given('generator');
  const redaction = given('redaction');
  const dropped = given('dropped');
  const labels = given('labels');
  const merged = given('merged');
  return {
    format: LOG_FORMAT,
    version: 1,
    startedAt: startedAt.value,
    ...(generator !== undefined && { generator: readGenerator(generator, at('generator')) }),
    ...(redaction !== undefined && { redaction: readRedaction(redaction, at('redaction')) }),
    ...(dropped !== undefined && { dropped: readCount('dropped', dropped, at('dropped')) }),
    ...(labels !== undefined && { labels: readTexts('labels', labels, at('labels')) }),
    ...(merged !== undefined && { merged: readMerged(merged, at('merged')) }),
  };
}

function readGenerator(value: unknown, place: Place): LogGenerator {
  if (!isObject(value)) throw expected('generator', 'object', value, place);
  const generator: { name?: string; version?: string; browser?: string } = {};
  for (const name of ['name', 'version', 'browser'] as const) {
    const text = value[name];
    if (text === undefined || text === null) continue;
    const path = `${place.path ?? 'generator'}.${name}`;
    if (typeof text !== 'string') throw expected(path, 'text', text, { ...place, path });
    generator[name] = wellFormed(text);
  }
  return generator;
}

/** A log of another writer may describe its redaction in another way: what is not ours is left out. */
function readRedaction(value: unknown, place: Place): RedactionRecord {
  if (!isObject(value)) throw expected('redaction', 'object', value, place);
  const { applied, replaced } = value;
  const ids = Array.isArray(applied)
    ? applied.filter((id): id is string => typeof id === 'string').slice(0, MAX_ENTRIES)
    : [];
  if (!isObject(replaced)) return { applied: ids.map(wellFormed) };
  const counts = Object.entries(replaced)
    .filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]))
    .slice(0, MAX_ENTRIES);
  return { applied: ids.map(wellFormed), replaced: Object.fromEntries(counts) };
}

function readCount(name: string, value: unknown, place: Place): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw expected(name, 'count', value, place);
  }
  return value as number;
}

function readTexts(name: string, value: unknown, place: Place): Record<string, string> {
  if (!isObject(value)) throw expected(name, 'texts-by-name', value, place);
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  for (const [key, text] of entries) {
    if (typeof text === 'string') continue;
    const path = `${name}.${wellFormed(key.slice(0, 60))}`;
    throw expected(path, 'text', text, { ...place, path });
  }
  return Object.fromEntries(
    entries.map(([key, text]) => [wellFormed(key), wellFormed(text as string)]),
  );
}

function readMerged(value: unknown, place: Place): MergedLog[] {
  if (!Array.isArray(value)) throw expected('merged', 'list', value, place);
  return value.slice(0, MAX_ENTRIES).map((one: unknown, index) => {
    const path = `merged[${index}]`;
    if (!isObject(one)) throw expected(path, 'object', one, { ...place, path });
    const { mark, startedAt, name, generator } = one;
    if (typeof mark !== 'string') throw expected(`${path}.mark`, 'text', mark, { ...place, path });
    if (!isDateTime(startedAt)) {
      throw expected(`${path}.startedAt`, 'date', startedAt, { ...place, path });
    }
    return {
      mark: wellFormed(mark),
      startedAt,
      ...(typeof name === 'string' && { name: wellFormed(name) }),
      ...(isObject(generator) && {
        generator: readGenerator(generator, { ...place, path: `${path}.generator` }),
      }),
    };
  });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
