/* Verdicts and findings over recorded behaviour of real client libraries. */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SessionEvent } from '../../src/model/events.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import type { Chain } from '../../src/rules/types.ts';

const HERE = new URL('.', import.meta.url);
const BUNDLED = new URL('../fixtures/timelines/recordings.ndjson.gz', HERE);

/** The rules that the recordings were judged by; others are neither right nor wrong there. */
const JUDGED = [
  'missing-reconnection',
  'backoff-reset-on-open',
  'policy-violation-retry-loop',
  'reconnection-without-backoff',
  'overlapping-reconnections',
  'reconnection-abandoned',
];

interface Recording {
  readonly id: string;
  readonly kind: string;
  readonly scenario: { readonly name: string };
  readonly expected: {
    readonly verdict: string;
    readonly findings: readonly string[];
    readonly acceptable: readonly string[];
    readonly delaysMs: readonly (number | null)[];
  };
  readonly log: { readonly events: readonly SessionEvent[] };
}

function read(path: string | URL): Recording[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Recording);
}

/** The chain that a recording is about: the one that was replaced most, then the largest. */
export function mainChain(chains: readonly Chain[]): Chain | undefined {
  return [...chains].sort(
    (a, b) => b.delaysMs.length - a.delaysMs.length || b.sockets.length - a.sockets.length,
  )[0];
}

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const verbose = process.argv.includes('--misses');
const recordings = (files.length > 0 ? files : [BUNDLED]).flatMap((file) => read(file));

interface Tally {
  right: number;
  all: number;
}
const byKind = new Map<string, Tally>();
const byScenario = new Map<string, Tally>();
const byVerdict = new Map<string, Tally>();
const rules = new Map(JUDGED.map((id) => [id, { hit: 0, missed: 0, wrong: 0, acceptable: 0 }]));
const other = new Map<string, number>();
const misses: string[] = [];
let exact = 0;
const started = performance.now();

for (const { id, kind, scenario, expected, log } of recordings) {
  const diagnosis = diagnose(log.events);
  const chain = mainChain(diagnosis.chains);
  const verdict = chain?.verdict ?? 'no-close';
  const right = verdict === expected.verdict;
  for (const [map, key] of [
    [byKind, kind],
    [byScenario, scenario.name.replace(/-\d+$/, '-N')],
    [byVerdict, expected.verdict],
  ] as const) {
    const tally = map.get(key) ?? { right: 0, all: 0 };
    tally.all++;
    if (right) tally.right++;
    map.set(key, tally);
  }
  if (!right) {
    misses.push(
      `${id}: ${verdict}, expected ${expected.verdict}; delays ${chain?.delaysMs.slice(0, 8).map(Math.round).join(' ')}`,
    );
  }
  const failed = new Set(
    diagnosis.findings.filter(({ verdict: v }) => v === 'failed').map(({ rule }) => rule),
  );
  let clean = true;
  for (const rule of JUDGED) {
    const tally = rules.get(rule)!;
    const wanted = expected.findings.includes(rule);
    const tolerated = expected.acceptable.includes(rule);
    if (failed.has(rule)) {
      if (wanted) tally.hit++;
      else if (tolerated) tally.acceptable++;
      else {
        tally.wrong++;
        clean = false;
        misses.push(`${id}: ${rule} should not fail`);
      }
    } else if (wanted) {
      tally.missed++;
      clean = false;
      misses.push(`${id}: ${rule} should fail`);
    }
  }
  if (clean && right) exact++;
  for (const rule of failed) {
    if (!JUDGED.includes(rule)) other.set(rule, (other.get(rule) ?? 0) + 1);
  }
}

const elapsed = performance.now() - started;
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
const total = [...byKind.values()].reduce((sum, { right }) => sum + right, 0);
const lines: string[] = [
  '# Chains: verdicts and findings over recorded clients',
  '',
  'Made by `npm run bench:chains`. The recordings are of real client libraries and of',
  'hand-written patterns, in headless Chromium, against a server that closes on purpose.',
  'A finding is wrong where it fails and is neither expected nor acceptable in that recording.',
  '',
  `Right verdicts: **${total} of ${recordings.length} (${percent(total, recordings.length)})**; verdict and all findings right: ${exact} (${percent(exact, recordings.length)}).`,
];
const table = (title: string, map: Map<string, Tally>): void => {
  lines.push('', `| ${title} | recordings | right verdict |`, '| --- | ---: | ---: |');
  for (const [key, { right, all }] of [...map].sort(([a], [b]) => (a < b ? -1 : 1))) {
    lines.push(`| ${key} | ${all} | ${right} (${percent(right, all)}) |`);
  }
};
table('kind', byKind);
table('scenario', byScenario);
table('expected verdict', byVerdict);
lines.push(
  '',
  '| rule | found | missed | wrong | acceptable | precision | recall |',
  '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
);
for (const [rule, { hit, missed, wrong, acceptable }] of rules) {
  lines.push(
    `| ${rule} | ${hit} | ${missed} | ${wrong} | ${acceptable} | ${percent(hit, hit + wrong)} | ${percent(hit, hit + missed)} |`,
  );
}
lines.push('', '| other rules that failed | recordings |', '| --- | ---: |');
for (const [rule, n] of [...other].sort(([a], [b]) => (a < b ? -1 : 1)))
  lines.push(`| ${rule} | ${n} |`);
lines.push('', '## Misses', '');
for (const miss of misses) lines.push(`- ${miss}`);

const report = `${lines.join('\n')}\n`;
console.log(
  verbose || misses.length < 60
    ? report
    : `${report.split('## Misses')[0]}${misses.length} misses (--misses lists them)`,
);
console.log(`${Math.round(elapsed)} ms for ${recordings.length} recordings`);
if (files.length === 0) {
  writeFileSync(new URL('../../docs/benchmarks/chains.md', HERE), report);
}
