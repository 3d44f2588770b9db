import { fixText, titleText } from '../../log/index.ts';
import { ruleKey } from '../../rules/text-ids.ts';
import type { Finding } from '../../rules/types.ts';
import { words } from '../words.ts';

/** Ids of rules that a user wrote start so; their texts are the user's own. */
export const OWN_RULE_PREFIX = 'own:';

export interface OwnRuleTexts {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

let ownTexts: ReadonlyMap<string, OwnRuleTexts> = new Map();

export function setOwnRuleTexts(texts: ReadonlyMap<string, OwnRuleTexts>): void {
  ownTexts = texts;
}

/** What a rule says of itself in the panel's language; '' where it says nothing. */
export function ruleText(rule: string, text: 'title' | 'why' | 'fix' | 'fine'): string {
  const own = ownTexts.get(rule);
  if (own !== undefined) return text === 'fine' ? '' : own[text];
  const id = `rule_${ruleKey(rule)}_${text}`;
  return words.value.has(id) ? words.value.t(id) : text === 'title' ? rule : '';
}

/** What a finding is headed by. */
export function titleOf(finding: Pick<Finding, 'rule' | 'verdict'>): string {
  return ownTexts.get(finding.rule)?.title ?? titleText(words.value, finding);
}

/** How to fix what was found, for this very case where there is a text for it. */
export function fixOf(finding: Pick<Finding, 'rule' | 'data'>): string {
  return ownTexts.get(finding.rule)?.fix ?? fixText(words.value, finding) ?? '';
}
