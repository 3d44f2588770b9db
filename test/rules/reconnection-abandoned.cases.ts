import type { RuleCases } from './cases.ts';

const failing = `
        0      s1 open   wss://a.test/feed
        4200   s1 close  1001
        7200   s2 new    wss://a.test/feed
        7300   s2 close  1006
        10300  s3 new    wss://a.test/feed
        10400  s3 close  1006
        13400  s4 new    wss://a.test/feed
        13500  s4 close  1006`;

export const cases: RuleCases = {
  rule: 'reconnection-abandoned',
  valid: [
    {
      name: 'the next attempt is still to be expected',
      timeline: `${failing}
        20000  end`,
    },
    {
      name: 'the page is hidden meanwhile',
      timeline: `${failing}
        14000  page hidden
        90000  end`,
    },
    {
      name: 'the last attempt held',
      timeline: `${failing}
        16500  s5 open   wss://a.test/feed
        90000  end`,
    },
  ],
  invalid: [
    {
      name: 'three attempts, then silence',
      timeline: `${failing}
        90000  end`,
      messageId: 'finding_reconnectionAbandoned_silent',
      data: { attempts: 3, longestDelayMs: 3000, silenceMs: 20_000 },
    },
  ],
};
