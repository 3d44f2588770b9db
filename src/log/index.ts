export { LogError, type Place, placeMessage, placeText, refusal } from './error.ts';
export { csvTexts } from './export/csv.ts';
export {
  type ExportFormat,
  type ExportOptions,
  exportFormats,
  exportLog,
  type FormatId,
} from './export/formats.ts';
export { escaped, markdownReport } from './export/markdown.ts';
export { otlpTexts } from './export/otlp.ts';
export { fixText, titleText, type Words } from './export/words.ts';
export { harTexts } from './har/to-har.ts';
export { type Breathe, type EventRows, type EventSink, inOrder } from './in-steps.ts';
export { READ_LIMITS, type ReadLimits } from './json/limits.ts';
export { type LogToMerge, mergeLogs, mergeLogsInSteps } from './merge.ts';
export { type ReadLog, type ReadOptions, readLog } from './read/read-log.ts';
export type { LogSource } from './read/text.ts';
export {
  type DescribeOptions,
  describeRedaction,
  type RedactionPreview,
  type RedactionSample,
} from './redaction/describe.ts';
export { isTellingHeader } from './redaction/headers.ts';
export {
  KEEP_EVERYTHING,
  type RedactionChoice,
  type RedactionId,
  type RedactionOption,
  redactionOptions,
} from './redaction/options.ts';
export { createRedactor, type Redactor, redact, redactInSteps } from './redaction/redact.ts';
export {
  headerOf,
  LOG_FORMAT,
  LOG_VERSION,
  type LogGenerator,
  type LogHeader,
  type MergedLog,
  type RedactionRecord,
  type SessionLog,
} from './types.ts';
export { gzipped } from './write/pieces.ts';
export { type LogForm, type WriteOptions, writeLog } from './write/write-log.ts';
