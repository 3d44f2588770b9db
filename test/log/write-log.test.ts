import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  headerOf,
  readLog,
  type SessionLog,
  type WriteOptions,
  writeLog,
} from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { eventOfEveryType, SMALL } from './samples.ts';
import { sessionLogs } from './sessions.ts';

async function bytesOf(log: SessionLog, options?: WriteOptions): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeLog(headerOf(log), log.events, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const forms: readonly WriteOptions[] = [
  { form: 'json' },
  { form: 'ndjson' },
  { form: 'json', gzip: true },
  { form: 'ndjson', gzip: true },
];

describe('writing a session log', () => {
  it.each(forms)('is read back as it was: %o', async (options) => {
    const log = { ...SMALL, dropped: 3, labels: { release: '1.2' }, events: eventOfEveryType };
    const { log: back, notes } = await readLog(await bytesOf(log, options));
    expect(back).toEqual(log);
    expect(notes).toEqual([]);
  });

  it('is read back as it was, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(sessionLogs(), fc.constantFrom(...forms), async (log, options) => {
        const { log: back } = await readLog(await bytesOf(log, options));
        expect(back.events).toEqual(JSON.parse(JSON.stringify(log.events)));
      }),
      { numRuns: 60 },
    );
  });

  it('writes one event a line, in both forms', async () => {
    const ndjson = new TextDecoder().decode(await bytesOf(SMALL, { form: 'ndjson' }));
    const json = new TextDecoder().decode(await bytesOf(SMALL));
    expect(ndjson.trimEnd().split('\n')).toHaveLength(1 + SMALL.events.length);
    expect(json.trimEnd().split('\n')).toHaveLength(2 + SMALL.events.length);
    expect(JSON.parse(json).events).toEqual(SMALL.events);
  });

  it('lets nothing out but the fields of version 1', async () => {
    const secret = { ...SMALL.events[0]!, payload: 'secret', tabId: 7 } as unknown as SessionEvent;
    const text = new TextDecoder().decode(
      await bytesOf({ ...SMALL, events: [secret], extra: 'secret' } as SessionLog),
    );
    expect(text).not.toMatch(/secret|tabId/);
  });

  it('gives pieces, never the whole, and breathes between them', async () => {
    const events = Array.from(
      { length: 20_000 },
      (_, t): SessionEvent => ({ t, type: 'error', socket: 's' }),
    );
    let breaths = 0;
    let largest = 0;
    let pieces = 0;
    const breathe = () => {
      breaths++;
    };
    for await (const piece of writeLog(SMALL, events, { form: 'ndjson', breathe })) {
      pieces++;
      largest = Math.max(largest, piece.length);
    }
    expect(pieces).toBeGreaterThan(5);
    expect(breaths).toBeGreaterThanOrEqual(pieces - 1);
    expect(largest).toBeLessThan(80 * 1024);
  });

  it('writes gzip that other programs read', async () => {
    const plain = await bytesOf(SMALL);
    expect(gunzipSync(await bytesOf(SMALL, { gzip: true })).equals(plain)).toBe(true);
  });
});
