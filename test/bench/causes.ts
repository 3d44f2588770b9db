/**
 * How often the explanation of a close is right.
 *
 *   npm run bench:causes                   the committed corpora, and the table in docs/benchmarks
 *   npm run bench:causes -- FILE.jsonl …   other corpora in the same format, printed only
 */
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { explainClose } from '../../src/rules/causes/index.ts';
import {
  type Answer,
  type CorpusRow,
  contextOf,
  figures,
  judge,
  readCorpus,
} from '../rules/causes/corpus.ts';

const FIXTURES = new URL('../fixtures/corpus/', import.meta.url).pathname;
const TABLE = new URL('../../docs/benchmarks/causes.md', import.meta.url).pathname;

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

const HEAD =
  '| | rows | right | or also plausible | within three | confident (≥ 0.8) | of these wrong | nor plausible |\n| --- | --: | --: | --: | --: | --: | --: | --: |';

function line(name: string, answers: readonly Answer[]): string {
  const f = figures(answers);
  return `| ${name} | ${f.rows} | ${percent(f.right)} | ${percent(f.fair)} | ${percent(f.withinThree)} | ${percent(f.sure)} | ${percent(f.sureWrong)} | ${percent(f.sureUnfair)} |`;
}

function scriptOf(reason: string): string {
  if (/\p{Script=Hangul}/u.test(reason)) return 'Korean';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(reason)) return 'Japanese';
  if (/\p{Script=Han}/u.test(reason)) return 'Chinese characters';
  if (/\p{Script=Cyrillic}/u.test(reason)) return 'Cyrillic';
  if (/\p{Script=Thai}/u.test(reason)) return 'Thai';
  if (/[À-ɏḀ-ỿ]/u.test(reason)) return 'Latin with accents';
  return 'plain Latin';
}

function formOf(reason: string): string {
  if (reason.trim() === '') return 'empty';
  if (/^\s*[{[]/.test(reason)) return 'JSON';
  if (/^[\d\s:.-]+$/.test(reason)) return 'a number';
  if (/^[A-Z\d]+(?:[_-][A-Z\d]+)+$/.test(reason)) return 'UPPER_CASE';
  if (/^[a-z\d]+(?:[_-][a-z\d]+)+$/.test(reason)) return 'snake_case';
  if (new TextEncoder().encode(reason).length >= 120) return 'cut at 123 bytes';
  return reason.trim().split(/\s+/).length === 1 ? 'one word' : 'words';
}

function codeOf(code: number): string {
  if (code === 1008) return '1008';
  if (code < 3000) return '1000–1014 without 1008';
  return code < 4000 ? '3000–3999' : '4000–4999';
}

function grouped(answers: readonly Answer[], by: (row: CorpusRow) => string): string[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = by(answer.row);
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([name, own]) => line(name, own));
}

function calibration(answers: readonly Answer[]): string[] {
  const out = ['| confidence | answers | right | or also plausible |', '| --- | --: | --: | --: |'];
  for (const [from, to] of [
    [0, 0.2],
    [0.2, 0.4],
    [0.4, 0.6],
    [0.6, 0.8],
    [0.8, 0.9],
    [0.9, 1.01],
  ] as const) {
    const own = answers.filter((each) => each.confidence >= from && each.confidence < to);
    if (own.length === 0) continue;
    const f = figures(own);
    out.push(
      `| ${from}–${Math.min(1, to)} | ${own.length} | ${percent(f.right)} | ${percent(f.fair)} |`,
    );
  }
  return out;
}

function confusion(answers: readonly Answer[]): string[] {
  const cells = new Map<string, number>();
  for (const { row, best } of answers) {
    const key = `${row.cause}|${best}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const labels = [...new Set(answers.flatMap(({ row, best }) => [row.cause, best]))].sort();
  const out = [
    `| said → <br>label ↓ | ${labels.map((_, at) => at + 1).join(' | ')} |`,
    `| --- | ${labels.map(() => '--:').join(' | ')} |`,
  ];
  labels.forEach((label, at) => {
    const counts = labels.map((said) => cells.get(`${label}|${said}`) ?? '·');
    out.push(`| ${at + 1} ${label} | ${counts.join(' | ')} |`);
  });
  return out;
}

function run(path: string): string[] {
  const rows = readCorpus(path);
  const explain = (asLog: boolean): Answer[] =>
    rows.map((row) => judge(row, explainClose(contextOf(row, { asLog }))));
  const answers = explain(false);
  const logged = explain(true);
  const of1008 = (own: readonly Answer[]): Answer[] => own.filter((each) => each.row.code === 1008);
  const others = (own: readonly Answer[]): Answer[] => own.filter((each) => each.row.code !== 1008);
  return [
    `## ${basename(path)}`,
    '',
    HEAD,
    line('1008', of1008(answers)),
    line('other codes', others(answers)),
    line('1008, every row as a bare log', of1008(logged)),
    line('other codes, every row as a bare log', others(logged)),
    '',
    'By code:',
    '',
    HEAD,
    ...grouped(answers, (row) => codeOf(row.code)),
    '',
    'By the form of the reason:',
    '',
    HEAD,
    ...grouped(answers, (row) => formOf(row.reason)),
    '',
    'By writing:',
    '',
    HEAD,
    ...grouped(answers, (row) => scriptOf(row.reason)),
    '',
    'Calibration:',
    '',
    ...calibration(answers),
    '',
    'Confusion matrix:',
    '',
    ...confusion(answers),
    '',
  ];
}

function speed(path: string): string {
  const contexts = readCorpus(path).map((row) => contextOf(row));
  for (let round = 0; round < 20; round++) for (const context of contexts) explainClose(context);
  const rounds = 20;
  const start = performance.now();
  for (let round = 0; round < rounds; round++)
    for (const context of contexts) explainClose(context);
  const micros = ((performance.now() - start) * 1000) / (rounds * contexts.length);
  return `${micros.toFixed(0)} µs per close, after warm-up`;
}

const given = process.argv.slice(2);
const paths =
  given.length > 0
    ? given
    : [
        'closes',
        'wild',
        'documented',
        'surveyed',
        'second-survey',
        'third-survey',
        'fourth-survey',
        'generalisation',
      ].map((name) => `${FIXTURES}${name}.jsonl`);
const sections = paths.flatMap(run);
process.stdout.write(`${sections.join('\n')}\nSpeed: ${speed(paths[0] as string)}\n`);
if (given.length === 0) {
  const intro = new URL('./causes-intro.md', import.meta.url).pathname;
  const { readFileSync } = await import('node:fs');
  writeFileSync(
    TABLE,
    `${readFileSync(intro, 'utf8').trimEnd()}\n\n${sections.join('\n').trimEnd()}\n`,
  );
  process.stdout.write('Written to docs/benchmarks/causes.md\n');
}
