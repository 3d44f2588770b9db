import type { Finding } from './types.ts';

/** `policy-violation` is `policyViolation` in the ids of a rule's texts. */
export function ruleKey(rule: string): string {
  return rule.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Ids of the text that says how to fix a finding, the one closest to the case first. */
export function fixIds({ rule, data }: Pick<Finding, 'rule' | 'data'>): readonly string[] {
  const id = `rule_${ruleKey(rule)}_fix`;
  return typeof data.advice === 'string' ? [`${id}_${data.advice}`, id] : [id];
}
