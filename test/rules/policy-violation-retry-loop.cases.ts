import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'policy-violation-retry-loop',
  valid: [
    {
      name: 'three made at once, each refused once: nothing was retried',
      timeline: `
        0      s1 open   wss://a.test/feed
        10     s2 open   wss://a.test/feed
        20     s3 open   wss://a.test/feed
        300    s1 close  1008 "no"
        310    s2 close  1008 "no"
        320    s3 close  1008 "no"
        9000   end`,
    },
    {
      name: 'three rooms, each refused once',
      timeline: `
        0      s1 open   wss://a.test/room/11
        300    s1 close  1008 "full"
        1300   s2 open   wss://a.test/room/12
        1600   s2 close  1008 "full"
        2600   s3 open   wss://a.test/room/13
        2900   s3 close  1008 "full"
        9000   end`,
    },
    {
      name: 'another reason each time',
      timeline: `
        0      s1 open   wss://a.test/feed
        300    s1 close  1008 "token expired"
        1300   s2 open   wss://a.test/feed
        1600   s2 close  1008 "rate limit exceeded"
        2600   s3 open   wss://a.test/feed
        2900   s3 close  1008 "invalid message"
        9000   end`,
    },
    {
      name: 'a fresh signed token each time, whatever its name',
      timeline: `
        0      s1 open   wss://a.test/feed?t=eyJhbGciOi.eyJzdWIiOjEx.SflKxwRJSM
        300    s1 close  1008 "no"
        1300   s2 open   wss://a.test/feed?t=eyJhbGciOi.eyJzdWIiOjEy.SflKxwRJSN
        1600   s2 close  1008 "no"
        2600   s3 open   wss://a.test/feed?t=eyJhbGciOi.eyJzdWIiOjEz.SflKxwRJSO
        2900   s3 close  1008 "no"
        9000   end`,
    },
    {
      name: 'half an hour between the tries',
      timeline: `
        0        s1 open   wss://a.test/feed
        300      s1 close  1008 "no"
        1800000  s2 open   wss://a.test/feed
        1800300  s2 close  1008 "no"
        3600000  s3 open   wss://a.test/feed
        3600300  s3 close  1008 "no"
        3609000  end`,
    },
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
      name: 'the same dead token, older each time',
      timeline: `
        0      s1 open   wss://a.test/feed?token=aaa
        300    s1 close  1008 "token is expired by 58s"
        2300   s2 open   wss://a.test/feed?token=aaa
        2600   s2 close  1008 "token is expired by 1m0s"
        6600   s3 open   wss://a.test/feed?token=aaa
        6900   s3 close  1008 "token is expired by 1m5s"
        9000   end`,
      messageId: 'finding_policyViolationRetryLoop_loop',
    },
    {
      name: 'two reasons in turn for the same credentials',
      timeline: `
        0      s1 open   wss://a.test/feed?token=aaa
        300    s1 close  1008 "unauthorized"
        1300   s2 open   wss://a.test/feed?token=aaa
        1600   s2 close  1008 "invalid token"
        2600   s3 open   wss://a.test/feed?token=aaa
        2900   s3 close  1008 "unauthorized"
        3900   s4 open   wss://a.test/feed?token=aaa
        4200   s4 close  1008 "invalid token"
        5200   s5 open   wss://a.test/feed?token=aaa
        5500   s5 close  1008 "unauthorized"
        9000   end`,
      messageId: 'finding_policyViolationRetryLoop_loop',
    },
    {
      name: 'three side by side, each tried again and again',
      timeline: `
        0      s1 open   wss://a.test/feed
        10     s2 open   wss://a.test/feed
        300    s1 close  1008 "no"
        310    s2 close  1008 "no"
        1300   s3 open   wss://a.test/feed
        1310   s4 open   wss://a.test/feed
        1600   s3 close  1008 "no"
        1610   s4 close  1008 "no"
        2600   s5 open   wss://a.test/feed
        2610   s6 open   wss://a.test/feed
        2900   s5 close  1008 "no"
        2910   s6 close  1008 "no"
        9000   end`,
      messageId: 'finding_policyViolationRetryLoop_loop',
      data: { closes: 3 },
    },
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
