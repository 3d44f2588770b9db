import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  headerOf,
  readLog,
  redactInSteps,
  type SessionLog,
  writeLog,
} from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';

/**
 * `npm run bench:log`: 1,000,000 events written and read as JSON, NDJSON and gzip of both. Each
 * run is a process of its own, so that its peak memory is its own. `breathe` hands over to the
 * event loop: the longest stretch without it is what a page would feel as one task.
 */
const EVENTS = 1_000_000;
const FORMS = ['json', 'ndjson', 'json.gz', 'ndjson.gz'] as const;
type Form = (typeof FORMS)[number];

interface Run {
  readonly seconds: number;
  /** Peak resident memory beyond what the process had before, MiB. */
  readonly peakMiB: number;
  readonly longestTaskMs: number;
}

function session(): SessionLog {
  const events: SessionEvent[] = [];
  const perSocket = 100;
  for (let socket = 0; events.length < EVENTS - 1; socket++) {
    const id = `s${socket}`;
    let t = socket * 20;
    events.push({
      t,
      type: 'opening',
      socket: id,
      url: `wss://api.example.test/v1/feed/${socket % 50}?token=${(socket * 2654435761) >>> 0}`,
      protocols: ['graphql-transport-ws'],
      document: 'd1',
      stack:
        'connect (https://app.example.test/assets/app.js:120:15)\nretry (https://app.example.test/assets/app.js:160:9)',
    });
    events.push({
      t: t + 30,
      type: 'open',
      socket: id,
      protocol: 'graphql-transport-ws',
      extensions: '',
    });
    for (let n = 0; n < perSocket - 3 && events.length < EVENTS - 2; n++) {
      t += 7.25;
      events.push({
        t,
        type: n % 3 === 0 ? 'send' : 'receive',
        socket: id,
        kind: 'text',
        bytes: 80 + n,
        count: 3,
        largest: 60,
      });
    }
    events.push({
      t: t + 5,
      type: 'close',
      socket: id,
      code: 1001,
      reason: 'going away',
      wasClean: true,
    });
  }
  events.length = EVENTS - 1;
  events.sort((a, b) => a.t - b.t);
  events.push({ t: events.at(-1)!.t, type: 'end' });
  return {
    format: 'websocket-session-log',
    version: 1,
    startedAt: '2026-01-31T09:30:00.000Z',
    events,
  };
}

/**
 * Time between two breaths is one task of a page. The smaller of the clock's time and the
 * processor's (of all threads): neither can be less than what the task itself took, and a
 * machine busy with others lengthens only the first.
 */
function breather() {
  let longest = 0;
  let from = performance.now();
  let used = process.cpuUsage();
  return {
    breathe: async () => {
      const { user, system } = process.cpuUsage(used);
      longest = Math.max(longest, Math.min(performance.now() - from, (user + system) / 1000));
      await new Promise((next) => setImmediate(next));
      used = process.cpuUsage();
      from = performance.now();
    },
    get longest() {
      return longest;
    },
  };
}

async function write(path: string, form: Form): Promise<Run> {
  const log = session();
  return measured(async (breathe) => {
    const file = createWriteStream(path);
    const options = {
      form: form.startsWith('nd') ? 'ndjson' : 'json',
      gzip: form.endsWith('.gz'),
      breathe,
    } as const;
    for await (const piece of writeLog(headerOf(log), log.events, options)) {
      if (!file.write(piece)) await new Promise<void>((next) => file.once('drain', () => next()));
    }
    await new Promise<void>((next) => file.end(() => next()));
  });
}

async function read(path: string): Promise<Run> {
  return measured(async (breathe) => {
    const { log } = await readLog(createReadStream(path), { breathe });
    if (log.events.length !== EVENTS) throw new Error(`${log.events.length} events read`);
  });
}

async function redacted(): Promise<Run> {
  const log = session();
  return measured(async (breathe) => {
    const { events } = await redactInSteps(log, {}, breathe);
    if (events.length !== EVENTS) throw new Error('events lost');
  });
}

async function measured(work: (breathe: () => Promise<void>) => Promise<void>): Promise<Run> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const breath = breather();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const from = performance.now();
  await work(breath.breathe);
  const seconds = (performance.now() - from) / 1000;
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage().rss);
  return { seconds, peakMiB: (peak - before) / 2 ** 20, longestTaskMs: breath.longest };
}

/** The best of three: what others do on the machine only ever makes it slower. */
function inOwnProcess(...args: string[]): Run {
  const runs = [0, 1, 2].map(() => once(...args));
  const best = (of: (run: Run) => number): number => Math.min(...runs.map(of));
  return {
    seconds: best(({ seconds }) => seconds),
    peakMiB: best(({ peakMiB }) => peakMiB),
    longestTaskMs: best(({ longestTaskMs }) => longestTaskMs),
  };
}

function once(...args: string[]): Run {
  const self = fileURLToPath(import.meta.url);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', self, ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-log-'));
  try {
    const rows: string[] = [];
    for (const form of FORMS) {
      const path = join(folder, `log.${form}`);
      const out = inOwnProcess('write', path, form);
      const back = inOwnProcess('read', path, form);
      const size = statSync(path).size / 1e6;
      const row = `| ${form} | ${size.toFixed(1)} MB | ${cells(out)} | ${cells(back)} |`;
      console.log(row);
      rows.push(row);
    }
    const masked = inOwnProcess('redact');
    const text = `# Saving and opening a session log

\`npm run bench:log\`: ${EVENTS.toLocaleString('en')} events in 10,000 sockets, each run a process of its own, the best of three. Memory is the peak beyond what the process held before: when writing, the session itself is already there; when reading, it is what is left in the end. The longest task is the longest stretch between two breaths (64 KiB of text), collections of garbage included. Node ${process.versions.node}, ${cpus().length} cores.

| | size | write | memory | longest task | read | memory | longest task |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Redacting the whole session takes ${masked.seconds.toFixed(1)} s, its longest task ${masked.longestTaskMs.toFixed(0)} ms.
`;
    mkdirSync('docs/benchmarks', { recursive: true });
    writeFileSync('docs/benchmarks/log.md', text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function cells({ seconds, peakMiB, longestTaskMs }: Run): string {
  return `${seconds.toFixed(1)} s | ${peakMiB.toFixed(0)} MiB | ${longestTaskMs.toFixed(0)} ms`;
}

const [job, path = '', form] = process.argv.slice(2);
if (job === undefined) await main();
else {
  const run =
    job === 'write'
      ? await write(path, form as Form)
      : job === 'read'
        ? await read(path)
        : await redacted();
  process.stdout.write(JSON.stringify(run));
}
