import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'overlapping-reconnections',
  valid: [
    {
      name: 'a pool of equal sockets',
      timeline: `
        0      s1 new  wss://a.test/feed
        1      s2 new  wss://a.test/feed
        2      s3 new  wss://a.test/feed
        3      s4 new  wss://a.test/feed
        4      s5 new  wss://a.test/feed
        5      s6 new  wss://a.test/feed
        6      s7 new  wss://a.test/feed
        900    end`,
    },
    {
      name: 'one attempt after the other',
      timeline: `
        0      s1 new  wss://a.test/feed
        10     s1 close 1006
        1010   s2 new  wss://a.test/feed
        1020   s2 close 1006
        2020   s3 new  wss://a.test/feed
        2030   s3 close 1006
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'onerror and onclose both reconnect: the sockets double',
      timeline: `
        0      s1 new  wss://a.test/feed
        10     s1 close 1006
        1010   s2 new  wss://a.test/feed
        1011   s3 new  wss://a.test/feed
        1050   s2 close 1006
        1050   s3 close 1006
        2050   s4 new  wss://a.test/feed
        2051   s5 new  wss://a.test/feed
        2052   s6 new  wss://a.test/feed
        2053   s7 new  wss://a.test/feed
        2054   s8 new  wss://a.test/feed
        2055   s9 new  wss://a.test/feed
        9000   end`,
      messageId: 'finding_overlappingReconnections_several',
      data: { overlaps: 6 },
    },
  ],
};
