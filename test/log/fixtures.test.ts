import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogError, readLog } from '../../src/log/index.ts';
import type { RawHeader } from '../../src/log/read/header.ts';
import type { Upgrader } from '../../src/log/read/upgrade.ts';
import { upgradersFrom } from '../../src/log/read/upgrade.ts';
import { eventOfEveryType } from './samples.ts';

const folder = resolve(import.meta.dirname, '../fixtures/logs');
const load = (name: string): Uint8Array => readFileSync(join(folder, name));

describe('logs of every version', () => {
  it.each(readdirSync(folder))('%s still opens', async (name) => {
    const { log, skipped } = await readLog(load(name));
    expect(log.version).toBe(1);
    expect({ events: log.events, skipped: [...skipped] }).toMatchSnapshot();
  });

  it('version 1 told every event in three forms', async () => {
    for (const end of ['json', 'ndjson', 'ndjson.gz']) {
      const { log } = await readLog(load(`v1-every-event.${end}`));
      expect(log.events).toEqual(eventOfEveryType);
      expect(log.dropped).toBe(2);
    }
  });
});

describe('upgraders', () => {
  // A made-up history: version 2 renamed a field, version 3 an event.
  const rename = (raw: unknown, change: (event: Record<string, unknown>) => object): unknown =>
    typeof raw === 'object' && raw !== null ? change(raw as Record<string, unknown>) : raw;
  const member = (header: RawHeader, key: string, value: unknown): RawHeader =>
    new Map([...header, [key, { value, start: { line: 1, column: 1 } }]]);
  const chain: readonly Upgrader[] = [
    {
      from: 1,
      header: (header) => member(header, 'labels', { upgraded: '1' }),
      event: (raw) =>
        rename(raw, ({ socketId, ...rest }) =>
          socketId === undefined ? rest : { ...rest, socket: socketId },
        ),
    },
    {
      from: 2,
      header: (header) =>
        member(header, 'labels', { upgraded: `${JSON.stringify(header.get('labels')?.value)} 2` }),
      event: (raw) =>
        rename(raw, (event) => (event.type === 'fault' ? { ...event, type: 'error' } : event)),
    },
  ];
  const text = (version: number): string =>
    [
      { format: 'websocket-session-log', version, startedAt: '2026-01-31T09:30:00.000Z' },
      { t: 1, type: 'fault', socketId: 's' },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n');

  it('run one by one from the version of the file', async () => {
    const { log } = await readLog(text(1), { upgraders: chain, current: 3 });
    expect(log.events).toEqual([{ t: 1, type: 'error', socket: 's' }]);
    expect(log.labels).toEqual({ upgraded: '{"upgraded":"1"} 2' });
  });

  it('also for JSON whose version stands at the end', async () => {
    const [header, event] = text(1).split('\n');
    const json = `{"events":[${event}],${header?.slice(1)}`;
    const { log } = await readLog(json, { upgraders: chain, current: 3 });
    expect(log.events).toEqual([{ t: 1, type: 'error', socket: 's' }]);
  });

  it('do not run on a version they do not start from', async () => {
    const error = await readLog(text(2), { upgraders: chain, current: 3 }).catch((one) => one);
    expect(error).toBeInstanceOf(LogError);
    expect(error.place).toMatchObject({ path: 'events[0].socket' });
  });

  it('refuse a version higher than their end', async () => {
    const error = await readLog(text(4), { upgraders: chain, current: 3 }).catch((one) => one);
    expect(error.detail).toEqual({
      id: 'log_error_version',
      params: { version: '4', highest: '3' },
    });
  });

  it('leave no gap in the real chain', () => {
    expect(upgradersFrom(1)).toEqual([]);
    expect(() => upgradersFrom(1, [], 2)).toThrow();
  });
});
