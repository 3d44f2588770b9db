import type { RuleCases } from './cases.ts';

const open = (n: number, apart: number): string =>
  Array.from({ length: n }, (_, i) => `${i * apart} s${i} open wss://a.test/feed`).join('\n');

export const cases: RuleCases = {
  rule: 'socket-leak',
  valid: [
    {
      name: 'each for a room of its own',
      timeline: `${Array.from({ length: 12 }, (_, i) => `${i * 5000} s${i} open wss://a.test/room/${100 + i}`).join('\n')}
        70000 end`,
      verdict: 'needs-review',
      messageId: 'finding_socketLeak_several',
    },
    {
      name: 'each for a symbol of its own',
      timeline: `${Array.from({ length: 12 }, (_, i) => `${i * 5000} s${i} open wss://a.test/quotes?symbol=S${i}`).join('\n')}
        70000 end`,
      verdict: 'needs-review',
      messageId: 'finding_socketLeak_several',
    },
    { name: 'a handful', timeline: `${open(5, 1000)}\n9000 end` },
    {
      name: 'many at once: a pool, perhaps',
      timeline: `${open(12, 1)}\n9000 end`,
      verdict: 'needs-review',
      messageId: 'finding_socketLeak_pool',
    },
    {
      name: 'a pool whose sockets are replaced, each after a delay of its own',
      timeline: `${open(12, 1)}
        ${Array.from({ length: 12 }, (_, i) => `5000 s${i} close 1001`).join('\n')}
        ${Array.from({ length: 12 }, (_, i) => `${5100 + i * 400} r${i} open wss://a.test/feed`).join('\n')}
        12000 end`,
      verdict: 'needs-review',
      messageId: 'finding_socketLeak_pool',
    },
    {
      name: 'each closed before the next',
      timeline: `${Array.from({ length: 30 }, (_, i) => `${i * 1000} s${i} open wss://a.test/feed\n${i * 1000 + 900} s${i} call 1000\n${i * 1000 + 910} s${i} close 1000`).join('\n')}
        40000 end`,
    },
  ],
  invalid: [
    {
      name: 'one more each time, for one of two things',
      timeline: `${Array.from({ length: 12 }, (_, i) => `${i * 5000} s${i} open wss://a.test/quotes?symbol=${i % 2 === 0 ? 'A' : 'B'}`).join('\n')}
        70000 end`,
      messageId: 'finding_socketLeak_growing',
    },
    {
      name: 'one more each second, each with a token and a time of its own',
      timeline: `${Array.from({ length: 12 }, (_, i) => `${i * 1000} s${i} open wss://a.test/feed?token=abcdef${i}&ts=17000000${i}0000`).join('\n')}
        13000 end`,
      messageId: 'finding_socketLeak_growing',
    },
    {
      name: 'one more each second',
      timeline: `${open(12, 1000)}\n13000 end`,
      messageId: 'finding_socketLeak_growing',
      data: { open: 12, made: 12 },
    },
  ],
};
