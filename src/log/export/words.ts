import type { Message } from '../../model/message.ts';

/** The part of a translator that a report needs; the panel and the command line hand theirs in. */
export interface Words {
  t(message: Message | string, params?: Message['params']): string;
  has(id: string): boolean;
  duration(ms: number): string;
  percent(ratio: number): string;
}

/** `policy-violation` is `policyViolation` in the ids of a rule's texts. */
export function ruleKey(rule: string): string {
  return rule.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function optional({ t, has }: Words, id: string): string | undefined {
  return has(id) ? t(id) : undefined;
}

/** A cause's title, or its id where it has no text. */
export function causeTitle(words: Words, cause: string): string {
  const name = `cause_${cause.replaceAll('-', '_')}`;
  return optional(words, `${name}_title`) ?? optional(words, name) ?? cause;
}
