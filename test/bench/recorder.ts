/**
 * What the recorder costs a page: `npm run bench:recorder [-- --rounds 31 --scale 0.2 --browser chrome]`.
 * Variants run in turns in one browser, each in a window of its own; a figure is the median of
 * the ratios to the native run of the same turn. Writes docs/benchmarks/recorder.md.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { type BrowserName, launch, type Page } from '../support/browsers/index.ts';
import { serveBench } from './recorder-site.ts';

const { values: args } = parseArgs({
  options: {
    rounds: { type: 'string', default: '31' },
    scale: { type: 'string', default: '0.2' },
    browser: { type: 'string', multiple: true, default: ['chrome', 'firefox'] },
    only: { type: 'string', multiple: true },
    variant: { type: 'string', multiple: true },
    dry: { type: 'boolean', default: false },
    dist: { type: 'string', default: 'dist' },
  },
});
const rounds = Number(args.rounds);
const scale = Number(args.scale);

/** Workload, how many, and what a unit of it is called. */
const WORKLOADS: readonly (readonly [name: string, n: number, title: string])[] = [
  ['frames', 100, '100 empty frames'],
  ['read', 20_000, 'reading `data` of 20,000 messages, nothing else'],
  ['write', 20_000, 'calling `send` 20,000 times, nothing else'],
  ['receive', 20_000, '20,000 small messages received'],
  ['send', 20_000, '20,000 small messages sent'],
  ['echo', 20_000, '20,000 small messages echoed'],
  ['blob', 32, '32 binaries of 1 MiB received as blobs'],
  ['buffer', 32, '32 binaries of 1 MiB received as buffers'],
  ['huge', 4, '4 binaries of 8 MiB echoed'],
  ['sockets', 100, '100 sockets opened and closed'],
];

type Variant = 'native' | 'idle' | 'panel' | 'subclass' | 'interceptors' | 'network';
const ALL: readonly Variant[] = ['native', 'idle', 'panel', 'subclass', 'interceptors'];
/** Recording of the network by the DevTools protocol is Chromium's own. */
const VARIANTS: Readonly<Record<BrowserName, readonly Variant[]>> = {
  chrome: [...ALL, 'network'],
  firefox: ALL,
};
const TITLES: Readonly<Record<Variant, string>> = {
  native: 'native',
  idle: 'ours, no panel',
  panel: 'ours, recording',
  subclass: 'subclass with listeners',
  interceptors: '@mswjs/interceptors',
  network: 'Network by the DevTools protocol',
};

/** Those asked for; native always. */
function measured(name: BrowserName): readonly Variant[] {
  return VARIANTS[name].filter(
    (variant) =>
      variant === 'native' || args.variant === undefined || args.variant.includes(variant),
  );
}

const SUBCLASS = `{
  const Native = WebSocket; let n = 0; let bytes = 0;
  window.WebSocket = class WebSocket extends Native {
    constructor(...a) { super(...a); this.addEventListener('message', (e) => { n++; bytes += e.data.length ?? e.data.byteLength ?? e.data.size; }); this.addEventListener('open', () => n++); this.addEventListener('close', () => n++); }
    send(d) { n++; return super.send(d); }
  };
}`;

/** Host of the pages that get the content scripts; the others' is another. */
const OURS = '127.0.0.2';
const THEIRS = '127.0.0.1';

/** A link as the panel's is: asks each document for more, at most ten times a second, and is there again when the background ended. */
const LINK = `
  const api = globalThis.browser ?? chrome; window.bytes = 0; let port; const at = {}; let rest = {}; let news = {};
  const pull = (doc) => { news[doc] = false; rest[doc] = true; port.postMessage({ type: 'pull', doc, after: at[doc] ?? 0 }); };
  const hear = (m) => {
    if (m.type === 'document') pull(m.doc);
    if (m.type === 'news') { if (rest[m.doc]) news[m.doc] = true; else pull(m.doc); }
    if (m.type === 'batch') { const b = JSON.parse(m.json); window.bytes += m.json.length; at[m.doc] = b.last; if (b.more) pull(m.doc); else setTimeout(() => { rest[m.doc] = false; if (news[m.doc]) pull(m.doc); }, 100); }
  };
  const connect = (tabId) => {
    rest = {}; news = {};
    port = api.runtime.connect({ name: 'websocket-link' });
    port.onMessage.addListener(hear);
    port.onDisconnect.addListener(() => connect(tabId));
    port.postMessage({ type: 'attach', v: 1, link: 'bench', tabId, options: { previews: false } });
  };
  api.tabs.query({}).then((tabs) => { connect(tabs.find((t) => t.url?.endsWith('/panel'))?.id ?? -1); document.title = 'linked'; });
`;

/** The built extension, which here leaves the pages of the other variants alone. */
function benchExtension(browser: BrowserName, folder: string): string {
  const target = join(folder, browser);
  cpSync(join(args.dist, browser), target, { recursive: true });
  const file = join(target, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    content_scripts: Record<string, unknown>[];
  };
  for (const script of manifest.content_scripts) {
    script.matches = [`*://${OURS}/*`];
  }
  writeFileSync(file, JSON.stringify(manifest));
  writeFileSync(join(target, 'bench.js'), LINK);
  writeFileSync(join(target, 'bench.html'), '<!doctype html><script src="bench.js"></script>');
  return target;
}

async function interceptors(folder: string): Promise<string> {
  const entry = join(folder, 'interceptors.js');
  const library = new URL('../../node_modules/@mswjs/interceptors', import.meta.url).pathname;
  writeFileSync(
    entry,
    `import { WebSocketInterceptor } from '${library}/lib/browser/interceptors/WebSocket/index.mjs';
     const i = new WebSocketInterceptor(); i.apply(); i.on('connection', ({ server }) => server.connect());`,
  );
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'out'),
      lib: { entry, formats: ['iife'], name: 'interceptors', fileName: () => 'i.js' },
    },
  });
  return readFileSync(join(folder, 'out', 'i.js'), 'utf8').replaceAll('</script', '<\\/script');
}

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

type Times = Record<Variant, number[]>;

interface Results {
  readonly times: Map<string, Times>;
  readonly heap: string;
  /** What the recorder's own script takes in a frame. */
  readonly script: string;
}

async function measure(name: BrowserName, folder: string): Promise<Results> {
  const variants = measured(name);
  let heap = '';
  let script = '';
  const site = await serveBench({
    '/subclass': SUBCLASS,
    '/interceptors': await interceptors(folder),
  });
  const browser = await launch(name, { extension: benchExtension(name, folder) });
  const results = new Map<string, Times>();
  try {
    const pages = new Map<Variant, Page>();
    for (const variant of variants) {
      pages.set(
        variant,
        await browser.newPage(
          `http://${variant === 'idle' || variant === 'panel' ? OURS : THEIRS}:${site.port}/${variant}`,
        ),
      );
    }
    const network = pages.get('network');
    if (network !== undefined) await protocol(network)('Network.enable');
    const link = await browser.newPage(`${browser.extensionOrigin}/bench.html`);
    await link.waitFor(() => document.title !== '');
    for (const [workload, full] of WORKLOADS) {
      if (args.only !== undefined && !args.only.includes(workload)) continue;
      const n = Math.max(20, Math.round(full * scale));
      const count = full < 100 ? full : n;
      const times: Times = {
        native: [],
        idle: [],
        panel: [],
        subclass: [],
        interceptors: [],
        network: [],
      };
      // A browser takes its time over each closing handshake, whoever looks on.
      const turns = workload === 'sockets' ? Math.min(rounds, 7) : rounds;
      const read = await link.evaluate<number>('bytes');
      for (let round = -1; round < turns; round += 1) {
        // Each turn begins with another variant; the first turn only warms up.
        for (let i = 0; i < variants.length; i += 1) {
          const variant = variants[(i + round + 1) % variants.length] as Variant;
          const page = pages.get(variant) as Page;
          const ms = await page.evaluate<number>(
            `runWorkload(${JSON.stringify(workload)}, ${count})`,
          );
          if (round >= 0) times[variant].push(ms);
        }
      }
      if (pages.has('panel') && workload !== 'frames') {
        await link.waitFor(`bytes > ${read}`);
      }
      results.set(workload, times);
      console.log(name, workload, line(name, times, count));
    }
    if (args.only?.includes('script') ?? true) {
      // Strict code would be compiled anew by every `eval`, which no content script is.
      const code = readFileSync(join(args.dist, name, 'src/page/recorder.iife.js'), 'utf8').replace(
        '"use strict";',
        '',
      );
      script = await (pages.get('native') as Page).evaluate<string>(
        `runScript(${JSON.stringify(code)}, 300)`,
      );
      console.log(name, script);
    }
    if (name === 'chrome' && (args.only?.includes('heap') ?? true)) heap = await heaps(pages);
    console.log(name, 'bytes that the link read:', await link.evaluate<number>('bytes'));
  } finally {
    await browser.close();
    site.close();
  }
  return { times: results, heap, script };
}

const HEAP_MESSAGES = 1_000_000;

/** The DevTools protocol of a page of Chromium. */
function protocol(page: Page) {
  const { send } = page as unknown as { send(method: string): Promise<{ usedSize?: number }> };
  return (method: string) => send.call(page, method);
}

/** How much the heap has grown, garbage collected, by messages received in runs of 20,000. */
async function heaps(pages: ReadonlyMap<Variant, Page>): Promise<string> {
  let text = '';
  for (const variant of ['native', 'idle', 'panel'] as const) {
    const page = pages.get(variant) as Page;
    const send = protocol(page);
    const used = async (): Promise<number> => {
      await send('HeapProfiler.collectGarbage');
      return (await send('Runtime.getHeapUsage')).usedSize ?? 0;
    };
    const before = await used();
    for (let i = 0; i < HEAP_MESSAGES; i += 20_000)
      await page.evaluate("runWorkload('receive', 20000)");
    text += `${text === '' ? '' : ', '}${TITLES[variant]} ${((await used()) - before) >> 10} KiB`;
  }
  return `\nGrowth of the heap by ${HEAP_MESSAGES.toLocaleString('en')} messages received on ${HEAP_MESSAGES / 20_000} sockets, after a collection: ${text}.\n`;
}

/** The median of the ratios, and between which of them the true median lies in 95 of 100 cases. */
function ratio(times: Times, variant: Variant): string {
  const ratios = times[variant]
    .map((ms, i) => ms / (times.native[i] as number))
    .sort((a, b) => a - b);
  const rank = Math.max(0, Math.floor(ratios.length / 2 - 0.98 * Math.sqrt(ratios.length)));
  const [low, high] = [ratios[rank] ?? 0, ratios[ratios.length - 1 - rank] ?? 0];
  return `${median(ratios).toFixed(3)} × [${low.toFixed(3)}–${high.toFixed(3)}]`;
}

function nanoseconds(times: Times, variant: Variant, n: number): number {
  return median(times[variant].map((ms, i) => ((ms - (times.native[i] as number)) / n) * 1e6));
}

function line(name: BrowserName, times: Times, n: number): string {
  return measured(name)
    .map((variant) =>
      variant === 'native'
        ? `${median(times.native).toFixed(1)} ms`
        : `${ratio(times, variant)} (${nanoseconds(times, variant, n).toFixed(0)} ns)`,
    )
    .join(' | ');
}

const folder = mkdtempSync(join(tmpdir(), 'bench-recorder-'));
let text = `# What the recorder costs

\`npm run bench:recorder\`: variants in turns in one browser against a local server, ${rounds} turns each
after one to warm up; ratios are medians of the ratios to the native run of the same turn, in square brackets
where the true median lies with 95 % confidence, in round ones
the difference per message, socket or frame in nanoseconds. ${cpus().length} cores (${cpus()[0]?.model ?? '?'}), shared with other work${scale === 1 ? '' : `; ${scale} of the full counts`}.
`;
try {
  for (const name of args.browser as BrowserName[]) {
    const { times: results, heap, script } = await measure(name, folder);
    text += `\n## ${name === 'chrome' ? 'Chromium' : 'Firefox'}\n\n| workload | ${measured(name)
      .map((v) => TITLES[v])
      .join(' | ')} |\n| --- | ${measured(name)
      .map(() => '---:')
      .join(' | ')} |\n`;
    for (const [workload, full, title] of WORKLOADS) {
      const times = results.get(workload);
      if (times !== undefined) {
        text += `| ${title} | ${line(name, times, full < 100 ? full : Math.max(20, Math.round(full * scale)))} |\n`;
      }
    }
    text += script === '' ? '' : `\n${script}\n`;
    text += heap;
  }
  if (!args.dry) {
    mkdirSync('docs/benchmarks', { recursive: true });
    writeFileSync('docs/benchmarks/recorder.md', text);
  }
  console.log(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
