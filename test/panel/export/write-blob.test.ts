import { describe, expect, it } from 'vitest';
import { exportFormats, readLog } from '../../../src/log/index.ts';
import { fileName, sessionLog } from '../../../src/panel/export/session-log.ts';
import { writeBlob } from '../../../src/panel/export/write-blob.ts';
import { importFile } from '../../../src/panel/import/import-file.ts';
import { SessionStore } from '../../../src/panel/session-store.ts';
import { createDiagnosis } from '../../../src/rules/create-diagnosis.ts';
import { life } from '../support/events.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sessionOf } from '../support/session-of.ts';

const EVENTS = [
  ...life({
    id: 'a',
    url: 'wss://a.test/feed?token=secret',
    closeAt: 3_000,
    code: 1008,
    reason: 'token expired',
  }),
  ...life({ id: 'b', url: 'wss://b.test/feed', closeAt: 6_000 }),
  { t: 90_000, type: 'end' as const },
];

describe('writeBlob', () => {
  it('takes secrets out unless it is told otherwise', async () => {
    const log = sessionLog(sessionOf(EVENTS), undefined);
    expect(await (await writeBlob(log, {}, 'json', false)).text()).not.toContain('secret');
    expect(
      await (await writeBlob(log, { 'query-values': false, tokens: false }, 'json', false)).text(),
    ).toContain('secret');
  });

  it.each(exportFormats.map((format) => format.id))(
    'writes %s, plain and gzipped',
    async (form) => {
      const log = sessionLog(sessionOf(EVENTS), undefined);
      const plain = await writeBlob(log, {}, form, false);
      expect(plain.size).toBeGreaterThan(100);
      const head = new Uint8Array(await (await writeBlob(log, {}, form, true)).arrayBuffer()).slice(
        0,
        2,
      );
      expect([...head]).toEqual([0x1f, 0x8b]);
    },
  );

  it('gives the same findings when it is opened again', async () => {
    const session = sessionOf(EVENTS);
    const blob = await writeBlob(sessionLog(session, undefined), {}, 'json', false);
    const { log } = await readLog(await blob.text());
    const findings = (one: typeof session) =>
      one.view.value.findings.map(({ rule, verdict, sockets }) => ({ rule, verdict, sockets }));
    expect(findings(sessionOf(log.events))).toEqual(findings(session));
  });

  it('leaves other sockets out of a part', () => {
    const log = sessionLog(sessionOf(EVENTS), undefined, new Set(['a']));
    expect(
      new Set(log.events.flatMap((event) => ('socket' in event ? [event.socket] : []))),
    ).toEqual(new Set(['a']));
  });
});

describe('importFile', () => {
  const store = () => new SessionStore({ clock: new FakeClock(), createDiagnosis, live: false });

  it.each(['', '{', '{"format":"websocket-session-log","version":99,"events":[]}', 'PNG'])(
    'refuses %j and keeps what is open',
    async (content) => {
      const mine = store();
      const before = mine.current.value;
      const report = await importFile(mine, new File([content], 'x.json'), () => {});
      expect(report.error?.id).toBe('panel_import_failed');
      expect(mine.current.value).toBe(before);
    },
  );
});

describe('fileName', () => {
  it('sorts by time and is safe on every file system', () => {
    expect(fileName(Date.UTC(2026, 0, 31, 9, 30), 'json')).toBe(
      'websocket-close-2026-01-31T09-30-00.json',
    );
  });
});
