import type { SessionEvent } from '../../model/events.ts';
import { headerOf, type SessionLog } from '../types.ts';
import { eventText } from '../write/write-log.ts';
import type { RedactionChoice } from './options.ts';
import { createRedactor } from './redact.ts';

export interface RedactionSample {
  /** Name of the field, such as `url`. */
  readonly field: string;
  readonly before: string;
  /** Undefined where the field is left out. */
  readonly after?: string;
}

export interface RedactionPreview {
  /** Values taken out, by redaction; of the events that were looked at. */
  readonly replaced: Readonly<Record<string, number>>;
  /** Different values before and after, first come first shown. */
  readonly samples: readonly RedactionSample[];
  /** About how many bytes leave, as plain JSON. */
  readonly bytes: number;
  /** Whether the log holds previews of messages at all. */
  readonly hasPreviews: boolean;
  /** Events looked at; fewer than the log has where it is long. */
  readonly looked: number;
}

export interface DescribeOptions {
  /** Default 12. */
  readonly samples?: number;
  /** Default 5,000: some 10 ms. Evenly spread over the log. */
  readonly look?: number;
  /** Events of the session whose secrets are known, though they do not leave. */
  readonly others?: Iterable<SessionEvent>;
}

/** What leaves under a choice: counts, examples and size, without redacting the whole log. */
export function describeRedaction(
  log: SessionLog,
  choice: RedactionChoice = {},
  options: DescribeOptions = {},
): RedactionPreview {
  const { samples: most = 12, look = 5000 } = options;
  const redactor = createRedactor(choice);
  let learned = 0;
  for (const event of options.others ?? []) {
    if (++learned > look) break;
    redactor.learn(event);
  }
  const samples = new Map<string, RedactionSample>();
  const step = Math.max(1, Math.ceil(log.events.length / look));
  for (let index = 0; index < log.events.length; index += step) redactor.learn(log.events[index]!);
  let characters = 0;
  let looked = 0;
  let hasPreviews = false;
  for (let index = 0; index < log.events.length; index += step) {
    const event = log.events[index]!;
    const clean = redactor.event(event);
    looked++;
    characters += eventText(clean).length + 2;
    if ('preview' in event && event.preview !== undefined) hasPreviews = true;
    if (clean !== event && samples.size < most) addSamples(event, clean, samples, most);
  }
  const header = JSON.stringify(redactor.header(headerOf(log))).length;
  return {
    replaced: redactor.record.replaced ?? {},
    samples: [...samples.values()],
    bytes: header + Math.round((characters / Math.max(1, looked)) * log.events.length),
    hasPreviews,
    looked,
  };
}

function addSamples(
  event: SessionEvent,
  clean: SessionEvent,
  samples: Map<string, RedactionSample>,
  most: number,
): void {
  const after = clean as unknown as Record<string, unknown>;
  for (const [field, value] of Object.entries(event)) {
    if (samples.size >= most || after[field] === value) continue;
    const before = asText(value);
    const key = `${field} ${before}`;
    if (samples.has(key)) continue;
    const shown = after[field] === undefined ? undefined : asText(after[field]);
    if (shown === before) continue;
    samples.set(key, { field, before, after: shown });
  }
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
