import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'policy-violation-without-reason',
  valid: [
    {
      name: 'a reason is given',
      timeline: `
        0      s1 open   wss://a.test/feed
        300    s1 close  1008 "token expired"
        900    end`,
    },
  ],
  invalid: [
    {
      name: 'nothing but the code',
      timeline: `
        0      s1 open   wss://a.test/feed
        300    s1 close  1008
        900    end`,
      messageId: 'finding_policyViolationWithoutReason_empty',
      sockets: ['s1'],
    },
  ],
};
