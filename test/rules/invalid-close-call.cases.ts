import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'invalid-close-call',
  valid: [
    {
      name: 'codes that script may send',
      timeline: `
        0      s1 open   wss://a.test/feed
        0      s2 open   wss://a.test/feed
        0      s3 open   wss://a.test/feed
        100    s1 call   1000
        100    s2 call   3000 "signed out"
        100    s3 call   4999
        200    end`,
    },
  ],
  invalid: [
    {
      name: 'close(1001)',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1001 error=InvalidAccessError
        200    end`,
      messageId: 'finding_invalidCloseCall_code',
      data: { code: 1001, error: 'InvalidAccessError' },
    },
    {
      name: 'a reason of 124 bytes',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1000 "${'é'.repeat(62)}" error=SyntaxError
        200    end`,
      messageId: 'finding_invalidCloseCall_reason',
      data: { reasonBytes: 124 },
    },
  ],
};
