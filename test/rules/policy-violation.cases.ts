import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'policy-violation',
  valid: [
    {
      name: 'a server that restarts',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        5000   end`,
    },
    {
      name: 'the page asked for a code that script may not send, and stayed open',
      timeline: `
        0      s1 open   wss://a.test/feed
        1000   s1 call   1008 "no" error=InvalidAccessError
        5000   end`,
    },
  ],
  invalid: [
    {
      name: 'the token has expired',
      timeline: `
        0      s1 new    wss://a.test/feed?token=abc
        40     s1 open
        340    s1 close  1008 "token expired"
        5000   end`,
      messageId: 'finding_policyViolation_likely',
      data: { code: 1008, reason: 'token expired', ageMs: 300 },
      sockets: ['s1'],
    },
    {
      name: 'the same refusal twice is one finding about two sockets',
      timeline: `
        0      s1 open   wss://a.test/feed
        300    s1 close  1008 "token expired at 1700000000"
        2300   s2 open   wss://a.test/feed
        2600   s2 close  1008 "token expired at 1700000002"
        9000   end`,
      messageId: 'finding_policyViolation_likely',
      data: { count: 2 },
      sockets: ['s1', 's2'],
    },
  ],
};
