import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { messageIds } from '../support/messages.ts';
import { timeline } from '../support/timeline.ts';
import type { RuleCase, RuleCases } from './cases.ts';

const english = messageIds('en');

function findingsOf(rule: string, { timeline: text, thresholds }: RuleCase) {
  const settings = thresholds === undefined ? {} : { thresholds: { [rule]: thresholds } };
  return diagnose(timeline(text), settings).findings.filter((finding) => finding.rule === rule);
}

/** Runs a rule's timelines: silent or passing where valid, failing with its message where not. */
export function checkRule({ rule, valid, invalid }: RuleCases): void {
  describe(rule, () => {
    it.each(valid)('valid: $name', (example) => {
      const findings = findingsOf(rule, example);
      expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      if (example.verdict !== undefined) {
        expect(findings.map(({ verdict }) => verdict)).toContain(example.verdict);
      }
      if (example.messageId !== undefined) {
        expect(findings.map(({ message }) => message.id)).toContain(example.messageId);
      }
      if (example.data !== undefined) expect(findings[0]?.data).toMatchObject(example.data);
    });
    it.each(invalid)('invalid: $name', (example) => {
      const [finding, ...others] = findingsOf(rule, example).filter(
        ({ verdict }) => verdict === 'failed',
      );
      expect(finding?.message.id).toBe(example.messageId);
      if (example.data !== undefined) expect(finding?.data).toMatchObject(example.data);
      if (example.sockets !== undefined) expect(finding?.sockets).toEqual(example.sockets);
      if (example.at !== undefined) expect(finding?.at).toBe(example.at);
      expect(others).toEqual([]);
      for (const { message } of finding?.evidence ?? []) expect(english).toContain(message.id);
      expect(english).toContain(finding?.message.id);
    });
  });
}
