import type { SessionEvent } from '../../model/events.ts';
import { fieldsOf } from '../fields.ts';
import { LOG_FORMAT, LOG_VERSION, type LogHeader } from '../types.ts';
import { encodedPieces, gzipped } from './pieces.ts';

export type LogForm = 'json' | 'ndjson';

export interface WriteOptions {
  /** Default `json`. */
  readonly form?: LogForm;
  /** By the platform's CompressionStream. */
  readonly gzip?: boolean;
  /** Awaited after every piece (about 64 KiB): a page lets its own tasks run here. */
  readonly breathe?: () => Promise<void> | void;
}

/**
 * Writes a session log in pieces; the whole text is never held. Only the fields of version 1
 * leave: what a recorder keeps besides stays home.
 *
 * @param events in order of `t`
 */
export function writeLog(
  header: LogHeader,
  events: Iterable<SessionEvent>,
  options: WriteOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const lines = options.form === 'ndjson' ? ndjsonLines(header, events) : jsonLines(header, events);
  const pieces = encodedPieces(lines, options.breathe);
  return options.gzip === true ? gzipped(pieces) : pieces;
}

function* jsonLines(header: LogHeader, events: Iterable<SessionEvent>): Generator<string> {
  yield `${JSON.stringify(cleanHeader(header)).slice(0, -1)},"events":[`;
  let separator = '\n';
  for (const event of events) {
    yield separator + eventText(event);
    separator = ',\n';
  }
  yield '\n]}\n';
}

function* ndjsonLines(header: LogHeader, events: Iterable<SessionEvent>): Generator<string> {
  yield `${JSON.stringify(cleanHeader(header))}\n`;
  for (const event of events) yield `${eventText(event)}\n`;
}

/** One event as a line of JSON, without its end of line. */
export function eventText(event: SessionEvent): string {
  return JSON.stringify(cleanEvent(event));
}

/** The event with the fields of version 1 alone, `t` and `type` first. */
export function cleanEvent(event: SessionEvent): SessionEvent {
  const given = event as unknown as Record<string, unknown>;
  const clean: Record<string, unknown> = { t: event.t, type: event.type };
  for (const { name } of fieldsOf(event.type) ?? []) {
    if (given[name] !== undefined) clean[name] = given[name];
  }
  return clean as unknown as SessionEvent;
}

function cleanHeader(header: LogHeader): LogHeader {
  const { startedAt, generator, redaction, dropped, labels, merged } = header;
  return {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    startedAt,
    generator,
    redaction,
    dropped,
    labels,
    merged,
  };
}
