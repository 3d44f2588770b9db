import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryLogs, queryNames, tableText } from '../../scripts/logs-query.ts';
import { type Fleet, writeFleet } from './fleet.ts';

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
let fleet: Fleet;
beforeAll(async () => {
  fleet = await writeFleet(folder, 30, 300);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe('queries over a folder of logs', { timeout: 60_000 }, () => {
  it('closes by day, endpoint and code', async () => {
    const { rows } = await queryLogs(folder, 'closes');
    const found = new Map<string, number>();
    for (const { endpoint, code, closes } of rows) {
      const key = `${endpoint} ${code}`;
      found.set(key, (found.get(key) ?? 0) + Number(closes));
    }
    expect(sorted(found)).toEqual(sorted(fleet.closes));
    expect(new Set(rows.map(({ day }) => day)).size).toBe(7);
  });

  it('endpoints that never come back', async () => {
    const { rows } = await queryLogs(folder, 'never-back');
    const found = new Map(rows.map((row) => [String(row.endpoint), Number(row.never_back)]));
    expect(sorted(found)).toEqual(sorted(fleet.neverBack));
  });

  it('percentiles of the delays', async () => {
    const { rows } = await queryLogs(folder, 'delays');
    expect(rows).toHaveLength(fleet.delays.size);
    for (const row of rows) {
      const delays = fleet.delays.get(String(row.endpoint))!.sort((a, b) => a - b);
      expect(Number(row.returns)).toBe(delays.length);
      expect(Number(row.longest_ms)).toBe(delays.at(-1));
      const middle = (delays.length - 1) / 2;
      const median = (delays[Math.floor(middle)]! + delays[Math.ceil(middle)]!) / 2;
      expect(Math.abs(Number(row.p50_ms) - median)).toBeLessThanOrEqual(0.5);
    }
  });

  it('causes of 1008 by release', async () => {
    const { rows, refused } = await queryLogs(folder, 'causes-of-1008');
    const found = new Map<string, number>();
    for (const { release, closes } of rows) {
      found.set(String(release), (found.get(String(release)) ?? 0) + Number(closes));
    }
    expect(refused).toEqual([]);
    expect([...found.keys()].sort()).toEqual([...fleet.expired.keys()].sort());
    expect(rows.map(({ cause }) => cause)).toContain('auth-expired');
  });

  it('a query of one’s own', async () => {
    const path = join(folder, 'own.sql');
    writeFileSync(path, 'SELECT count(*) AS logs, count(DISTINCT release) AS releases FROM logs');
    const { rows } = await queryLogs(folder, path);
    expect(tableText(rows)).toBe('logs  releases\n  30         3\n');
  });

  it('says so where there is nothing to read', async () => {
    await expect(queryLogs(import.meta.dirname, 'closes')).rejects.toThrow('No *.ndjson');
    expect(queryNames()).toEqual(['causes-of-1008', 'closes', 'delays', 'never-back']);
  });
});
