import type { Outcome } from './facts.ts';

/** One shape an outcome, so that colour is never the only sign. Drawn in a box of 10 by 10. */
export const MARK_PATHS: Readonly<Record<Outcome, string>> = {
  connecting: 'M5 1.5a3.5 3.5 0 1 1-3.5 3.5',
  open: 'M5 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
  closing: 'M2 5h6',
  normal: 'M1.5 5.3 4 7.8 8.5 2.5',
  leaving: 'M5 1.3 9 8.5H1Z',
  refused: 'M1.5 1.5h7v7h-7Z',
  application: 'M5 .8 9.2 5 5 9.2.8 5Z',
  broken: 'm1.7 1.7 6.6 6.6m0-6.6L1.7 8.3',
  unseen: 'M3 3.5C3 2 4 1.5 5 1.5s2 .6 2 1.8C7 4.6 5 4.6 5 6m0 2v.6',
};

/** Shapes that are filled; the others are strokes. */
export const MARK_FILLED: ReadonlySet<Outcome> = new Set(['leaving', 'refused', 'application']);

export function Mark({ outcome }: { outcome: Outcome }) {
  return (
    <svg
      class={`mark mark-${outcome}`}
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden="true"
      focusable="false"
    >
      <path d={MARK_PATHS[outcome]} class={MARK_FILLED.has(outcome) ? 'mark-filled' : undefined} />
    </svg>
  );
}
