import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'policy-violation-misused',
  valid: [
    {
      name: 'a broken rule of conduct is what 1008 is for',
      timeline: `
        0      s1 open   wss://a.test/chat
        9000   s1 send   text 90
        9100   s1 close  1008 "rate limit exceeded"
        9900   end`,
    },
    {
      name: 'a refused login: 3000 would be clearer, 1008 is customary',
      timeline: `
        0      s1 open   wss://a.test/feed
        300    s1 close  1008 "authentication token expired"
        900    end`,
      verdict: 'needs-review',
      data: { betterCode: 3000 },
    },
    {
      name: 'the right code for the same reason',
      timeline: `
        0      s1 open   wss://a.test/chat
        9000   s1 send   text 900000
        9100   s1 close  1009 "message too big"
        9900   end`,
    },
  ],
  invalid: [
    {
      name: 'a message that was too large: 1009',
      timeline: `
        0      s1 open   wss://a.test/chat
        9000   s1 send   text 900000
        9100   s1 close  1008 "message too large: maximum size is 65536 bytes"
        9900   end`,
      messageId: 'finding_policyViolationMisused_better',
      data: { betterCode: 1009, cause: 'message-too-large' },
    },
  ],
};
