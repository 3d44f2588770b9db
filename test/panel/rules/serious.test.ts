import { describe, expect, it } from 'vitest';
import { isSerious } from '../../../src/panel/rules/serious.ts';
import { RULES } from '../../../src/rules/registry.ts';
import type { Finding, Verdict } from '../../../src/rules/types.ts';

const metas = RULES.map((rule) => rule.meta);
const finding = (rule: string, verdict: Verdict = 'failed'): Finding => ({
  rule,
  verdict,
  sockets: ['s1'],
  endpoint: 'wss://a.test/feed',
  message: { id: 'x' },
  evidence: [],
  data: {},
  at: 0,
});

describe('a serious finding', () => {
  it.each([
    ['policy-violation', true],
    ['reconnection-without-backoff', true],
    ['going-away-by-page', false],
    ['policy-violation-without-reason', false],
    ['own:kicked', true],
  ])('%s: %s', (rule, serious) => {
    expect(isSerious(finding(rule), metas)).toBe(serious);
  });

  it.each<Verdict>(['needs-review', 'passed', 'not-applicable'])('is never one that is %s', (v) => {
    expect(isSerious(finding('policy-violation', v), metas)).toBe(false);
  });
});
