import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'recurring-going-away',
  valid: [
    {
      name: 'one restart ends several at once: they have one age because they were made together',
      timeline: `
        0       s1 open   wss://a.test/feed
        10      s2 open   wss://a.test/feed
        20      s3 open   wss://a.test/feed
        30      s4 open   wss://a.test/feed
        600000  s1 close  1001 "server restarting"
        600001  s2 close  1001 "server restarting"
        600002  s3 close  1001 "server restarting"
        600003  s4 close  1001 "server restarting"
        640000  end`,
    },
    {
      name: 'closed at ages that differ',
      timeline: `
        0        s1 open   wss://a.test/feed
        100000   s1 close  1001
        101000   s2 open   wss://a.test/feed
        141000   s2 close  1001
        142000   s3 open   wss://a.test/feed
        642000   s3 close  1001
        650000   end`,
    },
    {
      name: 'lost after the same idle time: that is another rule’s matter',
      timeline: `
        0        s1 open   wss://a.test/feed
        60000    s1 close  1006
        61000    s2 open   wss://a.test/feed
        121000   s2 close  1006
        122000   s3 open   wss://a.test/feed
        182000   s3 close  1006
        190000   end`,
    },
    {
      name: 'twice is no rule yet',
      timeline: `
        0        s1 open   wss://a.test/feed
        3600000  s1 close  1001
        3601000  s2 open   wss://a.test/feed
        7201000  s2 close  1001
        7210000  end`,
    },
  ],
  invalid: [
    {
      name: 'an hour each time',
      timeline: `
        0         s1 open   wss://a.test/feed
        3600000   s1 close  1001
        3601000   s2 open   wss://a.test/feed
        7201200   s2 close  1001
        7202000   s3 open   wss://a.test/feed
        10802000  s3 receive text 40
        10802100  s3 close  1006
        10810000  end`,
      messageId: 'finding_recurringGoingAway_steady',
      data: { closes: 3, ageMs: 3_600_100 },
      sockets: ['s1', 's2', 's3'],
    },
  ],
};
