import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLog } from '../../src/log/index.ts';
import { expectNoFailedFindings, FailedFindings, Recording } from '../../src/testing/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

const START = Date.parse('2026-01-31T09:30:00.000Z');
const batch = (doc: string, ...events: object[]): string => {
  const numbered = events.map((event, index) => ({ n: index + 1, ...event }));
  return JSON.stringify({ doc, last: events.length, more: false, events: numbered });
};
const life = [
  { t: START + 100, type: 'opening', socket: 'd-1', url: 'wss://a.test/?token=abc', document: 'd' },
  { t: START + 140, type: 'open', socket: 'd-1', protocol: '', extensions: '' },
  { t: START + 900, type: 'close', socket: 'd-1', code: 1001, reason: '', wasClean: true },
];

function recorded(endMs: number): Recording {
  let now = START;
  const recording = new Recording({ now: () => now, labels: { test: 'x' }, browser: 'Chromium' });
  recording.add(batch('d', ...life));
  now = START + endMs;
  recording.end();
  return recording;
}

describe('a recording', () => {
  it('is a session log on the clock of its start, with the end of the watch', () => {
    const log = recorded(60_000).log();
    expect(log.startedAt).toBe('2026-01-31T09:30:00.000Z');
    expect(log.labels).toEqual({ test: 'x' });
    expect(log.events.map(({ t, type }) => `${t} ${type}`)).toEqual([
      '100 opening',
      '140 open',
      '900 close',
      '60000 end',
    ]);
  });

  it('takes every event once, whatever comes twice, and refuses what is no batch', () => {
    const recording = recorded(1000);
    recording.add(batch('d', ...life));
    recording.add('{"doc":1}');
    recording.add(42);
    expect(recording.log().events).toHaveLength(4);
    expect(recording.refused).toBe(2);
  });

  it('is saved as a log that opens again, redacted where that is asked for', async () => {
    const plain = join(folder, 'a.ndjson.gz');
    await recorded(60_000).save(plain);
    expect((await readLog(readFileSync(plain))).log.events).toEqual(recorded(60_000).log().events);
    const masked = join(folder, 'b.json');
    await recorded(60_000).save(masked, { redact: {} });
    expect(readFileSync(masked, 'utf8')).not.toContain('abc');
  });
});

describe('expectNoFailedFindings', () => {
  it('fails with the sentence and the evidence', () => {
    const check = () => expectNoFailedFindings(recorded(60_000));
    expect(check).toThrow(FailedFindings);
    expect(check).toThrow(/missing-reconnection: .*1001/);
    expect(check).not.toThrow('⟦');
  });

  it('passes where the watch was too short to say, unless the threshold is lower', () => {
    expectNoFailedFindings(recorded(5000));
    const thresholds = { 'missing-reconnection': { graceMs: 2000 } };
    expect(() => expectNoFailedFindings(recorded(5000), { thresholds })).toThrow(FailedFindings);
  });

  it('accepts what is known, and takes a log as well', () => {
    const log = recorded(60_000).log();
    expectNoFailedFindings(log, { allow: ['missing-reconnection'] });
    expect(() => expectNoFailedFindings(log)).toThrow();
  });
});
