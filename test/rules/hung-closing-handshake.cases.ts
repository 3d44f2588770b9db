import type { RuleCases } from './cases.ts';

export const cases: RuleCases = {
  rule: 'hung-closing-handshake',
  valid: [
    {
      name: 'called as the page goes into the back/forward cache',
      timeline: `
        0       s1 open   wss://a.test/feed
        10000   page pagehide persisted
        10001   s1 call   1000
        600000  page pageshow persisted
        600050  s1 close  1000
        610000  end`,
    },
    {
      name: 'closed on the way into the back/forward cache, where no event can come',
      timeline: `
        0       s1 open   wss://a.test/feed
        10000   s1 call   1000
        10001   page pagehide persisted
        600000  page pageshow persisted
        600050  s1 close  1000
        610000  end`,
    },
    {
      name: 'the page is frozen',
      timeline: `
        0       s1 open   wss://a.test/feed
        9000    page hidden
        10000   s1 call   1000
        10500   page freeze
        60000   end`,
    },
    {
      name: 'answered at once',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1000
        130    s1 close  1000
        9000   end`,
    },
    {
      name: 'the watch ends too soon to say',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1000
        3000   end`,
    },
    {
      name: 'a call that had no effect',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 close  1001
        120    s1 call   state=3
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'no close event',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1000
        9000   end`,
      messageId: 'finding_hungClosingHandshake_hung',
      data: { calledAt: 100, timeoutMs: 5000 },
    },
    {
      name: 'the browser gives up after a minute',
      timeline: `
        0      s1 open   wss://a.test/feed
        100    s1 call   1000
        60100  s1 close  1006
        61000  end`,
      messageId: 'finding_hungClosingHandshake_late',
      data: { waitedMs: 60_000, code: 1006 },
    },
  ],
};
