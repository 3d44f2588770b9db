import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'abnormal-closure',
  valid: [
    {
      name: 'the page was closing it',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 call
        64200  s1 close  1006
        70000  end`,
    },
    {
      name: 'it never opened',
      timeline: `
        0      s1 new    wss://a.test/feed
        80     s1 close  1006
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'a minute without a message',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 send   text 20
        64200  s1 close  1006
        70000  end`,
      messageId: 'finding_abnormalClosure_idle',
      data: { variant: 'idle', idleMs: 60_000 },
    },
    {
      name: 'in the middle of traffic',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 receive text 20
        4300   s1 close  1006
        9000   end`,
      messageId: 'finding_abnormalClosure_lost',
    },
    {
      name: 'the cable was pulled',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   page offline
        4300   s1 close  1006
        9000   end`,
      messageId: 'finding_abnormalClosure_offline',
    },
    {
      name: 'a drill: a person cut it on purpose, and the finding says so',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 drill  cut
        4201   s1 close  1006
        9000   end`,
      messageId: 'finding_abnormalClosure_lost',
      data: { drill: 'cut' },
    },
    {
      name: 'the page was frozen',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   page freeze
        90000  page resume
        90100  s1 close  1006
        99000  end`,
      messageId: 'finding_abnormalClosure_frozen',
    },
    {
      name: 'the server broke the protocol',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1006
        4210   s1 handshake 0 "Could not decode a text frame as UTF-8."
        9000   end`,
      messageId: 'finding_abnormalClosure_protocol',
    },
  ],
};
