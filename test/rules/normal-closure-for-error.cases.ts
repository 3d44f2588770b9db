import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'normal-closure-for-error',
  valid: [
    {
      name: 'an ordinary end',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000 "bye"
        9000   end`,
    },
    {
      name: 'no reason',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000
        9000   end`,
    },
    {
      name: 'the page closed it',
      timeline: `
        0      s1 open   wss://a.test/feed
        4000   s1 call   1000 "invalid token"
        4200   s1 close  1000 "invalid token"
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'an expired token under 1000',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000 "authentication token expired"
        9000   end`,
      messageId: 'finding_normalClosureForError_told',
      data: { code: 1000, cause: 'auth-expired' },
    },
  ],
};
