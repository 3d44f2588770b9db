import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'normal-closure-for-error',
  valid: [
    {
      name: 'all went well, in words of things that can go wrong',
      timeline: `
        0      s1 open   wss://a.test/call
        4200   s1 close  1000 "payment complete"
        5000   s2 open   wss://a.test/call
        9200   s2 close  1000 "no error"
        10000  s3 open   wss://a.test/call
        14200  s3 close  1000 "token refreshed"
        15000  s4 open   wss://a.test/call
        19200  s4 close  1000 "login successful"
        25000  end`,
    },
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
      name: 'ordinary ends in words that errors have, too',
      timeline: `
        0      s1 open   wss://a.test/call
        4200   s1 close  1000 "user left the room"
        5000   s2 open   wss://a.test/call
        9200   s2 close  1000 "closed by client"
        10000  s3 open   wss://a.test/call
        14200  s3 close  1000 "stream finished"
        19000  end`,
    },
    {
      name: 'no reason, and a message of the ordinary kind before',
      timeline: `
        0      s1 open     wss://a.test/feed
        4100   s1 receive  text 30 preview="bye"
        4200   s1 close    1000
        9000   end`,
    },
    {
      name: 'a word that may tell of an error',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000 "failed"
        9000   end`,
      verdict: 'needs-review',
      messageId: 'finding_normalClosureForError_perhaps',
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
    {
      name: 'a refusal whose cause is open: nothing presented, or the wrong thing',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000 "Unauthorized"
        9000   end`,
      messageId: 'finding_normalClosureForError_told',
    },
    {
      name: 'an error behind words of an ordinary end',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1000 "closed due to internal error"
        9000   end`,
      messageId: 'finding_normalClosureForError_told',
      data: { cause: 'internal-error' },
    },
    {
      name: 'the error was told in a message, then 1000 without a reason',
      timeline: `
        0      s1 open     wss://a.test/feed
        4100   s1 receive  text 48 preview="error: token expired"
        4200   s1 close    1000
        9000   end`,
      messageId: 'finding_normalClosureForError_before_told',
      data: { reason: '', cause: 'auth-expired' },
    },
    {
      name: 'the same with 1005, which never has a reason',
      timeline: `
        0      s1 open     wss://a.test/feed
        4100   s1 receive  text 48 preview="error: token expired"
        4200   s1 close    1005
        9000   end`,
      messageId: 'finding_normalClosureForError_before_told',
    },
  ],
};
