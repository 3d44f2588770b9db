import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logsQuery, queryLogs, queryNames, tableText } from '../../scripts/logs-query.ts';
import { type Fleet, writeFleet } from './fleet.ts';

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
let fleet: Fleet;
beforeAll(async () => {
  fleet = await writeFleet(folder, 30, 300);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe('a farm whose logs are not all whole', { timeout: 60_000 }, () => {
  const farm = mkdtempSync(join(tmpdir(), 'farm[1]*?{a}-'));
  afterAll(() => rmSync(farm, { recursive: true }));
  const header = {
    format: 'websocket-session-log',
    version: 1,
    startedAt: '2026-01-31T09:30:00.000Z',
    labels: { release: 'thử' },
  };
  const opening = { t: 0, type: 'opening', socket: 's1', url: 'wss://a.test/feed' };
  const close = { t: 900, type: 'close', socket: 's1', code: 1008, reason: '', wasClean: true };
  const lines = (...all: (object | string)[]): string =>
    `${all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')}\n`;
  const whole = lines(header, opening, close);
  const json = { ...header, events: [opening, close] };

  const put = (name: string, content: string | Uint8Array): void => {
    const path = join(farm, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
  };
  const good: Record<string, string | Uint8Array> = {
    'plain.ndjson': whole,
    "it's.ndjson": whole,
    'night[2]/packed.ndjson.gz': gzipSync(whole),
    'joined.ndjson.gz': Buffer.concat([gzipSync(lines(header)), gzipSync(lines(opening, close))]),
    'packed-by-another-name.ndjson': gzipSync(whole),
    'plain-by-another-name.ndjson.gz': whole,
    'marked.ndjson': `\ufeff${whole}`,
    'windows.ndjson': whole.replaceAll('\n', '\r\n'),
    'spaced.ndjson': whole.replaceAll('\n', '\n \n\n'),
    'one-line.ndjson': JSON.stringify(json),
    'many-lines.ndjson': JSON.stringify(json, null, 2),
    'one-line.ndjson.gz': gzipSync(JSON.stringify(json)),
    'elsewhere.ndjson': lines(
      { ...header, startedAt: '2026-01-31T16:30:00.000+07:00' },
      opening,
      close,
      { t: 901, type: 'teleport' },
      { t: 902, type: 'page', state: 'dreaming' },
    ),
  };
  const bad: Record<string, [string | Uint8Array, string]> = {
    'cut.ndjson': [whole.slice(0, -20), 'line 3, column 60'],
    'cut.ndjson.gz': [gzipSync(whole).subarray(0, 60), 'gzip data ends too early'],
    'damaged.ndjson.gz': [
      Buffer.concat([gzipSync(whole).subarray(0, 40), Buffer.alloc(40, 7)]),
      'gzip',
    ],
    'broken.ndjson': [lines(header, opening, '{"t":1,"ty', close), 'line 3, column 11'],
    'another-date.ndjson': [
      lines({ ...header, startedAt: 'Sat, 31 Jan 2026 09:30:00 GMT' }, opening),
      'startedAt: “startedAt” has to be a date',
    ],
    'far.ndjson': [lines(header, { ...opening, t: 1e300 }, close), 'events[0].t'],
    'too-late.ndjson': [lines(header, opening, { ...close, t: 3e14 }, opening), 'events[1].t'],
    'texts.ndjson': [lines(header, opening, { ...close, code: 'x' }, opening), 'events[1].code'],
    'list.ndjson': [lines(header, '[1]', opening), 'events[0]'],
    'twice.ndjson': [lines(header, opening, header, close), 'A second log begins here'],
    'headless.ndjson': [lines(opening, close), 'has no “format”'],
    'empty.ndjson': ['', 'empty'],
    'binary.ndjson': [Buffer.from([1, 2, 3]), 'not a session log'],
  };

  it('answers from those that are, and names the others', async () => {
    for (const [name, content] of Object.entries(good)) put(name, content);
    for (const [name, [content]] of Object.entries(bad)) put(name, content);
    put('stray.ndjson.bak', 'not a log');
    const { rows, refused } = await queryLogs(farm, 'closes');
    const told = Object.fromEntries(
      refused.map((one) => [one.slice(farm.length + 1).split(': ')[0], one]),
    );
    expect(Object.keys(told).sort()).toEqual(Object.keys(bad).sort());
    for (const [name, [, why]] of Object.entries(bad)) expect(told[name]).toContain(why);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      day: '2026-01-31',
      endpoint: 'wss://a.test/feed',
      logs: String(Object.keys(good).length),
    });
    const own = join(farm, 'own.sql');
    writeFileSync(own, 'SELECT DISTINCT log, happened_at, release FROM closes ORDER BY log');
    const closes = (await queryLogs(farm, own)).rows;
    expect(closes.map(({ log }) => String(log).slice(farm.length + 1))).toEqual(
      Object.keys(good).sort(),
    );
    expect(new Set(closes.map((row) => `${row.happened_at} ${row.release}`))).toEqual(
      new Set(['2026-01-31 09:30:00.9 thử']),
    );
  });

  it('says so where none is', async () => {
    const none = mkdtempSync(join(tmpdir(), 'farm-'));
    writeFileSync(join(none, 'a.ndjson'), whole.slice(0, 50));
    await expect(queryLogs(none, 'closes')).rejects.toThrow(/a\.ndjson: .*\n.*can be read/);
    rmSync(none, { recursive: true });
  });

  it('exits with 0, 1 or 2', async () => {
    const status = async (...names: string[]) => {
      const some = mkdtempSync(join(tmpdir(), 'farm-'));
      for (const name of names) writeFileSync(join(some, name), good[name] ?? bad[name]![0]);
      const out = { text: '', error: '' };
      const code = await logsQuery([some, 'closes'], {
        out: (text) => {
          out.text += text;
        },
        error: (text) => {
          out.error += text;
        },
      });
      rmSync(some, { recursive: true });
      return [code, out.text.includes('wss://a.test/feed'), out.error.includes('cut.ndjson')];
    };
    expect(await status('plain.ndjson')).toEqual([0, true, false]);
    expect(await status('plain.ndjson', 'cut.ndjson')).toEqual([1, true, true]);
    expect(await status('cut.ndjson')).toEqual([2, false, true]);
  });
});

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
