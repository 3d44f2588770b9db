// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SessionEvent } from '../../src/model/events.ts';
import { life } from './support/events.ts';
import { show } from './support/show.tsx';

afterEach(cleanup);

/** A busy machine may need this long for one run; a quiet one needs half a second. */
const AXE_MS = 60_000;

const EXPIRED = life({
  id: 'expired',
  url: 'wss://a.test/orders?token=1',
  closeAt: 3_000,
  code: 1008,
  reason: 'token expired',
});
const SESSION: SessionEvent[] = [
  { t: 0, type: 'page', state: 'visible', document: 'd1' },
  ...EXPIRED,
  ...life({ id: 'back', url: 'wss://a.test/orders?token=2', at: 4_000 }),
  ...life({ id: 'lost', url: 'wss://b.test/feed', at: 100, closeAt: 6_500, code: 1001 }),
  {
    t: 6_600,
    type: 'opening',
    socket: 'w',
    url: 'wss://c.test/',
    realm: 'dedicated-worker',
    seenBy: 'browser',
  },
];

const rows = () =>
  within(screen.getByRole('grid', { name: 'Sockets' }))
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('gridcell')
        .map((cell) => cell.textContent?.trim()),
    );

/** Lets signals, effects and frames run. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 0)));

describe('the Sockets view', () => {
  it('names its columns and says how each socket ended', async () => {
    show(SESSION);
    const headers = screen.getAllByRole('columnheader').map((one) => one.textContent);
    expect(headers).toEqual(['URL', 'State', 'Code', 'Reason', 'Closed by', 'Lived', 'Reconnect']);
    expect(rows()).toContainEqual([
      'wss://a.test/orders?token=1',
      'closed',
      '1008 Policy Violation',
      'token expired',
      'server',
      '3.0 s',
      '↻replaced after 1 s',
    ]);
  });

  it('draws why a handshake failed, and calls it no reason', () => {
    show([
      ...life({ openAfter: null, closeAt: 100, code: 1006 }),
      { t: 105, type: 'handshake', socket: 's1', status: 403 },
    ]);
    expect(rows()[0]?.[3]).toBe('');
    const note = document.querySelector<HTMLElement>('.handshake-note');
    expect(note?.dataset.note).toBe('HTTP 403 at the handshake');
  });

  it('draws it anew when the browser tells of the handshake later', async () => {
    const { tell, clock } = show(life({ openAfter: null, closeAt: 100, code: 1006 }));
    const note = () => document.querySelector<HTMLElement>('.handshake-note')?.dataset.note;
    expect(note()).toBe('never opened');
    act(() => {
      tell([{ t: 105, type: 'handshake', socket: 's1', status: 403 }]);
      clock.advance(1_000);
    });
    await settle();
    expect(note()).toBe('HTTP 403 at the handshake');
  });

  it('leads from a code of the server’s own to a rule that names it', async () => {
    show(life({ closeAt: 100, code: 4321 }));
    fireEvent.mouseDown(screen.getByText('4321'), { button: 0 });
    await settle();
    fireEvent.click(screen.getByRole('button', { name: 'Teach the panel what 4321 means' }));
    await settle();
    const form = screen.getByRole('form', { name: 'Add a rule' });
    expect(within(form).getByRole<HTMLInputElement>('textbox', { name: 'Close code' }).value).toBe(
      '4321',
    );
    fireEvent.click(within(form).getByRole('button', { name: 'Save rule' }));
    await settle();
    expect(
      within(form)
        .getAllByRole('alert')
        .map((one) => one.textContent),
    ).toEqual(['“Name” is missing', '“What it means” is missing']);
    // The code was meant for that rule alone.
    fireEvent.click(within(form).getByRole('button', { name: 'Cancel' }));
    await settle();
    fireEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
    await settle();
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Close code' }).value).toBe('');
  });

  it('shows text of a server as text', () => {
    const reason = '<img src=x onerror=alert(1)>\u202e';
    show(life({ closeAt: 100, code: 4000, reason }));
    expect(document.querySelector('img')).toBeNull();
    expect(rows()[0]?.[3]).toBe(reason);
  });

  it('sorts by a column, both ways, and back', async () => {
    show(SESSION);
    const code = screen.getByRole('columnheader', { name: 'Code' });
    const codes = () => rows().map((row) => row[2]?.slice(0, 4));
    fireEvent.click(within(code).getByRole('button'));
    await settle();
    expect(code.getAttribute('aria-sort')).toBe('ascending');
    expect(codes().slice(0, 2)).toEqual(['1001', '1008']);
    fireEvent.click(within(code).getByRole('button'));
    await settle();
    expect(codes().slice(0, 2)).toEqual(['1008', '1001']);
    fireEvent.click(within(code).getByRole('button'));
    await settle();
    expect(code.getAttribute('aria-sort')).toBe('none');
  });

  it('filters, counts what is left, and says what is wrong with a term', async () => {
    show(SESSION);
    const filter = screen.getByRole('combobox', { name: 'Filter' });
    fireEvent.input(filter, { target: { value: 'code:1008' } });
    await settle();
    expect(rows()).toHaveLength(1);
    expect(screen.getByText(/1 \/ 4 sockets/)).toBeDefined();
    fireEvent.input(filter, { target: { value: 'coed:1008 ' } });
    fireEvent.blur(filter);
    await settle();
    expect(screen.getByText(/Did you mean "code:"/)).toBeDefined();
    expect(filter.getAttribute('aria-invalid')).toBe('true');
  });

  it('is driven by keys: arrows select, Enter opens, Escape closes and keeps the focus', async () => {
    const { ui } = show(SESSION);
    const grid = screen.getByRole('grid');
    grid.focus();
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(ui.selected.value).toBe('expired');
    fireEvent.keyDown(grid, { key: 'End' });
    fireEvent.keyDown(grid, { key: 'Home' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    await settle();
    const detail = screen.getByRole('region', { name: 'Socket' });
    expect(detail.textContent).toContain(
      'The server closed it with 1008 (Policy Violation) “token expired”, 3.0 s after open. The page came back after 1 s.',
    );
    fireEvent.keyDown(within(detail).getByRole('tab', { name: 'Summary' }), { key: 'Escape' });
    await settle();
    expect(screen.queryByRole('region', { name: 'Socket' })).toBeNull();
    expect(document.activeElement).toBe(grid);
  });

  it('keeps selection and focus while events stream in', async () => {
    const shown = show(SESSION);
    const grid = screen.getByRole('grid');
    grid.focus();
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    for (let i = 0; i < 20; i += 1) {
      act(() => shown.tell(life({ id: `n${i}`, url: 'wss://n.test/', at: 7_000 + i * 100 })));
    }
    await settle();
    expect(document.activeElement).toBe(grid);
    expect(shown.ui.selected.value).toBe('expired');
    const selected = grid.querySelector('[aria-selected="true"]');
    expect(selected?.id).toBe(grid.getAttribute('aria-activedescendant'));
    expect(selected?.textContent).toContain('token expired');
  });

  it('puts only some of many rows into the document', async () => {
    const many: SessionEvent[] = [];
    for (let i = 0; i < 400; i += 1) {
      many.push(...life({ id: `s${i}`, url: `wss://h${i}.test/`, at: i * 10 }));
    }
    show(many);
    await settle();
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('401');
    expect(within(grid).getAllByRole('row').length).toBeLessThan(120);
  });

  it('groups by chain', async () => {
    const { ui } = show(SESSION);
    act(() => {
      ui.grouped.value = true;
    });
    await settle();
    const group = screen
      .getAllByRole('row')
      .find(
        (row) =>
          row.textContent?.includes('wss://a.test/orders') && row.hasAttribute('aria-expanded'),
      );
    expect(group?.textContent).toContain('2 sockets');
  });

  it('tells what could not be observed', () => {
    show(SESSION);
    expect(screen.getByText(/its close code cannot be observed/)).toBeDefined();
    expect(rows().at(-1)?.[2]).toBe('not observed');
  });

  it('forgets ended sockets on Clear', async () => {
    const { clock } = show(SESSION);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    act(() => clock.advance(1_000));
    await settle();
    expect(rows().map((row) => row[1])).not.toContain('closed');
  });
});

describe('the Rules view', () => {
  it('shows a finding as an article named by rule and endpoint, and leads to its sockets', async () => {
    const { ui } = show(SESSION);
    fireEvent.click(screen.getByRole('tab', { name: 'Rules' }));
    await settle();
    const article = screen.getByRole('article', {
      name: /Policy violation.*wss:\/\/a\.test\/orders/i,
    });
    expect(article.textContent).toMatch(/expired/);
    // Without opening anything: what the cause means, and what to do.
    expect(article.querySelector('.cause-fix')?.textContent).toMatch(/What to do if so: .+token/);
    expect(article.querySelector('.finding-fix')?.textContent).toMatch(/How to fix it: .+/);
    fireEvent.click(within(article).getAllByRole('button', { name: /wss:\/\/a\.test/ })[0]!);
    await settle();
    expect(ui.tab.value).toBe('sockets');
    expect(ui.selected.value).toBe('expired');
    expect(screen.getByRole('region', { name: 'Socket' })).toBeDefined();
  });

  it('begins with many findings folded, each with its cause and its cure', async () => {
    show(
      Array.from({ length: 6 }, (_, i) =>
        life({
          id: `s${i}`,
          url: `wss://a.test/feed-${'abcdef'[i]}`,
          at: i,
          closeAt: 3_000 + i,
          code: 1008,
          reason: 'token expired',
        }),
      )
        .flat()
        .sort((a, b) => a.t - b.t),
    );
    fireEvent.click(screen.getByRole('tab', { name: 'Rules' }));
    await settle();
    const card = (name: RegExp) => screen.getByRole('article', { name });
    const title = (article: HTMLElement) =>
      within(article).getByRole('button', { name: 'Policy violation (1008)' });
    const folded = card(/Policy violation.*feed-a/);
    expect(title(folded).getAttribute('aria-expanded')).toBe('false');
    expect(folded.textContent).toMatch(/What to do if so: .+token/);
    expect(folded.textContent).not.toMatch(/Evidence/);
    fireEvent.click(title(folded));
    expect(title(folded).getAttribute('aria-expanded')).toBe('true');
    expect(folded.textContent).toMatch(/Evidence.*Closed with 1008/);
    expect(card(/Policy violation.*feed-b/).textContent).not.toMatch(/Evidence/);
    fireEvent.click(screen.getAllByRole('button', { name: 'Unfold all' })[0]!);
    expect(card(/Policy violation.*feed-b/).textContent).toMatch(/Evidence/);
    fireEvent.click(screen.getByRole('button', { name: 'Fold all' }));
    expect(card(/Policy violation.*feed-a/).textContent).not.toMatch(/Evidence/);
  });

  it('leads from a finding about many sockets to all of them', async () => {
    const { ui } = show(
      Array.from({ length: 14 }, (_, i) =>
        life({ id: `s${i}`, at: i * 1_000, closeAt: i * 1_000 + 500, code: 1008, reason: 'no' }),
      ).flat(),
    );
    fireEvent.click(screen.getByRole('tab', { name: 'Rules' }));
    await settle();
    const article = screen.getByRole('article', { name: /Policy violation \(1008\)/ });
    fireEvent.click(within(article).getByRole('button', { name: /and \d+ more/ }));
    await settle();
    expect(ui.tab.value).toBe('sockets');
    expect(ui.filter.value).toBe('rule:policy-violation');
    expect(screen.getByText(/^14 \/ 14 sockets/)).toBeDefined();
  });

  it('keeps what was typed into a rule of one’s own that is refused, and says what it lacks', async () => {
    show(SESSION);
    fireEvent.click(screen.getByRole('tab', { name: 'Rules' }));
    await settle();
    fireEvent.click(screen.getByRole('button', { name: 'Your rules' }));
    fireEvent.click(screen.getByRole('button', { name: 'Add a rule' }));
    await settle();
    const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
    expect(document.activeElement).toBe(field(/^Name/));
    fireEvent.input(field(/^Name/), { target: { value: 'Ours' } });
    fireEvent.input(field(/^Close code/), { target: { value: '4000-' } });
    const save = async () => {
      fireEvent.submit(screen.getByRole('form', { name: 'Add a rule' }));
      await settle();
    };
    await save();
    expect(screen.getByRole('alert').textContent).toBe('“What it means” is missing');
    expect(document.activeElement).toBe(field(/^What it means/));
    fireEvent.input(field(/^What it means/), { target: { value: 'gone' } });
    await save();
    expect(screen.getByRole('alert').textContent).toMatch(/“4000-” is not a code/);
    expect([field(/^Name/).value, field(/^Close code/).value]).toEqual(['Ours', '4000-']);
    fireEvent.input(field(/^Close code/), { target: { value: '4000' } });
    await save();
    expect(screen.queryByRole('form')).toBeNull();
    expect(screen.getByText('Ours')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.queryByText('Ours')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Take it back' }));
    expect(screen.getByText('Ours')).toBeDefined();
  });

  it('switches a rule off, keeps that, and derives the findings anew', async () => {
    const { settings, kept, clock, store } = show(SESSION);
    settings.setOn('policy-violation', false);
    act(() => clock.advance(1_000));
    const failing = () =>
      store.view.value.findings.filter((one) => one.verdict === 'failed').map((one) => one.rule);
    expect(failing()).not.toContain('policy-violation');
    expect(kept.get('rules')).toMatchObject({ off: ['policy-violation'] });
    settings.setOn('policy-violation', true);
    act(() => clock.advance(1_000));
    expect(failing()).toContain('policy-violation');
  });
});

describe('the shell', () => {
  it('has the tabs and buttons by their names', () => {
    show(SESSION);
    expect(
      within(screen.getByRole('tablist', { name: 'Views' }))
        .getAllByRole('tab')
        .map((tab) => tab.id),
    ).toEqual(['panel-tab-sockets', 'panel-tab-rules', 'panel-tab-codes']);
    for (const name of ['Clear', 'Export', 'Import']) {
      expect(screen.getByRole('button', { name })).toBeDefined();
    }
    expect(screen.getByRole('tab', { name: 'Rules' })).toBeDefined();
  });

  it('asks for a reload where the page is older than the extension', async () => {
    const reload = vi.fn();
    const { store } = show([], { platform: { reload } });
    act(() =>
      store.setStatus({
        connected: true,
        backgroundRestarts: 0,
        documents: 0,
        problem: 'reload-needed',
      }),
    );
    await settle();
    fireEvent.click(screen.getAllByRole('button', { name: 'Reload page' })[0]!);
    expect(reload).toHaveBeenCalled();
  });

  it('follows the theme of DevTools', async () => {
    const { theme } = show(SESSION, { theme: 'dark' });
    expect(document.documentElement.dataset.theme).toBe('dark');
    await settle();
    theme.value = 'light';
    await settle();
    expect(document.documentElement.dataset.theme).toBe('light');
  });

  it('teaches where nothing was seen yet', () => {
    show();
    expect(screen.getByRole('heading', { name: 'No WebSocket yet' })).toBeDefined();
  });

  it('refuses a bad file with its reason and leaves the session as it is', async () => {
    const { store } = show(SESSION);
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    const bad = new File(['{"format":"other"}'], 'bad.json');
    Object.defineProperty(input, 'files', { value: [bad], configurable: true });
    fireEvent.change(input);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('bad.json');
    expect(store.sessions.value).toHaveLength(1);
    expect(rows()).toHaveLength(4);
  });
});

describe('accessibility', () => {
  const VIEWS = ['sockets', 'rules', 'codes'] as const;
  for (const locale of ['en', 'vi'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it.each(VIEWS)(
        `%s has no serious violation, ${locale}, ${theme}`,
        async (tab) => {
          const { ui } = show(SESSION, { locale, theme });
          act(() => {
            ui.tab.value = tab;
            ui.selected.value = 'expired';
            ui.detailOpen.value = true;
          });
          await settle();
          const { violations } = await axe.run(document.body, {
            rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
          });
          expect(
            violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          ).toEqual([]);
        },
        AXE_MS,
      );
    }
  }

  it('has a text for every id that it shows', async () => {
    for (const locale of ['en', 'vi'] as const) {
      const { ui } = show(SESSION, { locale });
      for (const tab of VIEWS) {
        act(() => {
          ui.tab.value = tab;
          ui.selected.value = 'expired';
          ui.detailOpen.value = true;
        });
        await settle();
        expect(document.body.innerHTML).not.toContain('⟦');
      }
      cleanup();
    }
  });
});
