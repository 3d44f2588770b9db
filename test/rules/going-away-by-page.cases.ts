import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'going-away-by-page',
  valid: [
    {
      name: 'a server that goes away says so with a reason',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   page beforeunload
        4215   s1 close  1001 "restart"
        9000   end`,
    },
    {
      name: 'a server that goes away while the page stays',
      timeline: `
        0      s1 open   wss://a.test/feed
        4215   s1 close  1001
        9000   end`,
    },
    {
      name: 'the document left and no close event came',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   page beforeunload doc=d1
        4210   page pagehide doc=d1
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'Firefox: 1001 without a reason as a navigation begins',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   page beforeunload
        4215   s1 close  1001
        9000   end`,
      messageId: 'finding_goingAwayByPage_navigation',
      data: { code: 1001, variant: 'navigation' },
    },
    {
      name: 'Chrome: 1006 on return from the back/forward cache',
      timeline: `
        0      s1 open   wss://a.test/feed doc=d1
        4200   page pagehide persisted doc=d1
        60000  page pageshow persisted doc=d1
        60003  s1 error
        60003  s1 close  1006
        62000  end`,
      messageId: 'finding_goingAwayByPage_bfcache',
      data: { code: 1006, variant: 'bfcache' },
    },
  ],
};
