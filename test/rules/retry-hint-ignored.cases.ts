import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'retry-hint-ignored',
  valid: [
    {
      name: 'twelve seconds after 1012',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1012 "restart"
        16200  s2 open   wss://a.test/feed
        20000  end`,
    },
    {
      name: 'another address after 1013',
      timeline: `
        0      s1 open   wss://one.a.test/feed
        4200   s1 close  1013 "busy"
        5200   s2 open   wss://two.a.test/feed
        20000  end`,
    },
  ],
  invalid: [
    {
      name: 'one second after 1012',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1012 "restart"
        5200   s2 open   wss://a.test/feed
        20000  end`,
      messageId: 'finding_retryHintIgnored_early',
      data: { code: 1012, delayMs: 1000 },
    },
    {
      name: 'the same address after 1013',
      timeline: `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1013 "busy"
        12200  s2 open   wss://a.test/feed
        20000  end`,
      messageId: 'finding_retryHintIgnored_same',
      data: { code: 1013, delayMs: 8000 },
    },
  ],
};
