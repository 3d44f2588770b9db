import type { Finding } from '../rules/types.ts';
import type { Arguments } from './arguments.ts';

/** The findings that the command line was asked for, worst first. */
export interface Shown {
  readonly findings: readonly Finding[];
  /** Findings that passed or do not apply, left out. */
  readonly quiet: number;
}

export function shownFindings(findings: readonly Finding[], asked: Arguments): Shown {
  const wanted = findings.filter(
    ({ rule }) => asked.rules.length === 0 || asked.rules.includes(rule),
  );
  const loud = asked.all
    ? wanted
    : wanted.filter(({ verdict }) => verdict === 'failed' || verdict === 'needs-review');
  return { findings: loud, quiet: wanted.length - loud.length };
}
