/* Writes docs/rules from the rules themselves, their texts and their test timelines. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { RULES } from '../src/rules/registry.ts';
import { ruleKey } from '../src/rules/text-ids.ts';
import type { RuleMeta, Threshold } from '../src/rules/types.ts';
import type { RuleCase, RuleCases } from '../test/rules/cases.ts';

const FOLDER = new URL('../docs/rules/', import.meta.url);

type Texts = Readonly<Record<string, { readonly message: string }>>;

/** The pages by file name. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const texts = JSON.parse(
    readFileSync(new URL('../public/_locales/en/messages.json', import.meta.url), 'utf8'),
  ) as Texts;
  const pages = new Map<string, string>();
  for (const { meta } of RULES) {
    const path = new URL(`../test/rules/${meta.id}.cases.ts`, import.meta.url);
    const { cases } = (await import(path.href)) as { cases: RuleCases };
    pages.set(`${meta.id}.md`, page(meta, cases, texts));
  }
  pages.set('README.md', overview(texts));
  return pages;
}

function page(meta: RuleMeta, cases: RuleCases, texts: Texts): string {
  const say = (name: string): string => texts[`rule_${ruleKey(meta.id)}_${name}`]?.message ?? '';
  const messages = Object.entries(texts)
    .filter(([key]) => key.startsWith(`finding_${ruleKey(meta.id)}_`))
    .map(([, { message }]) => `- ${placeholders(message)}`);
  const lines = [
    `# ${say('title')}`,
    '',
    `\`${meta.id}\` · severity: ${meta.severity} · ${meta.spec}`,
    '',
    say('why'),
    '',
    '## How to fix it',
    '',
    say('fix'),
    '',
    '## When it is fine',
    '',
    say('fine'),
    '',
    '## What it says',
    '',
    ...messages,
    '',
    '## Evidence that it needs',
    '',
    `${meta.requires.map((need) => `\`${need}\``).join(', ')}. Where it is missing the verdict is \`needs-review\`, never \`passed\`.`,
    '',
    '## Thresholds',
    '',
    ...thresholds(meta, texts),
    '',
    '## Examples',
    '',
    'Times are milliseconds. Each example runs in the tests.',
    ...cases.invalid.flatMap((example) => shown('Fails', example)),
    ...cases.valid.flatMap((example) => shown(verdictOf(example), example)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function thresholds({ id, thresholds: all }: RuleMeta, texts: Texts): string[] {
  const entries = Object.entries(all);
  if (entries.length === 0) return ['None.'];
  return [
    `Change one in the panel, or with \`--set ${id}.${entries[0]![0]}=…\` on the command line.`,
    '',
    '| name | meaning | default | from | to |',
    '| --- | --- | ---: | ---: | ---: |',
    ...entries.map(([name, threshold]) => {
      const meaning = texts[`rule_threshold_${name}`]?.message ?? name;
      const { default: standard, min, max } = threshold;
      return `| \`${name}\` | ${meaning} | ${amount(standard, threshold)} | ${amount(min, threshold)} | ${amount(max, threshold)} |`;
    }),
  ];
}

function amount(value: number, { unit }: Threshold): string {
  if (unit === 'ms') return value >= 1000 ? `${value / 1000} s` : `${value} ms`;
  return String(value);
}

function verdictOf(example: RuleCase): string {
  if (example.verdict === 'needs-review') return 'Needs review';
  return example.verdict === 'passed' ? 'Passes' : 'Says nothing, or passes';
}

function shown(heading: string, { name, timeline, thresholds: set }: RuleCase): string[] {
  const lines = timeline
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const cut = lines.length > 24 ? [...lines.slice(0, 12), '…', ...lines.slice(-6)] : lines;
  const chosen =
    set === undefined
      ? ''
      : ` (${Object.entries(set)
          .map(([key, value]) => `${key} = ${value}`)
          .join(', ')})`;
  return ['', `**${heading}:** ${name}${chosen}`, '', '```', ...cut, '```'];
}

function overview(texts: Texts): string {
  const rows = RULES.map(({ meta }) => {
    const title = texts[`rule_${ruleKey(meta.id)}_title`]?.message ?? meta.id;
    return `| [\`${meta.id}\`](${meta.id}.md) | ${title} | ${meta.severity} | ${meta.spec} |`;
  });
  return `# Rules

What the panel and the command line look for in a session. Four verdicts: \`failed\`,
\`needs-review\` (evidence is missing or does not suffice), \`passed\`, \`not-applicable\`.
These pages are written by \`npm run docs:rules\` from the rules, their texts and their tests.

| rule | title | severity | rests on |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function placeholders(text: string): string {
  return text.replace(/\$([A-Z0-9_]+)\$/g, (_, name: string) => `‹${name.toLowerCase()}›`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(FOLDER, { recursive: true });
  const pages = await rulePages();
  for (const file of readdirSync(FOLDER)) if (!pages.has(file)) rmSync(new URL(file, FOLDER));
  for (const [file, text] of pages) writeFileSync(new URL(file, FOLDER), text);
  console.log(`${pages.size} pages in docs/rules`);
}
