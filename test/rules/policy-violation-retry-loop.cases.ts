import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'policy-violation-retry-loop',
  valid: [
    {
      name: 'each attempt with a new token',
      timeline: `
        0      s1 open   wss://a.test/feed?token=aaa
        300    s1 close  1008 "expired"
        1300   s2 open   wss://a.test/feed?token=bbb
        1600   s2 close  1008 "expired"
        2600   s3 open   wss://a.test/feed?token=ccc
        2900   s3 close  1008 "expired"
        9000   end`,
    },
    {
      name: 'an hour of good service between two refusals',
      timeline: `
        0         s1 open   wss://a.test/feed
        3600000   s1 close  1008 "expired"
        3601000   s2 open   wss://a.test/feed
        7201000   s2 close  1008 "expired"
        7202000   s3 open   wss://a.test/feed
        10802000  s3 close  1008 "expired"
        10810000  end`,
    },
  ],
  invalid: [
    {
      name: 'three closes with the same token, whatever else varies in the URL',
      timeline: `
        0      s1 open   wss://a.test/feed?token=aaa&attempt=1
        300    s1 close  1008 "expired"
        1300   s2 open   wss://a.test/feed?token=aaa&attempt=2
        1600   s2 close  1008 "expired"
        2600   s3 open   wss://a.test/feed?token=aaa&attempt=3
        2900   s3 close  1008 "expired"
        9000   end`,
      messageId: 'finding_policyViolationRetryLoop_loop',
      data: { closes: 3, reason: 'expired', delaysMs: [1000, 1000] },
      sockets: ['s1', 's2', 's3'],
    },
  ],
};
