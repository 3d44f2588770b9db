import type { RuleCases } from './cases.ts';

const idle = (idles: readonly number[], code = 1006): string => {
  let t = 0;
  const lines = idles.map((ms, i) => {
    const at = t;
    t += 5000 + i * 20_000 + ms + 1000;
    return `${at} s${i} open wss://a.test/feed
      ${at + 5000 + i * 20_000} s${i} receive text 40
      ${t - 1000} s${i} close ${code}`;
  });
  return `${lines.join('\n')}\n${t + 100} end`;
};

export const cases: RuleCases = {
  rule: 'silent-idle-timeout',
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
      name: 'a login that is not made in time is refused with 1008',
      timeline: idle([5_000, 5_000, 5_000], 1008),
    },
    { name: 'idle times that differ', timeline: idle([60_000, 20_000, 140_000]) },
    { name: 'closed while messages flow', timeline: idle([100, 100, 100, 100]) },
  ],
  invalid: [
    {
      name: 'a minute without a message, each time',
      timeline: idle([60_000, 60_100, 59_900]),
      messageId: 'finding_silentIdleTimeout_cluster',
      data: { closes: 3, idleMs: 60_000 },
      sockets: ['s0', 's1', 's2'],
    },
  ],
};
