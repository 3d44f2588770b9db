import type { Verdict } from '../../rules/types.ts';
import { t } from '../words.ts';

const PATHS: Readonly<Record<Verdict, string>> = {
  failed: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM4 4l4 4m0-4L4 8',
  'needs-review': 'M6 1.3 11 10.5H1ZM6 5v2.6m0 1.2v.4',
  passed: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM3.7 6.2 5.4 8l3-4',
  'not-applicable': 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM3.5 6h5',
};

/** A shape a verdict, with its word for those who do not see it. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <svg
      class={`verdict verdict-${verdict}`}
      viewBox="0 0 12 12"
      width="14"
      height="14"
      role="img"
      aria-label={t(`panel_verdict_${verdict.replaceAll('-', '_')}`)}
    >
      <path d={PATHS[verdict]} />
    </svg>
  );
}
