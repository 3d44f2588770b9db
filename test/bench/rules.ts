/* A session of a million events in ten thousand sockets, from a file, in one pass. */

import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SessionEvent } from '../../src/model/events.ts';
import { explainClose } from '../../src/rules/causes/index.ts';
import { createDiagnosis } from '../../src/rules/create-diagnosis.ts';

const SOCKETS = 10_000;
const EVENTS = 1_000_000;
const ENDPOINTS = 40;
const PARTS = 10;
const HERE = new URL('.', import.meta.url);

/** The same file each time: a small generator of numbers of its own. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function generate(path: string): Promise<void> {
  const next = numbers(42);
  const file = createWriteStream(path);
  const write = async (event: SessionEvent): Promise<void> => {
    if (!file.write(`${JSON.stringify(event)}\n`)) await once(file, 'drain');
  };
  const perSocket = Math.floor(EVENTS / SOCKETS) - 3;
  const closes = [
    [1001, 'restart'],
    [1008, 'token expired'],
    [1006, ''],
    [1000, 'done'],
    [1011, 'internal error'],
    [1008, 'rate limit exceeded'],
  ] as const;
  // Forty endpoints take turns; each socket lives for a while and is replaced after a delay.
  let t = 0;
  for (let round = 0; round < SOCKETS / ENDPOINTS; round++) {
    const live = Array.from(
      { length: ENDPOINTS },
      (_, endpoint) => `s${round * ENDPOINTS + endpoint}`,
    );
    for (const [endpoint, socket] of live.entries()) {
      t += next() * 20;
      await write({
        t,
        type: 'opening',
        socket,
        url: `wss://host${endpoint}.test/feed/${endpoint}?token=t${round % 3}`,
        stack: `at app.js:${endpoint + 1}:10`,
        document: 'd1',
      });
      await write({ t: t + 5, type: 'open', socket });
    }
    for (let i = 0; i < perSocket; i++) {
      for (const socket of live) {
        t += next() * 2;
        await write({
          t,
          type: next() < 0.4 ? 'send' : 'receive',
          socket,
          kind: next() < 0.9 ? 'text' : 'binary',
          bytes: Math.floor(next() * 2000),
        });
      }
    }
    for (const socket of live) {
      t += next() * 20;
      const [code, reason] = closes[Math.floor(next() * closes.length)]!;
      await write({ t, type: 'close', socket, code, reason, wasClean: code !== 1006 });
    }
    t += 1000 + next() * 3000;
  }
  file.end();
  await once(file, 'finish');
}

const folder = join(tmpdir(), 'websocket-close-inspector-bench');
mkdirSync(folder, { recursive: true });
const path = join(folder, 'rules-1.ndjson');
if (!existsSync(path)) await generate(path);

let peak = 0;
const sample = (): void => {
  peak = Math.max(peak, process.memoryUsage().rss);
};
const base = process.memoryUsage().rss;
const diagnosis = createDiagnosis();
const started = performance.now();
const startedCpu = process.cpuUsage();
let events = 0;
let reduced = 0;
let last = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  const event = JSON.parse(line) as SessionEvent;
  const from = performance.now();
  diagnosis.push(event);
  reduced += performance.now() - from;
  last = event.t;
  if (++events % 20_000 === 0) sample();
}
const seconds = (performance.now() - started) / 1000;
const used = process.cpuUsage(startedCpu);
const processor = (used.user + used.system) / 1e6;
sample();
const { findings, chains } = diagnosis;

/** Milliseconds: the median of 2,000, and the least median of ten parts of them, which little else got in the way of. */
interface Cost {
  readonly median: number;
  readonly quiet: number;
}

/** What one more event costs, the findings read after it as a panel would. */
function oneMore(make: (i: number) => SessionEvent, read: boolean): Cost {
  const costs: number[] = [];
  for (let i = 0; i < 2_000; i++) {
    const event = make(i);
    const from = performance.now();
    diagnosis.push(event);
    if (read) void diagnosis.findings.length;
    costs.push(performance.now() - from);
  }
  return costOf(costs);
}

function costOf(costs: readonly number[]): Cost {
  const middle = (part: readonly number[]): number =>
    [...part].sort((a, b) => a - b)[part.length >> 1]!;
  const size = costs.length / PARTS;
  const parts = Array.from({ length: PARTS }, (_, i) => costs.slice(i * size, (i + 1) * size));
  return { median: middle(costs), quiet: Math.min(...parts.map(middle)) };
}
diagnosis.push({ t: last, type: 'opening', socket: 'y', url: 'wss://host1.test/feed/1' });
diagnosis.push({ t: last, type: 'open', socket: 'y' });
const traffic = oneMore(
  (i) => ({ t: last + i, type: 'send', socket: 'y', kind: 'text', bytes: 40 }),
  false,
);
last += 3_000;
/** One socket after another, as most pages have them: each lives for half a minute and is replaced after a while. */
const openings: number[] = [];
const closings: number[] = [];
for (let i = 0; i < 2_000; i++) {
  const timed = (event: SessionEvent, into?: number[]): void => {
    const from = performance.now();
    diagnosis.push(event);
    void diagnosis.findings.length;
    into?.push(performance.now() - from);
  };
  last += 30_000 + 1_000 + (i % 7) * 300;
  const socket = `z${i}`;
  const url = `wss://host2.test/feed/2?token=t${i}`;
  timed(
    { t: last, type: 'opening', socket, url, stack: 'at app.js:3:10', document: 'd1' },
    openings,
  );
  timed({ t: last + 5, type: 'open', socket });
  timed({ t: last + 10, type: 'send', socket, kind: 'text', bytes: 60 });
  const [code, reason] = i % 2 === 0 ? [1008, 'token expired'] : [1001, ''];
  timed({ t: last + 30_000, type: 'close', socket, code, reason, wasClean: true }, closings);
}
const [turnOpening, turnClosing] = [costOf(openings), costOf(closings)];
last += 3_000;
const opening = oneMore(
  (i) => ({
    t: last + i * 2,
    type: 'opening',
    socket: `x${i}`,
    url: `wss://host1.test/feed/1?token=t${i}`,
    stack: 'at app.js:2:10',
    document: 'd1',
  }),
  true,
);
last += 5_000;
const closing = oneMore(
  (i) => ({
    t: last + i * 2,
    type: 'close',
    socket: `x${i}`,
    code: i % 2 === 0 ? 1008 : 1001,
    reason: i % 2 === 0 ? 'token expired' : '',
    wasClean: true,
  }),
  true,
);

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
const micro = ({ median, quiet }: Cost): string =>
  `${(median * 1000).toFixed(1)} µs (${(quiet * 1000).toFixed(1)} µs)`;
const explained: number[] = [];
for (let i = 0; i < 2_000; i++) {
  const socket = diagnosis.sockets.get(`x${i - (i % 2)}`)!;
  const from = performance.now();
  explainClose({ socket, earlier: [], contemporaries: [] });
  explained.push(performance.now() - from);
}
const explanation = costOf(explained);
const report = `# Rules: a long session

Made by \`npm run bench:rules\`: ${events.toLocaleString('en')} events in ${SOCKETS.toLocaleString('en')} sockets of ${ENDPOINTS} endpoints, read line by line
from a file and diagnosed in one pass. "One more" is the median of 2,000 further events of that kind
after the whole session, with the findings read again after each opening and close; in brackets the
median of the quietest of ten parts of them.

| measure | value |
| --- | ---: |
| file to findings | ${seconds.toFixed(1)} s (${Math.round(events / seconds).toLocaleString('en')} events/s) |
| of it reduction and rules | ${(reduced / 1000).toFixed(1)} s |
| processor time of the pass | ${processor.toFixed(1)} s |
| peak memory (resident) | ${megabytes(peak)}, of it ${megabytes(peak - base)} for the session |
| findings, chains | ${findings.length}, ${chains.length} |
| one more message | ${micro(traffic)} |
| one more opening | ${micro(turnOpening)} |
| one more close, its cause explained | ${micro(turnClosing)} |
| one more opening while up to 2,000 others of its chain are open | ${micro(opening)} |
| one more close, its cause explained, while they are | ${micro(closing)} |
| of it the explanation | ${micro(explanation)} |
`;
console.log(report);
if (process.argv.includes('--write') || !process.env.CI) {
  mkdirSync(new URL('../../docs/benchmarks/', HERE), { recursive: true });
  writeFileSync(new URL('../../docs/benchmarks/rules.md', HERE), report);
}
