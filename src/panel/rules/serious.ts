import type { Finding, RuleMeta } from '../../rules/types.ts';

/**
 * Whether a failed finding is something that went wrong. Advice and information are worth
 * knowing, and cry no wolf. A user's own rule counts as a warning.
 */
export function isSerious(finding: Finding, metas: readonly RuleMeta[]): boolean {
  if (finding.verdict !== 'failed') return false;
  const severity = metas.find((meta) => meta.id === finding.rule)?.severity ?? 'warning';
  return severity === 'error' || severity === 'warning';
}
