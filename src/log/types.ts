import type { SessionEvent } from '../model/events.ts';

/** `format` of every session log. */
export const LOG_FORMAT = 'websocket-session-log';
/** The version that this code writes, and the highest that it reads. */
export const LOG_VERSION = 1;

/** What wrote the log. All of it optional, none of it trusted. */
export interface LogGenerator {
  readonly name?: string;
  readonly version?: string;
  readonly browser?: string;
}

/** What was taken out before the log left the browser. */
export interface RedactionRecord {
  /** Ids of the redactions that ran, see `redactionOptions`. */
  readonly applied: readonly string[];
  /** How many values each of them replaced or left out. */
  readonly replaced?: Readonly<Record<string, number>>;
}

/** One of the logs that were merged into this one. */
export interface MergedLog {
  /** Stands before the ids of its sockets and documents: `a:s1`. */
  readonly mark: string;
  /** Name of the file that it came from. */
  readonly name?: string;
  readonly startedAt: string;
  readonly generator?: LogGenerator;
}

/** The log without its events: the first line of the NDJSON form. */
export interface LogHeader {
  readonly format: typeof LOG_FORMAT;
  readonly version: typeof LOG_VERSION;
  /** Wall clock of t = 0, ISO 8601. */
  readonly startedAt: string;
  readonly generator?: LogGenerator;
  readonly redaction?: RedactionRecord;
  /** Events that fell out of buffers before the first one here. */
  readonly dropped?: number;
  /** Short facts to group logs by, such as `release` or `environment`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly merged?: readonly MergedLog[];
}

/** A session log, version 1, as it lies in memory. */
export interface SessionLog extends LogHeader {
  /** In order of `t`. */
  readonly events: readonly SessionEvent[];
}

export function headerOf(log: SessionLog): LogHeader {
  const { events: _events, ...header } = log;
  return header;
}
