import type { RedactionRecord } from '../types.ts';

/** What was taken out, of several redactions: one after the other, or of logs put together. */
export function allRecords(records: readonly RedactionRecord[]): RedactionRecord {
  const replaced: Record<string, number> = {};
  for (const record of records) {
    for (const [id, count] of Object.entries(record.replaced ?? {})) {
      replaced[id] = (replaced[id] ?? 0) + count;
    }
  }
  return { applied: [...new Set(records.flatMap(({ applied }) => applied))], replaced };
}
