import { act } from '@testing-library/preact';

/** Lets steps of work run until something holds. A test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await act(() => new Promise((next) => setTimeout(next, 1)));
}
