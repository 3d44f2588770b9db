import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'handshake-rejected',
  valid: [
    {
      name: 'an error event, and the watch ends before its close event can come',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 error
        80     end`,
    },
    {
      name: 'it opened, and was lost later',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1006
        9000   end`,
    },
    {
      name: 'the page gave the attempt up itself',
      timeline: `
        0      s1 new    wss://a.test/feed
        3000   s1 call   state=0
        3001   s1 close  1006
        9000   end`,
    },
    {
      name: 'its beginning was not recorded',
      timeline: `
        0      dropped 40
        4200   s1 close  1006
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'the server agreed, and the browser did not take its answer',
      timeline: `
        0      s1 new    wss://a.test/feed
        100    handshake wss://a.test/feed 101
        102    s1 error
        103    s1 close  1006
        9000   end`,
      messageId: 'finding_handshakeRejected_switched',
      data: { status: 101, advice: 'switched' },
      sockets: ['s1'],
    },
    {
      name: 'the same, told by the browser after the close',
      timeline: `
        0      s1 new    wss://a.test/feed
        102    s1 error
        103    s1 close  1006
        110    handshake wss://a.test/feed 101
        9000   end`,
      messageId: 'finding_handshakeRejected_switched',
      sockets: ['s1'],
    },
    {
      name: 'an error event and no close event: the browser itself refused',
      timeline: `
        0      s1 new    wss://a.test/feed
        2      s1 error
        9000   end`,
      messageId: 'finding_handshakeRejected_blocked',
      data: { blocked: true, advice: 'blocked' },
      sockets: ['s1'],
    },
    {
      name: 'HTTP 403, told by the browser for the socket',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 error
        80     s1 close  1006
        95     handshake wss://a.test/feed 403
        9000   end`,
      messageId: 'finding_handshakeRejected_http',
      data: { status: 403, advice: 'credentials' },
      sockets: ['s1'],
    },
    {
      name: 'HTTP 503: the advice is about the server, not about credentials',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 error
        80     s1 close  1006
        95     handshake wss://a.test/feed 503
        9000   end`,
      messageId: 'finding_handshakeRejected_http',
      data: { status: 503, advice: 'server' },
      sockets: ['s1'],
    },
    {
      name: 'the browser’s entry comes first',
      timeline: `
        70     handshake wss://a.test/feed 401
        71     s1 new    wss://a.test/feed
        80     s1 close  1006
        9000   end`,
      messageId: 'finding_handshakeRejected_http',
      data: { status: 401 },
      sockets: ['s1'],
    },
    {
      name: 'refused, in the browser’s own words',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 close  1006
        95     handshake wss://a.test/feed 0 "Error in connection establishment: net::ERR_CONNECTION_REFUSED"
        9000   end`,
      messageId: 'finding_handshakeRejected_error',
      data: { error: 'Error in connection establishment: net::ERR_CONNECTION_REFUSED' },
    },
    {
      name: 'nothing but 1006',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 close  1006
        9000   end`,
      messageId: 'finding_handshakeRejected_unseen',
    },
    {
      name: 'offline',
      timeline: `
        0      page offline
        10     s1 new    wss://a.test/feed
        12     s1 close  1006
        9000   end`,
      messageId: 'finding_handshakeRejected_offline',
    },
  ],
};
