// @vitest-environment happy-dom
import { act, cleanup } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { life } from './support/events.ts';
import { type Shown, show } from './support/show.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const heard = () => document.querySelector('[aria-live=polite].visually-hidden')?.textContent;
const wait = (ms: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

/** A socket that a server refuses: one failed finding, at an endpoint of its own. */
async function refuse({ tell }: Shown, name: string, at: number, id = name): Promise<void> {
  const url = `wss://${name}.test/`;
  await act(() => tell(life({ id, url, at, closeAt: at + 100, code: 1008, reason: 'no' })));
  await wait(50);
}

describe('what is said of new failed findings', () => {
  it('says one at once', async () => {
    const shown = show();
    await wait(50);
    expect(heard()).toBe('');
    await refuse(shown, 'a', 1_000);
    expect(heard()).toContain('wss://a.test');
  });

  it('says those that come shortly after together, though nothing else happens', async () => {
    const shown = show();
    await wait(50);
    await refuse(shown, 'a', 1_000);
    const first = heard();
    await refuse(shown, 'b', 2_000);
    await refuse(shown, 'c', 3_000);
    expect(heard()).toBe(first);
    await wait(3_000);
    expect(heard()).toBe('2 new findings');
  });

  it('says the same words anew, so that they are heard', async () => {
    const shown = show();
    await wait(50);
    await refuse(shown, 'a', 1_000);
    const first = heard();
    await wait(3_000);
    await refuse(shown, 'a', 2_000, 'again');
    expect(heard()).not.toBe(first);
    expect(heard()?.trim()).toBe(first);
  });
});
