import type { Finding } from './types.ts';

/** Ids of the text that says how to fix a finding, the one closest to the case first. */
export function fixIds({ rule, data }: Pick<Finding, 'rule' | 'data'>): readonly string[] {
  const id = `rule_${rule.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}_fix`;
  return typeof data.advice === 'string' ? [`${id}_${data.advice}`, id] : [id];
}
