// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readLog } from '../../../src/log/index.ts';
import type { SessionEvent } from '../../../src/model/events.ts';
import { sessionLog } from '../../../src/panel/export/session-log.ts';
import { writeBlob } from '../../../src/panel/export/write-blob.ts';
import { life } from '../support/events.ts';
import { type Shown, show } from '../support/show.tsx';
import { until } from '../support/until.ts';

afterEach(cleanup);

const LIVE = life({ id: 'live', url: 'wss://live.test/feed' });

function logFile(
  name: string,
  startedAt: string,
  events: readonly SessionEvent[],
  more: object = {},
) {
  const log = { format: 'websocket-session-log', version: 1, startedAt, ...more, events };
  return new File([JSON.stringify(log)], name);
}

const A = logFile('a.json', '2026-01-31T09:30:00.000Z', [
  ...life({ id: 's1', url: 'wss://a.test/feed', closeAt: 1_000, code: 1008, reason: 'bad token' }),
  { type: 'end', t: 60_000 },
]);
const B = logFile('b.json', '2026-01-31T09:30:02.000Z', [
  ...life({ id: 's1', url: 'wss://b.test/feed', closeAt: 1_000, code: 1001 }),
  { type: 'end', t: 60_000 },
]);

function choose(files: readonly File[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  fireEvent.change(input);
}

function drop(files: readonly File[], on: Element): void {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { files, types: ['Files'] } });
  fireEvent(on, event);
}

const sessions = () =>
  screen
    .queryByRole('combobox', { name: 'Session' })
    ?.querySelectorAll('option') as NodeListOf<HTMLOptionElement>;
const names = () => [...(sessions() ?? [])].map((option) => option.textContent);
const urls = () =>
  within(screen.getByRole('grid', { name: 'Sockets' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('gridcell')[0]?.textContent);
/** An opened session takes its events in on the panel's own clock. */
const opened = (shown: Shown, count: number) =>
  until(() => {
    act(() => shown.clock.advance(500));
    return shown.store.sessions.value.length === count && urls().length > 0;
  });

describe('opening files', () => {
  it('puts several side by side with the inspected tab', async () => {
    const shown = show(LIVE);
    choose([A, B, A]);
    await opened(shown, 4);
    expect(names()).toEqual(['This tab', 'a.json', 'b.json', 'a.json (2)']);
    expect(urls()).toEqual(['wss://a.test/feed']);
    fireEvent.change(screen.getByRole('combobox', { name: 'Session' }), { target: { value: '0' } });
    await until(() => urls()[0] === 'wss://live.test/feed');
    fireEvent.change(screen.getByRole('combobox', { name: 'Session' }), { target: { value: '2' } });
    await until(() => urls()[0] === 'wss://b.test/feed');
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await until(() => names().length === 3);
    expect(names()).toEqual(['This tab', 'a.json', 'a.json (2)']);
  });

  it('takes what is dropped anywhere', async () => {
    const shown = show(LIVE);
    fireEvent.click(screen.getByRole('tab', { name: 'Codes' }));
    drop([A], screen.getByRole('tabpanel'));
    await until(() => {
      act(() => shown.clock.advance(500));
      return shown.store.sessions.value.length === 2;
    });
    expect(names()).toEqual(['This tab', 'a.json']);
  });

  it('refuses bad files with file, place and reason, and opens the good ones', async () => {
    const shown = show(LIVE);
    const bad = logFile('bad.json', '2026-01-31T09:30:00.000Z', [
      { type: 'open', t: 1, socket: 's1' },
      { type: 'open', t: 'soon', socket: 's1' } as unknown as SessionEvent,
    ]);
    const newer = new File(
      ['{"format":"websocket-session-log","version":9,"events":[]}'],
      'n.json',
    );
    choose([bad, newer, B]);
    await opened(shown, 2);
    await until(() => screen.queryAllByRole('alert').length === 2);
    const alerts = screen.getAllByRole('alert').map((one) => one.textContent);
    expect(alerts[0]).toMatch(/bad\.json was not opened: .*events\[1\]\.t/);
    expect(alerts[1]).toMatch(/n\.json was not opened: .*version 9/);
    expect(names()).toEqual(['This tab', 'b.json']);
  });

  it('leaves the session as it is where nothing could be opened', async () => {
    const { store } = show(LIVE);
    const before = store.current.value;
    choose([new File(['no log'], 'x.txt'), new File([''], 'empty.json')]);
    await until(() => screen.queryAllByRole('alert').length === 2);
    expect(store.current.value).toBe(before);
    expect(urls()).toEqual(['wss://live.test/feed']);
  });

  it('says what a HAR lacks', async () => {
    const shown = show(LIVE);
    const har = {
      log: {
        version: '1.2',
        creator: { name: 'WebInspector', version: '537.36' },
        entries: [
          {
            startedDateTime: '2026-01-31T09:30:00.000Z',
            time: 100,
            request: { method: 'GET', url: 'wss://har.test/feed', headers: [] },
            response: { status: 101, headers: [] },
            _resourceType: 'websocket',
            _webSocketMessages: [],
          },
        ],
      },
    };
    choose([new File([JSON.stringify(har)], 'chrome.har')]);
    await opened(shown, 2);
    await until(() => screen.queryByText(/chrome\.har: .*no close codes/) !== null);
  });

  it('tells its progress where it takes long, and can be called off', async () => {
    const { store } = show(LIVE);
    let release = () => {};
    const slow = new File(['{}'], 'slow.json');
    Object.defineProperty(slow, 'stream', {
      value: () =>
        new ReadableStream({
          async start(controller) {
            controller.enqueue(new TextEncoder().encode('{"format":"websocket-session-log",'));
            await new Promise<void>((go) => {
              release = go;
            });
            controller.close();
          },
        }),
    });
    let now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 200;
      return now;
    });
    choose([slow]);
    const progress = await screen.findByRole('progressbar', { name: 'Reading slow.json' });
    expect(progress.getAttribute('value')).toBe('1');
    clock.mockRestore();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    release();
    await until(() => screen.queryByRole('progressbar') === null);
    expect(store.sessions.value).toHaveLength(1);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('exports again what the file said of itself', async () => {
    const shown = show();
    const redaction = { applied: ['tokens'], replaced: { tokens: 3 } };
    choose([logFile('r.json', '2026-01-31T09:30:00.000Z', life(), { redaction, dropped: 5 })]);
    await opened(shown, 2);
    await until(() => shown.store.view.value.dropped === 5);
    const blob = await writeBlob(
      sessionLog(shown.store.current.value, undefined),
      { 'query-values': false },
      'ndjson',
      false,
    );
    const { log } = await readLog(await blob.text());
    expect(log.dropped).toBe(5);
    expect(log.redaction?.applied).toContain('tokens');
    expect(log.redaction?.replaced?.tokens).toBeGreaterThanOrEqual(3);
  });
});

describe('merging', () => {
  const merged = (shown: Shown) =>
    until(() => {
      act(() => shown.clock.advance(500));
      return shown.store.current.value.header?.merged !== undefined && urls().length > 1;
    });

  it('puts files that came together on one clock, each socket marked', async () => {
    const shown = show(LIVE);
    choose([A, B]);
    await opened(shown, 3);
    const button = await screen.findByRole('button', { name: 'Merge on one clock' });
    fireEvent.click(button);
    await merged(shown);
    expect(urls()).toEqual(['awss://a.test/feed', 'bwss://b.test/feed']);
    expect(screen.getByTitle('From a.json').textContent).toBe('a');
    expect(screen.getByText(/Merged on one clock/).textContent).toBe(
      'Merged on one clocka a.jsonb b.json',
    );
    const sockets = [...shown.store.view.value.sockets.values()];
    expect(sockets.map(({ id, openingAt }) => `${id} ${openingAt}`)).toEqual([
      'a:s1 0',
      'b:s1 2000',
    ]);
    expect(names()).toEqual(['This tab', 'a.json', 'b.json', 'Merged: a.json + b.json']);
  });

  it('merges the sessions that are ticked, the inspected tab too', async () => {
    const shown = show(LIVE);
    choose([A, B]);
    await opened(shown, 3);
    fireEvent.click(screen.getByRole('button', { name: 'Merge sessions' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Merge sessions' }));
    const go = dialog.getByRole<HTMLButtonElement>('button', { name: 'Merge' });
    fireEvent.click(dialog.getByRole('checkbox', { name: /a\.json/ }));
    fireEvent.click(dialog.getByRole('checkbox', { name: /b\.json/ }));
    expect(go.disabled).toBe(true);
    fireEvent.click(dialog.getByRole('checkbox', { name: /b\.json/ }));
    fireEvent.click(go);
    await merged(shown);
    expect(shown.store.current.value.header?.merged?.map(({ name }) => name)).toEqual([
      'This tab',
      'b.json',
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each(['en', 'vi'] as const)(
    'has its texts and no serious violation, %s',
    async (locale) => {
      const shown = show(LIVE, { locale });
      choose([A, B]);
      await until(() => {
        act(() => shown.clock.advance(500));
        return document.querySelector('.notices .button') !== null;
      });
      act(() => {
        shown.ui.dialog.value = 'merge';
      });
      expect(document.body.innerHTML).not.toContain('⟦');
      const { violations } = await axe.run(document.body, {
        rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
      });
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      ).toEqual([]);
    },
    60_000,
  );
});
