import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'reconnection-without-backoff',
  valid: [
    {
      name: 'back at once, each time after a long good life',
      timeline: `
        0        s1 open   wss://a.test/feed
        600000   s1 close  1001
        600050   s2 open   wss://a.test/feed
        1200000  s2 close  1001
        1200050  s3 open   wss://a.test/feed
        1800000  s3 close  1001
        1800050  s4 open   wss://a.test/feed
        2400000  s4 close  1001
        2400050  s5 open   wss://a.test/feed
        2500000  end`,
    },
    {
      name: 'one attempt at once is normal',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1006
        4201   s2 new    wss://a.test/feed
        4300   s2 close  1006
        6300   s3 open   wss://a.test/feed
        60000  end`,
    },
    {
      name: 'delays that double',
      timeline: `
        0      s1 new  wss://a.test/feed
        10     s1 close 1006
        1010   s2 new  wss://a.test/feed
        1020   s2 close 1006
        3020   s3 new  wss://a.test/feed
        3030   s3 close 1006
        7030   s4 new  wss://a.test/feed
        7040   s4 close 1006
        15040  s5 new  wss://a.test/feed
        15050  s5 close 1006
        31050  s6 new  wss://a.test/feed
        31060  s6 close 1006
        63060  s7 new  wss://a.test/feed
        63070  s7 close 1006
        95070  s8 new  wss://a.test/feed
        95080  s8 close 1006
        127080 s9 new  wss://a.test/feed
        127090 s9 close 1006
        128000 end`,
    },
    {
      name: 'a constant interval, but a long one',
      timeline: `
        0      s1 new  wss://a.test/feed
        10     s1 close 1006
        10010  s2 new  wss://a.test/feed
        10020  s2 close 1006
        20020  s3 new  wss://a.test/feed
        20030  s3 close 1006
        30030  s4 new  wss://a.test/feed
        30040  s4 close 1006
        40040  s5 new  wss://a.test/feed
        40050  s5 close 1006
        50050  s6 new  wss://a.test/feed
        50060  s6 close 1006
        60060  s7 new  wss://a.test/feed
        60070  s7 close 1006
        70070  s8 new  wss://a.test/feed
        70080  s8 close 1006
        80080  s9 new  wss://a.test/feed
        80090  s9 close 1006
        81000  end`,
    },
  ],
  invalid: [
    {
      name: 'three in a row at once',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001
        4201   s2 open   wss://a.test/feed
        4300   s2 close  1001
        4310   s3 open   wss://a.test/feed
        4400   s3 close  1001
        4402   s4 open   wss://a.test/feed
        9000   end`,
      messageId: 'finding_reconnectionWithoutBackoff_immediate',
      data: { attempts: 3, delaysMs: [1, 10, 2] },
      sockets: ['s2', 's3', 's4'],
    },
    {
      name: 'a second between all attempts that fail',
      timeline: `
        0      s1 new  wss://a.test/feed
        10     s1 close 1006
        1010   s2 new  wss://a.test/feed
        1020   s2 close 1006
        2020   s3 new  wss://a.test/feed
        2030   s3 close 1006
        3030   s4 new  wss://a.test/feed
        3040   s4 close 1006
        4040   s5 new  wss://a.test/feed
        4050   s5 close 1006
        5050   s6 new  wss://a.test/feed
        5060   s6 close 1006
        6060   s7 new  wss://a.test/feed
        6070   s7 close 1006
        7070   s8 new  wss://a.test/feed
        7080   s8 close 1006
        8080   s9 new  wss://a.test/feed
        8090   s9 close 1006
        9000   end`,
      messageId: 'finding_reconnectionWithoutBackoff_constant',
      data: { attempts: 8, medianDelayMs: 1000 },
    },
  ],
};
