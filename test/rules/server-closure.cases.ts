import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'server-closure',
  valid: [
    {
      name: 'an error of the server’s own',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1011 "internal error"
        9000   end`,
      verdict: 'needs-review',
      messageId: 'finding_serverClosure_likely',
      data: { code: 1011 },
    },
    {
      name: 'a private code',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  4401 "Unauthorized"
        9000   end`,
      verdict: 'needs-review',
      data: { code: 4401 },
    },
    {
      name: 'a restart after which the page came back',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1012 "service restart"
        14200  s2 open   wss://a.test/feed
        20000  end`,
      verdict: 'passed',
      data: { code: 1012, cameBack: true },
    },
  ],
  invalid: [],
};
