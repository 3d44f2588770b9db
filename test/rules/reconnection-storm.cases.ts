import type { RuleCases } from './cases.ts';

const sockets = (ids: readonly number[], line: (id: number) => string): string =>
  ids.map(line).join('\n');
const six = [1, 2, 3, 4, 5, 6];
const sixteen = Array.from({ length: 16 }, (_, i) => i + 1);
/** Random delays of which five happen to end within 250 ms, the first five at that. */
const spread = [
  310, 340, 400, 480, 540, 900, 1300, 1340, 1750, 2100, 2600, 3000, 3300, 3900, 4400, 4900,
];

export const cases: RuleCases = {
  rule: 'reconnection-storm',
  valid: [
    {
      name: 'six sockets come back, each after a delay of its own',
      timeline: `
        ${sockets(six, (id) => `0 s${id} open wss://a.test/feed/${'abcdef'[id - 1]}`)}
        ${sockets(six, (id) => `4200 s${id} close 1001`)}
        ${sockets(six, (id) => `${4200 + id * 700} r${id} open wss://a.test/feed/${'abcdef'[id - 1]}`)}
        20000 end`,
    },
    {
      name: 'of sixteen sockets with random delays, five happen to come back together',
      timeline: `
        ${sockets(sixteen, (id) => `0 s${id} open wss://a.test/feed`)}
        ${sockets(sixteen, (id) => `${4200 + (id % 3)} s${id} close 1001`)}
        ${sockets(sixteen, (id) => `${4203 + spread[id - 1]!} r${id} open wss://a.test/feed`)}
        20000 end`,
    },
    {
      name: 'a reload in Firefox, which ends six sockets and opens six others',
      timeline: `
        ${sockets(six, (id) => `0 s${id} open wss://a.test/feed/${'abcdef'[id - 1]} doc=d1`)}
        4180 page beforeunload doc=d1
        ${sockets(six, (id) => `${4194 + id} s${id} close 1001`)}
        4210 page pagehide doc=d1
        ${sockets(six, (id) => `${4290 + id * 3} r${id} open wss://a.test/feed/${'abcdef'[id - 1]} doc=d2`)}
        20000 end`,
    },
    {
      name: 'two sockets come back together',
      timeline: `
        0      s1 open   wss://a.test/feed
        0      s2 open   wss://a.test/chat
        4200   s1 close  1001
        4200   s2 close  1001
        5200   s3 open   wss://a.test/feed
        5200   s4 open   wss://a.test/chat
        9000   end`,
    },
  ],
  invalid: [
    {
      name: 'six sockets come back at the same moment',
      timeline: `
        ${sockets(six, (id) => `0 s${id} open wss://a.test/feed/${'abcdef'[id - 1]}`)}
        ${sockets(six, (id) => `4200 s${id} close 1001`)}
        ${sockets(six, (id) => `${5200 + id} r${id} open wss://a.test/feed/${'abcdef'[id - 1]}`)}
        20000 end`,
      messageId: 'finding_reconnectionStorm_lockstep',
      data: { variant: 'lockstep', attempts: 6 },
      sockets: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'],
    },
    {
      name: 'one endpoint in a tight loop',
      timeline: `
        ${Array.from({ length: 61 }, (_, i) => `${i * 100} s${i} new wss://a.test/feed\n${i * 100 + 20} s${i} close 1006`).join('\n')}
        20000 end`,
      messageId: 'finding_reconnectionStorm_loop',
      data: { variant: 'loop', attempts: 60 },
    },
  ],
};
