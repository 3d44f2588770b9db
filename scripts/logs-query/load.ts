import { createReadStream, createWriteStream, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { DuckDBConnection } from '@duckdb/node-api';
import { headerOf, type LogHeader, readLog, writeLog } from '../../src/log/index.ts';
import { lookAt } from './look.ts';
import { globbed, quoted, refusalText } from './words.ts';

const sql = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`./${name}.sql`, import.meta.url)), 'utf8');

/** A log as DuckDB reads it: `file` is the log itself, or a copy of ours in plain NDJSON. */
interface Source {
  readonly log: string;
  readonly file: string;
  readonly gzip: boolean;
  readonly header: LogHeader;
}

/**
 * Loads logs into the tables of `tables.sql`. What our own reader refuses is left out.
 *
 * @param work a folder for copies of logs that DuckDB cannot read as they are
 * @returns the logs that were left out, each with the reason
 */
export async function loadLogs(
  connection: DuckDBConnection,
  logs: readonly string[],
  work: string,
): Promise<string[]> {
  const refused: string[] = [];
  const sources = new Map<string, Source>();
  /** Reads a log whole: it is copied, or refused by name. */
  const readWhole = async (log: string): Promise<Source | undefined> => {
    sources.delete(log);
    try {
      const source = await copied(log, join(work, `${copies++}.ndjson`));
      sources.set(log, source);
      return source;
    } catch (error) {
      refused.push(refusalText(log, error));
      return undefined;
    }
  };
  let copies = 0;
  const doubtful: string[] = [];
  await eachOf(logs, async (log) => {
    const look = await lookAt(log).catch(() => undefined);
    if (look === undefined) doubtful.push(log);
    else sources.set(log, { log, file: log, ...look });
  });
  for (const log of doubtful.sort()) await readWhole(log);

  await connection.run(sql('lines'));
  const stopped = await readLines(connection, [...sources.values()]);
  await fileTable(connection, [...sources.values()], work);
  for (const log of new Set([...stopped.keys(), ...(await suspects(connection))])) {
    const { file } = sources.get(log)!;
    await connection.run(`DELETE FROM raw_lines WHERE file = ${quoted(file)}`);
    const again = await readWhole(log);
    if (again === undefined) continue;
    const still = (await readLines(connection, [again])).get(log);
    if (still === undefined) continue;
    sources.delete(log);
    refused.push(refusalText(log, still));
  }
  await fileTable(connection, [...sources.values()], work);
  await connection.run(sql('tables'));
  return refused;
}

/** Logs looked at at once: unpacking runs beside the rest. */
const AT_ONCE = 4;

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}

async function copied(log: string, file: string): Promise<Source> {
  const { log: session } = await readLog(createReadStream(log));
  const header = headerOf(session);
  const pieces = writeLog(header, session.events, { form: 'ndjson' });
  await pipeline(Readable.from(pieces), createWriteStream(file));
  return { log, file, gzip: false, header };
}

/** Reads the lines of logs; returns the logs that stopped DuckDB, with its words. */
async function readLines(
  connection: DuckDBConnection,
  sources: readonly Source[],
): Promise<ReadonlyMap<string, unknown>> {
  const stopped = new Map<string, unknown>();
  for (const gzip of [false, true]) {
    const group = sources.filter((one) => one.gzip === gzip);
    if (group.length === 0) continue;
    try {
      await connection.run(readSql(group, gzip));
    } catch {
      for (const one of group) {
        await connection.run(readSql([one], gzip)).catch((error: unknown) => {
          stopped.set(one.log, error);
        });
      }
    }
  }
  return stopped;
}

function readSql(group: readonly Source[], gzip: boolean): string {
  const files = group.map(({ file }) => quoted(globbed(file))).join(', ');
  return sql('read')
    .replace('$files', () => `[${files}]`)
    .replace('$compression', gzip ? "'gzip'" : "'uncompressed'");
}

/** Which file is which log, and what its header tells. */
async function fileTable(
  connection: DuckDBConnection,
  sources: readonly Source[],
  work: string,
): Promise<void> {
  const path = join(work, 'files.ndjson');
  const rows = sources.map(({ log, file, header }) => ({
    log,
    file,
    started: Date.parse(header.startedAt),
    browser: header.generator?.browser ?? null,
    release: header.labels?.release ?? null,
  }));
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await connection.run(`CREATE OR REPLACE TABLE files AS
    SELECT * FROM read_ndjson(${quoted(globbed(path))}, compression = 'uncompressed', columns = {
      log: 'VARCHAR', file: 'VARCHAR', started: 'BIGINT', browser: 'VARCHAR', release: 'VARCHAR' })`);
}

/** Logs of which DuckDB could not read some line as an event of the format. */
async function suspects(connection: DuckDBConnection): Promise<string[]> {
  const found = await connection.runAndReadAll(sql('suspects'));
  return found.getRowObjectsJson().map(({ log }) => String(log));
}
