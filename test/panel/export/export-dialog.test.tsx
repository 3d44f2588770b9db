// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readLog } from '../../../src/log/index.ts';
import { life } from '../support/events.ts';
import { show } from '../support/show.tsx';
import { until } from '../support/until.ts';

const EVENTS = [
  ...life({
    id: 'a',
    url: 'wss://a.test/feed?token=secret-1',
    closeAt: 3_000,
    code: 1008,
    reason: 'token expired',
  }),
  ...life({ id: 'b', url: 'wss://b.test/feed', closeAt: 6_000 }),
];

let saved: { name: string; blob: Blob }[] = [];
let copied: string[] = [];

beforeEach(() => {
  saved = [];
  copied = [];
  let blob: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((given) => {
    blob = given as Blob;
    return 'blob:saved';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob: blob! });
  });
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text);
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const dialog = () => within(screen.getByRole('dialog', { name: 'Export session log' }));
const open = () => fireEvent.click(screen.getByRole('button', { name: 'Export' }));
const choose = (format: string) =>
  fireEvent.change(dialog().getByRole('combobox', { name: 'Format' }), {
    target: { value: format },
  });
const firstLines = () => dialog().getByRole('region', { name: 'How the file begins' }).textContent;

async function save(): Promise<{ name: string; blob: Blob }> {
  const before = saved.length;
  fireEvent.click(dialog().getByRole('button', { name: 'Save' }));
  await until(() => saved.length > before);
  return saved.at(-1)!;
}

describe('the Export dialog', () => {
  it('saves a redacted log with one more click', async () => {
    show(EVENTS);
    open();
    const { name, blob } = await save();
    expect(name).toMatch(/^websocket-close-2026-01-31T09-3.*\.json$/);
    const text = await blob.text();
    expect(text).not.toContain('secret-1');
    const { log } = await readLog(text);
    expect(log.events.at(-1)?.type).toBe('end');
    await until(() => dialog().queryByText(/^Saved as .+\.json$/) !== null);
  });

  it.each([
    ['ndjson', /\.ndjson$/, '{"format":"websocket-session-log"'],
    ['har', /\.har$/, '{"log":{"version":"1.2"'],
    ['markdown', /\.md$/, '# '],
    ['csv', /\.csv$/, 'socket,url,endpoint'],
    ['otlp', /\.otlp\.json$/, '{"resourceLogs":['],
  ])('shows and saves %s', async (format, name, beginning) => {
    show(EVENTS);
    open();
    choose(format);
    await until(() => firstLines()?.includes(beginning) === true);
    const file = await save();
    expect(file.name).toMatch(name);
    const text = await file.blob.text();
    expect(text.replace(/^\ufeff/, '').startsWith(beginning)).toBe(true);
    expect(text).not.toContain('secret-1');
  });

  it('compresses on wish, and then cannot copy', async () => {
    show(EVENTS);
    open();
    fireEvent.click(dialog().getByRole('checkbox', { name: 'Compress (gzip)' }));
    const file = await save();
    expect(file.name).toMatch(/\.json\.gz$/);
    const { log } = await readLog(new Uint8Array(await file.blob.arrayBuffer()));
    expect(log.events.length).toBeGreaterThan(5);
    expect(dialog().getByRole<HTMLButtonElement>('button', { name: 'Copy' }).disabled).toBe(true);
  });

  it('shows what is taken out, before and after, and warns where it is not', async () => {
    show(EVENTS);
    open();
    await until(() => firstLines()?.includes('‹token-1›') === true);
    const taken = dialog().getByRole('region', { name: 'What is masked' });
    expect(taken.querySelector('del')?.textContent).toBe('wss://a.test/feed?token=secret-1');
    expect(taken.querySelector('ins')?.textContent).toBe('→ wss://a.test/feed?token=‹token-1›');
    const box = dialog().getByRole<HTMLInputElement>('checkbox', { name: /Values in queries/ });
    for (const one of dialog().getAllByRole<HTMLInputElement>('checkbox').slice(1)) {
      expect(one.checked).toBe(true);
    }
    expect(dialog().queryByText(/Secrets may leave/)).toBeNull();
    fireEvent.click(box);
    fireEvent.click(dialog().getByRole('checkbox', { name: /Tokens, keys/ }));
    await until(() => firstLines()?.includes('secret-1') === true);
    expect(dialog().getByText(/Secrets may leave/)).toBeDefined();
  });

  it('copies what it shows', async () => {
    show(EVENTS);
    open();
    choose('markdown');
    fireEvent.click(dialog().getByRole('button', { name: 'Copy' }));
    await until(() => copied.length > 0);
    expect(copied[0]).toMatch(/^# /);
    await until(() => dialog().queryByText('Copied') !== null);
  });

  it('exports what is filtered or selected, where something is', async () => {
    const { ui } = show(EVENTS);
    open();
    const radio = (name: string) => dialog().getByRole<HTMLInputElement>('radio', { name });
    expect(radio('Sockets that match the filter').disabled).toBe(true);
    expect(radio('The selected socket').disabled).toBe(true);
    act(() => {
      ui.dialog.value = undefined;
      ui.filter.value = 'code:1008';
      ui.selected.value = 'b';
    });
    open();
    choose('csv');
    fireEvent.click(radio('Sockets that match the filter'));
    expect((await (await save()).blob.text()).split('\r\n')[1]).toMatch(/^a,/);
    fireEvent.click(radio('The selected socket'));
    expect((await (await save()).blob.text()).split('\r\n')[1]).toMatch(/^b,/);
  });

  it('shows text of a server as text', async () => {
    const reason = '<img src=x onerror=alert(1)>';
    show(life({ closeAt: 100, code: 4000, reason }));
    open();
    await until(() => firstLines()?.includes('<img src=x') === true);
    expect(document.querySelector('dialog img')).toBeNull();
  });

  it.each(['en', 'vi'] as const)(
    'has its texts and no serious violation, %s',
    async (locale) => {
      const { ui } = show(EVENTS, { locale });
      act(() => {
        ui.dialog.value = 'export';
      });
      const box = document.querySelector('dialog');
      await until(() => box?.querySelector('pre')?.textContent?.includes('{') === true);
      expect(box?.innerHTML).not.toContain('⟦');
      const { violations } = await axe.run(box!, {
        rules: { 'color-contrast': { enabled: false } },
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
