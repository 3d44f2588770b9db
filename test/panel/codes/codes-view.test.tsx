// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import axe from 'axe-core';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodesView, type SocketLink } from '../../../src/panel/codes/index.ts';
import { shippedWords } from './words.ts';

afterEach(cleanup);

/** A busy machine may need this long for one run; a quiet one needs half a second. */
const AXE_MS = 60_000;

interface Setup {
  readonly locale?: string;
  readonly selected?: number;
  readonly compare?: readonly number[];
  readonly counts?: ReadonlyMap<number, number>;
  readonly sockets?: readonly SocketLink[];
}

function show({ locale = 'en', counts = new Map(), sockets = [], ...setup }: Setup = {}) {
  const asked = { onShowSockets: vi.fn(), onShowSocket: vi.fn() };
  function Held() {
    const [selected, onSelect] = useState(setup.selected);
    const [compare, onCompare] = useState(setup.compare);
    return (
      <CodesView
        words={shippedWords(locale)}
        counts={counts}
        selected={selected}
        onSelect={onSelect}
        compare={compare}
        onCompare={onCompare}
        socketsOf={() => sockets}
        {...asked}
      />
    );
  }
  return { ...asked, ...render(<Held />) };
}

const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
const table = (name = 'Comparison') => screen.getByRole('table', { name });
const row = (name: string) => within(table()).getByRole('rowheader', { name }).closest('tr')!;
const headers = () =>
  within(table())
    .getAllByRole('columnheader')
    .map((header) => header.textContent);

describe('the comparison', () => {
  it('holds 1001 and 1008 at first', () => {
    show();
    expect(select('First code').value).toBe('1001');
    expect(select('Second code').value).toBe('1008');
    expect(headers()[0]).toContain('1001 Going Away');
    expect(headers()[1]).toContain('1008 Policy Violation');
  });

  it('has every row', () => {
    show();
    const rows = within(table())
      .getAllByRole('rowheader')
      .map((header) => header.textContent);
    expect(rows).toEqual([
      'Means',
      'When you see it',
      'How to fix it',
      'When to use it',
      'Sent by',
      'On the wire',
      'Reconnect?',
      'In this session',
      'Specification',
    ]);
    expect(row('Reconnect?').textContent).toContain('exponential backoff');
    expect(row('How to fix it').textContent).toContain('rate limits, token expiry');
  });

  it('tells the key differences on top', () => {
    show();
    const heading = screen.getByRole('heading', { name: 'Key differences' });
    expect(heading.parentElement?.textContent).toContain('reconnecting unchanged is wrong');
  });

  it('changes with the selects', () => {
    show();
    fireEvent.change(select('First code'), { target: { value: '1006' } });
    expect(headers()[0]).toContain('1006 Abnormal Closure');
    expect(row('On the wire').textContent).toContain('Never');
  });

  it('takes a third code, and lets it go', () => {
    show();
    fireEvent.change(select('Third code'), { target: { value: '1006' } });
    expect(headers()).toHaveLength(3);
    expect(
      screen.getByRole('heading', { name: 'Key differences' }).parentElement?.querySelectorAll('p'),
    ).toHaveLength(3);
    fireEvent.change(select('Third code'), { target: { value: 'none' } });
    expect(headers()).toHaveLength(2);
  });

  it('offers the unregistered codes of this session', () => {
    show({ counts: new Map([[4401, 2]]) });
    fireEvent.change(select('Second code'), { target: { value: '4401' } });
    expect(headers()[1]).toContain('4401 Private use (4000–4999)');
    expect(row('In this session').textContent).toContain('2 sockets');
  });

  it('takes any number', () => {
    show();
    fireEvent.change(select('First code'), { target: { value: 'other' } });
    const box = screen.getByRole('spinbutton', { name: 'First code, by number' });
    fireEvent.input(box, { target: { value: '4404' } });
    fireEvent.blur(box);
    expect(headers()[0]).toContain('4404');
    expect(select('First code').value).toBe('4404');
    expect(screen.queryByRole('spinbutton')).toBeNull();
  });

  it('keeps the code where the number is none', () => {
    show();
    fireEvent.change(select('First code'), { target: { value: 'other' } });
    const box = screen.getByRole('spinbutton');
    fireEvent.input(box, { target: { value: '99999' } });
    fireEvent.blur(box);
    expect(select('First code').value).toBe('1001');
  });

  it('gives the focus back to the select, and lets Escape take the number back', () => {
    show();
    fireEvent.change(select('First code'), { target: { value: 'other' } });
    const box = screen.getByRole('spinbutton');
    expect(document.activeElement).toBe(box);
    fireEvent.input(box, { target: { value: '4404' } });
    fireEvent.keyDown(box, { key: 'Escape' });
    expect(document.activeElement).toBe(select('First code'));
    expect(select('First code').value).toBe('1001');
    expect(screen.queryByRole('spinbutton')).toBeNull();
  });

  it('says so where both are the same', () => {
    show({ compare: [1008, 1008] });
    expect(screen.getByText(/This is the same code/)).toBeTruthy();
  });

  it('leads to the sockets of this session', () => {
    const { onShowSockets } = show({ counts: new Map([[1008, 3]]) });
    fireEvent.click(within(row('In this session')).getByRole('button', { name: '3 sockets' }));
    expect(onShowSockets).toHaveBeenCalledWith(1008);
    expect(row('In this session').textContent).toContain('Not seen');
  });

  it('puts too few codes right', () => {
    show({ compare: [] });
    expect(headers()).toHaveLength(2);
  });
});

describe('the page of a code', () => {
  it('tells all about the code that was chosen', () => {
    show({ selected: 1008 });
    const page = screen.getByRole('article', { name: '1008 Policy Violation' });
    for (const title of ['When you see it', 'How to fix it', 'When to use it']) {
      expect(within(page).getByRole('heading', { name: title })).toBeTruthy();
    }
    const link = within(page).getByRole<HTMLAnchorElement>('link', { name: 'RFC 6455 §7.4.1' });
    expect(link.href).toBe('https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1');
    expect(link.rel).toContain('noreferrer');
  });

  it('leads to each socket', () => {
    const { onShowSocket } = show({
      selected: 1008,
      counts: new Map([[1008, 1]]),
      sockets: [{ id: 's7', label: 'wss://a.test/feed' }],
    });
    fireEvent.click(screen.getByRole('button', { name: 'wss://a.test/feed' }));
    expect(onShowSocket).toHaveBeenCalledWith('s7');
  });

  it('compares with the codes that it is taken for', () => {
    show({ selected: 1012 });
    fireEvent.click(screen.getByRole('button', { name: 'Compare 1012 with 1013' }));
    expect([select('First code').value, select('Second code').value]).toEqual(['1012', '1013']);
    expect(document.activeElement).toBe(select('First code'));
  });

  it('knows a code without an entry by its range', () => {
    show({ selected: 4401 });
    expect(screen.getByRole('article', { name: '4401 Private use (4000–4999)' })).toBeTruthy();
  });

  it('shows the text of a page as text', () => {
    show({
      selected: 1000,
      counts: new Map([[1000, 1]]),
      sockets: [{ id: 'a', label: '<img src=x>' }],
    });
    expect(document.querySelector('.codes img')).toBeNull();
    expect(screen.getByRole('button', { name: '<img src=x>' })).toBeTruthy();
  });
});

describe('a range', () => {
  it('leads to each of its codes that this session has seen', () => {
    const { onShowSockets } = show({
      selected: 4000,
      counts: new Map([
        [4403, 1],
        [4401, 2],
        [3000, 5],
      ]),
    });
    const page = screen.getByRole('article', { name: '4000–4999 Private use' });
    const buttons = within(page).getAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      '4401: 2 sockets',
      '4403: 1 socket',
    ]);
    fireEvent.click(buttons[0]!);
    expect(onShowSockets).toHaveBeenCalledWith(4401);
  });
});

describe('the list', () => {
  const list = () => screen.getByRole('listbox', { name: 'Close codes' });
  const search = () =>
    screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search close codes' });
  const chosen = () => within(list()).queryByRole('option', { selected: true })?.textContent;

  it('opens a code by a click', () => {
    show();
    fireEvent.click(within(list()).getByText('Message Too Big'));
    expect(screen.getByRole('article', { name: '1009 Message Too Big' })).toBeTruthy();
  });

  it('moves by keyboard', () => {
    show();
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(chosen()).toContain('1000');
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(chosen()).toContain('1001');
    fireEvent.keyDown(list(), { key: 'End' });
    expect(chosen()).toContain('5000–65535');
    fireEvent.keyDown(list(), { key: 'ArrowDown' });
    expect(chosen()).toContain('5000–65535');
    fireEvent.keyDown(list(), { key: 'Home' });
    fireEvent.keyDown(list(), { key: 'ArrowUp' });
    expect(chosen()).toContain('1000');
    expect(list().getAttribute('aria-activedescendant')).toBe(
      within(list()).getByRole('option', { selected: true }).id,
    );
  });

  it('is searched, and says how many were found', () => {
    show();
    fireEvent.input(search(), { target: { value: 'policy' } });
    expect(screen.getByRole('status').textContent).toMatch(/^\d+ codes found$/);
    fireEvent.input(search(), { target: { value: '1008' } });
    expect(screen.getByRole('status').textContent).toBe('1 code found');
    fireEvent.keyDown(search(), { key: 'Enter' });
    expect(screen.getByRole('article', { name: '1008 Policy Violation' })).toBeTruthy();
    fireEvent.keyDown(search(), { key: 'Escape' });
    expect(search().value).toBe('');
  });

  it('teaches where nothing was found', () => {
    show();
    fireEvent.input(search(), { target: { value: 'zebra' } });
    expect(list().textContent).toContain('No code matches “zebra”');
  });

  it('goes from the search to the list', () => {
    show();
    fireEvent.input(search(), { target: { value: 'gateway' } });
    search().focus();
    fireEvent.keyDown(search(), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(list());
    expect(chosen()).toContain('1014');
  });
});

describe('Vietnamese', () => {
  it('names everything', () => {
    show({ locale: 'vi', selected: 1001 });
    expect(select('Mã thứ nhất').value).toBe('1001');
    expect(select('Mã thứ hai').value).toBe('1008');
    expect(table('So sánh')).toBeTruthy();
  });
});

describe.each(['en', 'vi'])('accessibility (%s)', (locale) => {
  it.each([
    ['nothing chosen', {}],
    [
      'a code chosen',
      {
        selected: 1008,
        counts: new Map([
          [1008, 2],
          [4401, 1],
        ]),
        sockets: [{ id: 's', label: 'wss://a.test' }],
      },
    ],
    ['three codes', { compare: [1001, 1006, 4401] }],
  ] as const)(
    'has no violation with %s',
    async (_, setup) => {
      const { container } = show({ locale, ...setup } as Setup);
      const { violations } = await axe.run(container, {
        // No layout here: contrast is measured in real browsers.
        rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
      });
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    },
    AXE_MS,
  );
});
