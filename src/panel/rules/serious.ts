import type { Finding, RuleMeta, Severity } from '../../rules/types.ts';

/** Views ask this of thousands of findings, some times a second. */
const severities = new WeakMap<readonly RuleMeta[], ReadonlyMap<string, Severity>>();

/**
 * Whether a failed finding is something that went wrong. Advice and information are worth
 * knowing, and cry no wolf. A user's own rule counts as a warning.
 */
export function isSerious(finding: Finding, metas: readonly RuleMeta[]): boolean {
  if (finding.verdict !== 'failed') return false;
  let known = severities.get(metas);
  if (known === undefined) {
    known = new Map(metas.map((meta) => [meta.id, meta.severity]));
    severities.set(metas, known);
  }
  const severity = known.get(finding.rule) ?? 'warning';
  return severity === 'error' || severity === 'warning';
}

export function countSerious(findings: readonly Finding[], metas: readonly RuleMeta[]): number {
  return findings.filter((finding) => isSerious(finding, metas)).length;
}
