import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readLog } from '../../../src/log/index.ts';
import type { SessionEvent } from '../../../src/model/events.ts';
import { type Choices, ExportDraft, FIRST_CHOICES } from '../../../src/panel/export/draft.ts';
import type { Session } from '../../../src/panel/session.ts';
import { useMessages } from '../../../src/panel/words.ts';
import { life } from '../support/events.ts';
import { sessionOf } from '../support/session-of.ts';

const EVENTS = [
  ...life({
    id: 'a',
    url: 'wss://a.test/feed?token=secret-1',
    closeAt: 3_000,
    code: 1008,
    reason: 'token expired',
  }),
  ...life({ id: 'a2', url: 'wss://a.test/feed?token=secret-1', at: 4_000 }),
  ...life({ id: 'b', url: 'wss://b.test/feed', closeAt: 6_000 }),
];

beforeAll(() => {
  useMessages(JSON.parse(readFileSync('public/_locales/en/messages.json', 'utf8')), 'en');
});

function draftOf(session: Session, chosen: { filter?: string; selected?: string } = {}) {
  return new ExportDraft({
    session,
    chosen: { filter: chosen.filter ?? '', selected: chosen.selected },
  });
}

const written = (draft: ExportDraft) => vi.waitUntil(() => draft.state.value.written, 20_000);

async function socketsIn(blob: Blob): Promise<string[]> {
  const { log } = await readLog(new Uint8Array(await blob.arrayBuffer()));
  return [
    ...new Set(log.events.flatMap((one) => ('socket' in one && one.socket ? [one.socket] : []))),
  ].sort();
}

describe('what is about to leave', () => {
  it('is shown as it will be written: its beginning, its size, what is taken out', async () => {
    const draft = draftOf(sessionOf(EVENTS));
    await written(draft);
    const { beginning, bytes, samples, replaced, cut } = draft.state.value;
    const blob = await draft.file();
    expect(beginning).toBe(await blob.text());
    expect(bytes).toBe(blob.size);
    expect(cut).toBe(false);
    expect(beginning).not.toContain('secret-1');
    expect(samples[0]).toEqual({
      field: 'url',
      before: 'wss://a.test/feed?token=secret-1',
      after: 'wss://a.test/feed?token=‹token-1›',
    });
    expect(replaced['query-values']).toBe(2);
  });

  it('follows every choice', async () => {
    const draft = draftOf(sessionOf(EVENTS));
    draft.choose({ ...FIRST_CHOICES, redaction: { 'query-values': false, tokens: false } });
    await written(draft);
    expect(draft.state.value.beginning).toContain('secret-1');
    draft.choose({ ...FIRST_CHOICES, form: 'csv' });
    await written(draft);
    expect(draft.state.value.beginning).toMatch(/^\ufeff?socket,url,/);
    draft.choose({ ...FIRST_CHOICES, form: 'ndjson', gzip: true });
    const blob = await draft.file();
    expect(blob.type).toBe('application/gzip');
    expect(await socketsIn(blob)).toEqual(['a', 'a2', 'b']);
    expect(draft.state.value.bytes).toBe(blob.size);
  });

  it.each<[string, Partial<Choices>, { filter?: string; selected?: string }, string[]]>([
    ['sockets that match the filter', { scope: 'filtered' }, { filter: 'code:1008' }, ['a']],
    ['what a code is called', { scope: 'filtered' }, { filter: '"policy"' }, ['a']],
    ['the selected socket', { scope: 'selected' }, { selected: 'b' }, ['b']],
    ['the selected chain', { scope: 'selected' }, { selected: 'chain' }, ['a', 'a2']],
  ])('holds %s', async (_, choices, chosen, ids) => {
    const session = sessionOf(EVENTS);
    const chain = session.view.value.chains.find((one) => one.sockets.includes('a'))!;
    const selected = chosen.selected === 'chain' ? `chain ${chain.id}` : chosen.selected;
    const draft = draftOf(session, { ...chosen, selected });
    draft.choose({ ...FIRST_CHOICES, ...choices });
    expect(await socketsIn(await draft.file())).toEqual(ids);
  });

  it('can be called off, and made all the same afterwards', async () => {
    const draft = draftOf(sessionOf(EVENTS));
    const file = draft.file();
    const fails = expect(file).rejects.toThrow(/abort/i);
    draft.cancel();
    await fails;
    expect(await socketsIn(await draft.file())).toEqual(['a', 'a2', 'b']);
  });

  it('of a long log is its beginning, until it is asked for', async () => {
    const many: SessionEvent[] = [...EVENTS];
    for (let i = 0; i < 51_000; i += 1) {
      many.push({ t: 7_000 + i, type: 'receive', socket: 'a2', kind: 'text', bytes: 10 });
    }
    const draft = draftOf(sessionOf(many));
    await vi.waitUntil(() => draft.state.value.beginning !== undefined, 20_000);
    expect(draft.state.value).toMatchObject({ cut: true, written: false, events: many.length });
    const about = draft.state.value.bytes!;
    const blob = await draft.file();
    expect(draft.state.value).toMatchObject({ cut: false, written: true, bytes: blob.size });
    expect(about / blob.size).toBeGreaterThan(0.8);
    expect(about / blob.size).toBeLessThan(1.25);
  });

  it('keeps what an opened file said of itself', async () => {
    const session = sessionOf(EVENTS);
    const header = {
      format: 'websocket-session-log',
      version: 1,
      startedAt: '2026-01-31T09:30:00.000Z',
      dropped: 7,
      labels: { release: '1.2' },
    } as const;
    Object.assign(session, { header });
    const { log } = await readLog(await (await draftOf(session).file()).text());
    expect(log).toMatchObject({ dropped: 7, labels: { release: '1.2' } });
  });
});
