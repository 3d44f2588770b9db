import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  createRedactor,
  headerOf,
  KEEP_EVERYTHING,
  LOG_FORMAT,
  LOG_VERSION,
  type LogGenerator,
  type RedactionChoice,
  type SessionLog,
  writeLog,
} from '../log/index.ts';
import type { SessionEvent } from '../model/events.ts';
import { openBatch } from '../protocol/batch.ts';
import { diagnose } from '../rules/create-diagnosis.ts';
import type { Diagnosis } from '../rules/diagnosis.ts';
import type { RuleSettings } from '../rules/types.ts';

export interface RecordingOptions {
  /** Facts to find the log by later, such as the test's name or the release. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name and version of the browser. */
  readonly browser?: string;
  /** The clock, for tests of the recording itself: epoch milliseconds. */
  readonly now?: () => number;
}

export interface SaveOptions {
  /** Default: nothing is masked, as it is your own test. */
  readonly redact?: RedactionChoice;
}

/**
 * The sockets of the pages of one test. Feed it the batches that the page script sends to its
 * binding (`add`); drivers do so through `recordSockets`.
 */
export class Recording {
  readonly #events: SessionEvent[] = [];
  readonly #seen = new Map<string, number>();
  readonly #options: RecordingOptions;
  readonly #now: () => number;
  readonly #startedAt: number;
  #endedAt: number | undefined;
  /** Batches that were none: a page that calls the binding itself. */
  refused = 0;

  constructor(options: RecordingOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#startedAt = this.#now();
  }

  /** One batch of the recorder, as JSON. What was added before is not added again. */
  add(json: unknown): void {
    const batch = typeof json === 'string' ? openBatch(json) : undefined;
    if (batch === undefined) {
      this.refused++;
      return;
    }
    const seen = this.#seen.get(batch.doc) ?? 0;
    for (const { n, event } of batch.events) if (n > seen) this.#events.push(event);
    this.#seen.set(batch.doc, Math.max(seen, batch.last));
  }

  /** The watch ends now: what has not happened was not seen to happen. */
  end(): void {
    this.#endedAt ??= this.#now();
  }

  /** What happened so far, as a session log. */
  log(): SessionLog {
    const { labels, browser } = this.#options;
    const generator: LogGenerator = { name: 'WebSocket Close Inspector, in a test', browser };
    const start = this.#events.reduce((least, { t }) => Math.min(least, t), this.#startedAt);
    const events = this.#events
      .map((event): SessionEvent => {
        const moved = { ...event, t: event.t - start };
        return 'firstT' in moved && moved.firstT !== undefined
          ? { ...moved, firstT: moved.firstT - start }
          : moved;
      })
      .sort((a, b) => a.t - b.t);
    const last = events.at(-1)?.t ?? 0;
    events.push({ type: 'end', t: Math.max(last, (this.#endedAt ?? this.#now()) - start) });
    return {
      format: LOG_FORMAT,
      version: LOG_VERSION,
      startedAt: new Date(start).toISOString(),
      generator,
      ...(labels !== undefined && { labels }),
      events,
    };
  }

  diagnosis(settings?: RuleSettings): Diagnosis {
    return diagnose(this.log().events, settings);
  }

  /** Writes the log: `.ndjson` or `.json`, gzipped where the name ends in `.gz`. */
  async save(path: string, options: SaveOptions = {}): Promise<void> {
    const plain = this.log();
    const redactor = createRedactor(options.redact ?? KEEP_EVERYTHING);
    for (const event of plain.events) redactor.learn(event);
    const events = plain.events.map(redactor.event);
    const form = /\.ndjson(?:\.gz)?$/.test(path) ? 'ndjson' : 'json';
    const header = redactor.header(headerOf(plain));
    const pieces = writeLog(header, events, { form, gzip: path.endsWith('.gz') });
    await pipeline(Readable.from(pieces), createWriteStream(path));
  }
}
