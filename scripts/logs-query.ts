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
import { LogError, placeText, readLog } from '../src/log/index.ts';
import { diagnose } from '../src/rules/create-diagnosis.ts';

const QUERIES = fileURLToPath(new URL('../queries/', import.meta.url));
const TABLES = fileURLToPath(new URL('./logs-query/tables.sql', import.meta.url));
/** What DuckDB reads as it lies there. */
const NDJSON = /\.ndjson(?:\.gz)?$/;

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Answer {
  readonly rows: readonly Row[];
  /** Files that could not be diagnosed, with the reason. */
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
 * a 1008 diagnosed first.
 *
 * @throws Error where the folder has no logs or the query does not exist.
 */
export async function queryLogs(folder: string, query: string): Promise<Answer> {
  const path = resolve(folder);
  const logs = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((one) =>
    NDJSON.test(one),
  );
  if (logs.length === 0) throw new Error(`No *.ndjson or *.ndjson.gz under ${folder}`);
  const sql = readFileSync(query.endsWith('.sql') ? query : join(QUERIES, `${query}.sql`), 'utf8');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const work = mkdtempSync(join(tmpdir(), 'logs-query-'));
  try {
    const glob = quoted(join(path, '**', '*.ndjson*'));
    await connection.run(readFileSync(TABLES, 'utf8').replaceAll('$folder', () => glob));
    const refused = /^--\s*needs:\s*findings/m.test(sql) ? await addFindings(connection, work) : [];
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
      refused.push(`${name}: ${placeText(error.place)} ${error.detail.id}`);
    }
  }
  await file.close();
  await connection.run(`CREATE TABLE findings AS SELECT * FROM read_ndjson(${quoted(path)}, columns = {
    log: 'VARCHAR', release: 'VARCHAR', rule: 'VARCHAR', verdict: 'VARCHAR', endpoint: 'VARCHAR',
    sockets: 'INTEGER', cause: 'VARCHAR', confidence: 'DOUBLE' })`);
  return refused;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
`;

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const [folder, query, ...rest] = argv.filter((one) => one !== '--json');
  if (folder === undefined || query === undefined || rest.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    process.stderr.write(`${folder} is not a folder.\n`);
    return 2;
  }
  if (!query.endsWith('.sql') && !queryNames().includes(query)) {
    process.stderr.write(`There is no query “${query}”. There are: ${queryNames().join(', ')}\n`);
    return 2;
  }
  try {
    const { rows, refused } = await queryLogs(folder, query);
    for (const one of refused) process.stderr.write(`${one}\n`);
    process.stdout.write(json ? `${JSON.stringify(rows)}\n` : tableText(rows));
    return refused.length > 0 ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
