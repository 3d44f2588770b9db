import type { Message } from '../../model/message.ts';
import { fixIds, ruleKey } from '../../rules/text-ids.ts';
import type { Finding } from '../../rules/types.ts';

/** The part of a translator that a report needs; the panel and the command line hand theirs in. */
export interface Words {
  t(message: Message | string, params?: Message['params']): string;
  has(id: string): boolean;
  duration(ms: number): string;
  percent(ratio: number): string;
}

export function optional({ t, has }: Words, id: string): string | undefined {
  return has(id) ? t(id) : undefined;
}

/** A finding's title: of what is well, where the rule has one for that. */
export function titleText(
  words: Pick<Words, 't' | 'has'>,
  { rule, verdict }: Pick<Finding, 'rule' | 'verdict'>,
): string {
  const name = `rule_${ruleKey(rule)}`;
  const ids = verdict === 'passed' ? [`${name}_passed`, `${name}_title`] : [`${name}_title`];
  const id = ids.find((one) => words.has(one));
  return id === undefined ? rule : words.t(id);
}

/** How to fix a finding, in the text closest to its case. */
export function fixText(
  words: Pick<Words, 't' | 'has'>,
  finding: Pick<Finding, 'rule' | 'data'>,
): string | undefined {
  const id = fixIds(finding).find((one) => words.has(one));
  return id === undefined ? undefined : words.t(id);
}

/** A cause's title, or its id where it has no text. */
export function causeTitle(words: Words, cause: string): string {
  const name = `cause_${cause.replaceAll('-', '_')}`;
  return optional(words, `${name}_title`) ?? optional(words, name) ?? cause;
}
