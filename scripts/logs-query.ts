import {
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { LogError, readLog } from '../src/log/index.ts';
import { diagnose } from '../src/rules/create-diagnosis.ts';
import { loadLogs } from './logs-query/load.ts';
import { globbed, quoted, refusalText } from './logs-query/words.ts';

const QUERIES = fileURLToPath(new URL('../queries/', import.meta.url));
const NDJSON = /\.ndjson(?:\.gz)?$/;

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Answer {
  readonly rows: readonly Row[];
  /** Logs that were left out, with the reason. */
  readonly refused: readonly string[];
}

export function queryNames(): string[] {
  return readdirSync(QUERIES)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => basename(name, '.sql'));
}

/**
 * Runs a query, by name or as a .sql file, over all logs (`*.ndjson`, `*.ndjson.gz`) under a
 * folder. DuckDB reads the logs; only a query that says `-- needs: findings` has the logs with
 * a 1008 diagnosed first. What cannot be read is named, the rest is answered from.
 *
 * @throws Error where the folder has no log that can be read or the query does not exist.
 */
export async function queryLogs(folder: string, query: string): Promise<Answer> {
  const path = resolve(folder);
  const logs = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((one) => NDJSON.test(one))
    .map((one) => join(path, one))
    .filter((one) => statSync(one, { throwIfNoEntry: false })?.isFile() !== false)
    .sort();
  if (logs.length === 0) throw new Error(`No *.ndjson or *.ndjson.gz under ${folder}`);
  const sql = readFileSync(query.endsWith('.sql') ? query : join(QUERIES, `${query}.sql`), 'utf8');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const work = mkdtempSync(join(tmpdir(), 'logs-query-'));
  try {
    const refused = await loadLogs(connection, logs, work);
    if (refused.length === logs.length) {
      throw new Error([...refused, `None of the logs under ${folder} can be read.`].join('\n'));
    }
    if (/^--\s*needs:\s*findings/m.test(sql)) {
      refused.push(...(await addFindings(connection, work)));
    }
    const result = await connection.runAndReadAll(sql);
    return { rows: result.getRowObjectsJson() as unknown as Row[], refused };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(work, { recursive: true });
  }
}

/** A table of the findings of every log that holds a 1008. */
async function addFindings(connection: DuckDBConnection, work: string): Promise<string[]> {
  const wanted = await connection.runAndReadAll(
    `SELECT DISTINCT log, release FROM closes WHERE code = 1008 ORDER BY log`,
  );
  const path = join(work, 'findings.ndjson');
  const file = await open(path, 'w');
  const refused: string[] = [];
  for (const { log, release } of wanted.getRowObjectsJson() as unknown as Row[]) {
    const name = String(log);
    try {
      const { log: session } = await readLog(createReadStream(name));
      for (const finding of diagnose(session.events).findings) {
        const [first] = finding.causes ?? [];
        const row = {
          log: name,
          release,
          rule: finding.rule,
          verdict: finding.verdict,
          endpoint: finding.endpoint,
          sockets: finding.sockets.length,
          cause: first?.cause ?? null,
          confidence: first?.confidence ?? null,
        };
        await file.write(`${JSON.stringify(row)}\n`);
      }
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      refused.push(refusalText(name, error));
    }
  }
  await file.close();
  await connection.run(`CREATE TABLE findings AS SELECT * FROM read_ndjson(${quoted(globbed(path))}, columns = {
    log: 'VARCHAR', release: 'VARCHAR', rule: 'VARCHAR', verdict: 'VARCHAR', endpoint: 'VARCHAR',
    sockets: 'INTEGER', cause: 'VARCHAR', confidence: 'DOUBLE' })`);
  return refused;
}

/** Rows as aligned columns. */
export function tableText(rows: readonly Row[]): string {
  const [first] = rows;
  if (first === undefined) return '(nothing)\n';
  const names = Object.keys(first);
  const text = (cell: Cell | undefined): string =>
    String(cell ?? '').replace(/[\p{Control}\p{Format}]/gu, '\ufffd');
  const widths = names.map((name) =>
    rows.reduce((most, row) => Math.max(most, text(row[name]).length), name.length),
  );
  const right = names.map((name) =>
    rows.every((row) => row[name] === null || !Number.isNaN(Number(row[name]))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (right[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return `${[line(names), ...rows.map((row) => line(names.map((name) => text(row[name]))))].join('\n')}\n`;
}

const USAGE = `npm run logs:query -- FOLDER QUERY [--json]

Runs a query over every session log (*.ndjson, *.ndjson.gz) under FOLDER, on DuckDB.
QUERY is one of: ${queryNames().join(', ')}; or a file ending in .sql.
Status: 0 all logs were read; 1 some could not be and are named, the rest is answered from;
2 no answer.
`;

/** The command: 0 all logs were read, 1 some were not, 2 no answer. */
export async function logsQuery(
  argv: readonly string[],
  to: { out(text: string): void; error(text: string): void },
): Promise<0 | 1 | 2> {
  const json = argv.includes('--json');
  const [folder, query, ...rest] = argv.filter((one) => one !== '--json');
  if (folder === undefined || query === undefined || rest.length > 0) {
    to.error(USAGE);
    return 2;
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    to.error(`${folder} is not a folder.\n`);
    return 2;
  }
  if (!query.endsWith('.sql') && !queryNames().includes(query)) {
    to.error(`There is no query “${query}”. There are: ${queryNames().join(', ')}\n`);
    return 2;
  }
  try {
    const { rows, refused } = await queryLogs(folder, query);
    for (const one of refused) to.error(`${one}\n`);
    to.out(json ? `${JSON.stringify(rows)}\n` : tableText(rows));
    return refused.length > 0 ? 1 : 0;
  } catch (error) {
    to.error(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await logsQuery(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  });
}
