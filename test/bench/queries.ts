import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryLogs, queryNames } from '../../scripts/logs-query.ts';
import { writeFleet } from '../log/fleet.ts';

/** `npm run bench:queries [-- SESSIONS EVENTS]`: the queries over a generated fleet. */
const [sessions = 1000, events = 10_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
try {
  console.log(`Writing ${sessions} sessions of ${events} events …`);
  const began = performance.now();
  const fleet = await writeFleet(folder, sessions, events);
  const written = performance.now() - began;
  const bytes = readdirSync(folder).reduce(
    (sum, name) => sum + statSync(join(folder, name)).size,
    0,
  );
  const rows: string[] = [];
  for (const name of queryNames()) {
    const from = performance.now();
    const { rows: answer } = await queryLogs(folder, name);
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    rows.push(`| \`${name}\` | ${seconds} s | ${answer.length} |`);
    console.log(`${name}: ${seconds} s, ${answer.length} rows`);
    if (name === 'closes') {
      const found = answer.reduce((sum, row) => sum + Number(row.closes), 0);
      const expected = [...fleet.closes.values()].reduce((sum, one) => sum + one, 0);
      if (found !== expected) throw new Error(`${found} closes found, ${expected} written`);
    }
  }
  const closes = [...fleet.closes.values()].reduce((sum, one) => sum + one, 0);
  const text = `# Queries over many logs

\`npm run bench:queries\`: ${sessions.toLocaleString('en')} generated sessions of about ${events.toLocaleString('en')} events (${closes.toLocaleString('en')} closes), NDJSON gzipped, ${(bytes / 1e6).toFixed(0)} MB. The closes found are held against those written. Node ${process.versions.node}, ${cpus().length} cores. Each time includes reading every file.

| query | time | rows |
| --- | ---: | ---: |
${rows.join('\n')}

Writing the sessions took ${(written / 1000).toFixed(0)} s. \`causes-of-1008\` diagnoses each log that holds a 1008; the others are DuckDB alone.
`;
  mkdirSync('docs/benchmarks', { recursive: true });
  writeFileSync('docs/benchmarks/queries.md', text);
} finally {
  rmSync(folder, { recursive: true });
}
