import type { Verdict } from '../../src/rules/types.ts';

/** A session told as a timeline (see test/support/timeline.ts) and what a rule says of it. */
export interface RuleCase {
  /** What happens, in a few words: a heading in the rule's documentation. */
  readonly name: string;
  readonly timeline: string;
  /** The verdict, where the rule speaks without failing. Absent: it is silent or passes. */
  readonly verdict?: Verdict;
  readonly messageId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly sockets?: readonly string[];
  /** When the rule decided it, session milliseconds. */
  readonly at?: number;
  readonly thresholds?: Readonly<Record<string, number>>;
}

export interface RuleCases {
  readonly rule: string;
  /** The rule must not fail here. */
  readonly valid: readonly RuleCase[];
  /** The rule must fail here, with this message. */
  readonly invalid: readonly (RuleCase & { readonly messageId: string })[];
}
