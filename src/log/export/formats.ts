import type { Diagnosis } from '../../rules/diagnosis.ts';
import { harTexts } from '../har/to-har.ts';
import { headerOf, type SessionLog } from '../types.ts';
import { encodedPieces, gzipped } from '../write/pieces.ts';
import { writeLog } from '../write/write-log.ts';
import { csvTexts } from './csv.ts';
import { markdownReport } from './markdown.ts';
import { otlpTexts } from './otlp.ts';
import type { Words } from './words.ts';

export type FormatId = 'json' | 'ndjson' | 'har' | 'markdown' | 'csv' | 'otlp';

export interface ExportFormat {
  readonly id: FormatId;
  readonly extension: string;
  readonly mediaType: string;
  /** Id of its name in the locales. */
  readonly label: string;
  /** The whole log can be read back from it. */
  readonly complete: boolean;
}

const format = (id: FormatId, extension: string, mediaType: string, complete = false) => ({
  id,
  extension,
  mediaType,
  label: `log_format_${id}`,
  complete,
});

/** What a session can be saved as, in the order to offer it. */
export const exportFormats: readonly ExportFormat[] = [
  format('json', 'json', 'application/json', true),
  format('ndjson', 'ndjson', 'application/x-ndjson', true),
  format('har', 'har', 'application/json', true),
  format('markdown', 'md', 'text/markdown'),
  format('csv', 'csv', 'text/csv'),
  format('otlp', 'otlp.json', 'application/x-ndjson'),
];

export interface ExportOptions {
  readonly gzip?: boolean;
  readonly breathe?: () => Promise<void> | void;
  /** Name and version of the tool, where the log itself has none. */
  readonly creator: { readonly name: string; readonly version: string };
  readonly words: Words;
  /** Diagnoses the log as it is saved, after redaction: only asked where a format needs it. */
  readonly diagnose: (log: SessionLog) => Diagnosis | Promise<Diagnosis>;
}

/** A log, redacted before if it is to be, in any of the formats, in pieces of about 64 KiB. */
export async function* exportLog(
  log: SessionLog,
  id: FormatId,
  options: ExportOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { gzip, breathe } = options;
  if (id === 'json' || id === 'ndjson') {
    yield* writeLog(headerOf(log), log.events, { form: id, gzip, breathe });
    return;
  }
  const pieces = encodedPieces(await textsOf(log, id, options), breathe);
  yield* gzip === true ? gzipped(pieces) : pieces;
}

async function textsOf(
  log: SessionLog,
  id: Exclude<FormatId, 'json' | 'ndjson'>,
  { creator, words, diagnose }: ExportOptions,
): Promise<Iterable<string>> {
  switch (id) {
    case 'har':
      return harTexts(log, {
        name: log.generator?.name ?? creator.name,
        version: log.generator?.version ?? creator.version,
      });
    case 'markdown':
      return [markdownReport(headerOf(log), await diagnose(log), words)];
    case 'csv':
      return csvTexts(await diagnose(log), log.startedAt);
    case 'otlp':
      return otlpTexts(headerOf(log), log.events, await diagnose(log));
  }
}
