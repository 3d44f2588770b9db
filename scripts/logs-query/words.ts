import { plain } from '../../src/cli/plain.ts';
import { translatorFor } from '../../src/cli/texts.ts';
import { LogError, refusal } from '../../src/log/index.ts';

/** A text in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path that DuckDB takes for itself alone, whatever its folders are called. */
export function globbed(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}

/** Why a log is left out, in words, safe to print. */
export function refusalText(log: string, error: unknown): string {
  const { t } = translatorFor('en');
  const reason = error instanceof LogError ? t(refusal(error)) : String((error as Error).message);
  return plain(`${log}: ${reason}`);
}
