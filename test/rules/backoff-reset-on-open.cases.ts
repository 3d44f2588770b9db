import type { RuleCases } from './cases.ts';

const loop = (delays: readonly number[], lives: number): string => {
  let t = 0;
  const lines = delays.map((delay, i) => {
    const open = t;
    const close = open + lives;
    t = close + delay;
    return `${open} s${i} open wss://a.test/feed\n${close} s${i} close 4401 "Unauthorized"`;
  });
  return `${lines.join('\n')}\n${t + 1000} end`;
};

export const cases: RuleCases = {
  rule: 'backoff-reset-on-open',
  valid: [
    {
      name: 'the delay grows in spite of the opens',
      timeline: loop([1000, 2000, 4000, 8000, 16000, 30000], 50),
    },
    { name: 'connections that hold', timeline: loop([1000, 1000, 1000, 1000, 1000, 1000], 60_000) },
    { name: 'too few to say', timeline: loop([1000, 1000, 1000], 50) },
  ],
  invalid: [
    {
      name: 'accepted, closed at once, and the delay starts over',
      timeline: loop([1000, 1010, 1000, 1005, 1000, 1000], 50),
      messageId: 'finding_backoffResetOnOpen_loop',
      data: { connections: 6, medianAgeMs: 50, medianDelayMs: 1000 },
      sockets: ['s0', 's1', 's2', 's3', 's4', 's5'],
    },
  ],
};
