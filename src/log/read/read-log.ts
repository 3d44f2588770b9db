import type { SessionEvent } from '../../model/events.ts';
import { type Message, message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import { fromHar } from '../har/from-har.ts';
import type { EventSink } from '../in-steps.ts';
import { READ_LIMITS, type ReadLimits } from '../json/limits.ts';
import { LogScanner } from '../json/scanner.ts';
import type { Start } from '../json/value.ts';
import { LOG_VERSION, type LogHeader, type SessionLog } from '../types.ts';
import { wellFormed } from './check.ts';
import { readEvent } from './event.ts';
import { type RawHeader, readHeader, versionOf } from './header.ts';
import { sniff, wholeValue } from './sniff.ts';
import { Span } from './span.ts';
import { type LogSource, textOf } from './text.ts';
import { UPGRADERS, type Upgrader, upgradersFrom } from './upgrade.ts';

export interface ReadOptions {
  readonly limits?: Partial<ReadLimits>;
  /** Awaited after every piece of the file (64 KiB): a page lets its own tasks run here. */
  readonly breathe?: () => Promise<void> | void;
  /** Characters read so far, after every piece. */
  readonly onProgress?: (characters: number) => void;
  /** Takes the events; those of the log that is returned are none then. */
  readonly into?: EventSink;
  /** For tests of the chain: other upgraders, and the version that they end at. */
  readonly upgraders?: readonly Upgrader[];
  readonly current?: number;
}

export interface ReadLog {
  readonly log: SessionLog;
  /** What a reader should be told: unknown events, events out of order. */
  readonly notes: readonly Message[];
  /** Events of types that this version does not know, by type. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Bound on the names kept for unknown types; the rest is counted as `…`. */
const MAX_UNKNOWN = 50;
const MAX_MEMBERS = 1024;

/**
 * Reads a session log (JSON or NDJSON; the whole text is never held) or a HAR file (held whole),
 * plain or gzipped.
 *
 * @throws LogError with the place and the reason, where the file is not to be trusted.
 */
export async function readLog(source: LogSource, options: ReadOptions = {}): Promise<ReadLog> {
  const limits = { ...READ_LIMITS, ...options.limits };
  const events: SessionEvent[] = [];
  const sink: EventSink = options.into ?? {
    push: (event) => void events.push(event),
    sort: () => void events.sort((a, b) => a.t - b.t),
  };
  let taken = 0;
  let latest = Number.NEGATIVE_INFINITY;
  const skipped = new Map<string, number>();
  const raw: RawHeader = new Map();
  /** Events of a JSON log whose `version` stands after them. */
  const waiting: { value: unknown; start: Start }[] = [];
  let steps: readonly Upgrader[] | undefined;
  const span = new Span();
  let sorted = true;

  const version = (): readonly Upgrader[] =>
    upgradersFrom(
      versionOf(raw, options.current ?? LOG_VERSION),
      options.upgraders ?? UPGRADERS,
      options.current ?? LOG_VERSION,
    );

  const take = (value: unknown, start: Place, index: number): void => {
    let upgraded = value;
    if (steps !== undefined && steps.length > 0) {
      for (const step of steps) {
        upgraded = step.event(upgraded);
        if (upgraded === undefined) return;
      }
    }
    const event = readEvent(upgraded, index, start);
    if ('unknown' in event) {
      const name = skipped.has(event.unknown) || skipped.size < MAX_UNKNOWN ? event.unknown : '…';
      skipped.set(name, (skipped.get(name) ?? 0) + 1);
      return;
    }
    if (taken >= limits.maxEvents) {
      throw new LogError(message('log_error_too_many_events', { limit: limits.maxEvents }), {
        ...start,
        event: index,
      });
    }
    if (event.t < latest) sorted = false;
    else latest = event.t;
    span.add(event, { ...start, event: index });
    sink.push(event);
    taken += 1;
  };

  const scanner = new LogScanner(
    {
      member(key, value, start) {
        // Two readers could take two different ones for the log's version.
        if (raw.has(key)) {
          const field = wellFormed(key.slice(0, 60));
          throw new LogError(message('log_error_twice', { field }), { ...start, path: field });
        }
        if (raw.size >= MAX_MEMBERS) return;
        raw.set(key, { value, start });
      },
      eventsBegin(headerComplete) {
        // In JSON the members may follow the events; what is there already is checked now.
        if (headerComplete || (raw.has('version') && raw.has('format'))) steps = version();
      },
      event(value, start) {
        if (steps !== undefined) take(value, start, scanner.lastEvent);
        else if (waiting.length >= limits.maxEvents) {
          throw new LogError(message('log_error_too_many_events', { limit: limits.maxEvents }), {
            ...start,
            event: scanner.lastEvent,
          });
        } else waiting.push({ value, start });
      },
    },
    limits,
  );

  let characters = 0;
  const breathing = async function* (): AsyncGenerator<string> {
    for await (const piece of textOf(source, limits)) {
      yield piece;
      characters += piece.length;
      options.onProgress?.(characters);
      await options.breathe?.();
    }
  };
  const file = await sniff(breathing());
  const notes: Message[] = [];
  if (file.isHar) {
    const har = fromHar(await wholeValue(file.text, limits));
    for (const [key, value] of Object.entries(har.header)) raw.set(key, { value });
    steps = version();
    for (const [index, event] of har.events.entries()) {
      const place = { path: har.paths[index]! };
      try {
        take(event, place, index);
      } catch (error) {
        // The index is that of an event that we made: whoever opens the HAR knows its entries.
        throw error instanceof LogError ? new LogError(error.detail, place) : error;
      }
    }
    notes.push(...har.notes);
    // The order of the entries is not that of the events.
    sink.sort();
    sorted = true;
  } else {
    for await (const piece of file.text) scanner.push(piece);
    scanner.end();
  }

  steps ??= version();
  for (const [index, { value, start }] of waiting.entries()) take(value, start, index);
  let upgradedHeader = raw;
  for (const step of steps) upgradedHeader = step.header(upgradedHeader);
  const header: LogHeader = readHeader(upgradedHeader);
  span.check(header.startedAt);
  // Stable: events of one moment stay in the order of the file.
  if (!sorted) sink.sort();
  return { log: { ...header, events }, notes: [...notes, ...notesOf(skipped, sorted)], skipped };
}

function notesOf(skipped: ReadonlyMap<string, number>, sorted: boolean): Message[] {
  const notes: Message[] = [];
  if (skipped.size > 0) {
    const count = [...skipped.values()].reduce((sum, one) => sum + one, 0);
    notes.push(message('log_note_skipped', { count, types: [...skipped.keys()].join(', ') }));
  }
  if (!sorted) notes.push(message('log_note_sorted'));
  return notes;
}
