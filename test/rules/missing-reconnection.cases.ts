import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'missing-reconnection',
  valid: [
    {
      name: 'the page comes back with another made-up id in the path',
      timeline: `
        0      s1 open   wss://a.test/ws/x7f2 at=app.js:1:1
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://a.test/ws/q9k1 at=app.js:1:1
        9000   s2 close  1001 "restart"
        9900   s3 open   wss://a.test/ws/kqzj at=app.js:1:1
        90000  end`,
      verdict: 'passed',
    },
    {
      name: 'the page comes back, with a slash at the end of the path',
      timeline: `
        0      s1 open   wss://a.test/ws
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://a.test/ws/
        90000  end`,
      verdict: 'passed',
    },
    {
      name: 'the opening fell out of the buffer: whatever came after it may be its successor',
      timeline: `
        100    dropped 500
        5000   s1 close  1001 "restart"
        6000   s2 open   wss://a.test/feed
        90000  end`,
      verdict: 'needs-review',
      messageId: 'finding_missingReconnection_lost',
    },
    {
      name: 'a server that failed: some clients mean to stay away',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1011 "oops"
        60000  end`,
      verdict: 'needs-review',
    },
    {
      name: 'the page comes back',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://a.test/feed
        90000  end`,
      verdict: 'passed',
      messageId: 'finding_missingReconnection_returned',
      data: { delay: 1000 },
    },
    {
      name: 'the page comes back under another session id and scheme',
      timeline: `
        0      s1 open   ws://a.test/sock/576/eqokm4wk/websocket
        4200   s1 close  1006
        5200   s2 open   wss://a.test/sock/123/abcdwxyz/websocket
        90000  end`,
      verdict: 'passed',
    },
    {
      name: 'the watch ends before the grace period',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        14200  end`,
      verdict: 'needs-review',
      messageId: 'finding_missingReconnection_short',
    },
    {
      name: 'the page is hidden for most of the time',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        6000   page hidden
        60000  end`,
      verdict: 'needs-review',
      messageId: 'finding_missingReconnection_inactive',
    },
    {
      name: 'the browser is offline, and the page comes back soon after',
      timeline: `
        0      s1 open   wss://a.test/feed
        4000   page offline
        4200   s1 close  1006
        64000  page online
        66000  s2 open   wss://a.test/feed
        99000  end`,
      verdict: 'passed',
    },
    {
      name: 'the page comes back late: perhaps by hand',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        70000  s2 open   wss://a.test/feed
        99000  end`,
      verdict: 'needs-review',
      messageId: 'finding_missingReconnection_late',
    },
    {
      name: 'the page closed it itself',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 call   1000
        4230   s1 close  1000
        60000  end`,
    },
    {
      name: 'the page closed it itself and the network failed meanwhile',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 call   1000
        9000   s1 close  1006
        60000  end`,
    },
    {
      name: 'it never opened',
      timeline: `
        0      s1 new    wss://a.test/feed
        200    s1 error
        200    s1 close  1006
        60000  end`,
    },
    {
      name: 'codes that ask not to come back',
      timeline: `
        0      s1 open   wss://a.test/one
        0      s2 open   wss://a.test/two
        0      s3 open   wss://a.test/three
        4200   s1 close  1000 "done"
        4200   s2 close  1008 "no"
        4200   s3 close  4403 "forbidden"
        60000  end`,
    },
    {
      name: 'the replacement was opened before the old one was closed',
      timeline: `
        0      s1 open   wss://a.test/feed
        60000  s2 open   wss://a.test/feed
        61000  s1 close  1001 "drained"
        99000  end`,
      verdict: 'passed',
    },
    {
      name: 'the page left',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   s1 close  1001 "restart"
        5000   page pagehide doc=d1
        60000  end`,
    },
    {
      name: 'the page reloaded itself',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   s1 close  1001 "restart"
        5000   page beforeunload doc=d1
        5100   page pagehide doc=d1
        5600   s2 open   wss://a.test/feed doc=d2
        60000  end`,
      verdict: 'passed',
    },
    {
      name: 'the page comes back from another place in its code',
      timeline: `
        0      s1 open   wss://a.test/feed at=app.js:10:5
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://a.test/feed at=app.js:44:9
        9000   s2 close  1001 "restart"
        10000  s3 open   wss://a.test/feed at=app.js:44:9
        90000  end`,
      verdict: 'passed',
      data: { count: 2 },
    },
    {
      name: 'the page comes back to another host',
      timeline: `
        0      s1 open   wss://one.test/feed at=app.js:10:5
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://two.test/feed at=app.js:10:5
        90000  end`,
      verdict: 'passed',
    },
    {
      name: 'a random wait of nearly half a minute after 1012',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1012 "restart"
        35500  s2 open   wss://a.test/feed
        60000  end`,
      verdict: 'passed',
    },
    {
      name: 'a pool: another socket from the same place stays open',
      timeline: `
        0      s1 open   wss://a.test/feed
        5      s2 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        60000  end`,
      verdict: 'needs-review',
      messageId: 'finding_missingReconnection_others',
    },
    {
      name: 'a longer grace period was chosen',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        60000  end`,
      thresholds: { graceMs: 120_000 },
      verdict: 'needs-review',
    },
  ],
  invalid: [
    {
      name: 'another thing is opened from the same place in the code',
      timeline: `
        0      s1 open   wss://a.test/ws/feed at=client.js:1:1
        4200   s1 close  1001 "restart"
        5200   s2 open   wss://a.test/ws/chat at=client.js:1:1
        90000  end`,
      messageId: 'finding_missingReconnection_none',
    },
    {
      name: 'shown again after a while, and still nothing comes',
      timeline: `
        0       s1 open   wss://a.test/feed
        5000    page hidden
        10000   s1 close  1006
        100000  page visible
        145000  end`,
      messageId: 'finding_missingReconnection_none',
      at: 130_000,
    },
    {
      name: 'somebody reloads the page after it had its time',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   s1 close  1001 "restart"
        38000  page pagehide doc=d1
        38400  s2 open   wss://a.test/feed doc=d2
        60000  end`,
      messageId: 'finding_missingReconnection_none',
    },
    {
      name: 'the page is left after it had its time',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   s1 close  1001 "restart"
        38000  page pagehide doc=d1
        60000  end`,
      messageId: 'finding_missingReconnection_none',
    },
    {
      name: 'nothing for the whole grace period',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001 "restart"
        34200  end`,
      messageId: 'finding_missingReconnection_none',
      data: { code: 1001, graceMs: 30_000 },
      sockets: ['s1'],
    },
    {
      name: 'online again, and still nothing',
      timeline: `
        0      s1 open   wss://a.test/feed
        4000   page offline
        4200   s1 close  1006
        20000  page online
        50000  end`,
      messageId: 'finding_missingReconnection_none',
      data: { code: 1006 },
    },
    {
      name: 'one of two endpoints comes back, the other does not',
      timeline: `
        0      s1 open   wss://a.test/feed at=app.js:1:60
        0      s2 open   wss://a.test/feed at=app.js:1:165
        4200   s1 close  1001
        4200   s2 close  1001
        5200   s3 open   wss://a.test/feed at=app.js:1:60
        60000  end`,
      messageId: 'finding_missingReconnection_none',
      sockets: ['s2'],
    },
    {
      name: 'Firefox closes at the start of a navigation that is then cancelled',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   page beforeunload
        4215   s1 close  1001
        60000  end`,
      messageId: 'finding_missingReconnection_none',
      data: { closedBy: 'browser' },
    },
  ],
};
