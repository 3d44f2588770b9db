import { tellChain } from '../../rules/chains/told.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { Cause, Chain, Finding } from '../../rules/types.ts';
import type { LogHeader } from '../types.ts';
import { beginningOf, delaysInto, laneText, spanOf } from './lanes.ts';
import { causeTitle, fixText, titleText, type Words } from './words.ts';

const FINDINGS = 40;
const CHAINS = 20;
const SOCKETS = 12;
const EVIDENCE = 8;
const CAUSES = 4;
const LANE = 40;

/**
 * A report for an issue tracker: environment, findings, chains as lanes of text. Nothing that
 * a page or server wrote can become markup, a link, a mention or a picture in it.
 */
export function markdownReport(header: LogHeader, diagnosis: Diagnosis, words: Words): string {
  const { t } = words;
  const told = diagnosis.findings.filter(
    ({ verdict }) => verdict === 'failed' || verdict === 'needs-review',
  );
  const { chains } = diagnosis;
  return [
    `# ${escaped(t('log_report_title'))}`,
    '',
    ...environment(header, diagnosis, words),
    '',
    `## ${escaped(t('log_report_findings', { count: told.length }))}`,
    '',
    ...(told.length === 0 ? [escaped(t('log_report_none')), ''] : []),
    ...told.slice(0, FINDINGS).flatMap((finding) => findingLines(finding, words)),
    ...more(told.length - FINDINGS, words),
    `## ${escaped(t('log_report_chains', { count: chains.length }))}`,
    '',
    ...chains.slice(0, CHAINS).flatMap((chain) => chainLines(chain, diagnosis, words)),
    ...more(chains.length - CHAINS, words),
  ]
    .join('\n')
    .concat('\n');
}

function environment(header: LogHeader, diagnosis: Diagnosis, words: Words): string[] {
  const { t, duration } = words;
  const { generator, redaction } = header;
  const dropped = (header.dropped ?? 0) + diagnosis.dropped;
  const rows: [string, string | undefined][] = [
    ['log_report_recorded', cell(header.startedAt)],
    ['log_report_lasted', escaped(duration(diagnosis.now))],
    ['log_report_browser', generator?.browser && cell(generator.browser)],
    [
      'log_report_generator',
      generator?.name && cell([generator.name, generator.version].filter(Boolean).join(' ')),
    ],
    ['log_report_sockets', String(diagnosis.sockets.size)],
    ['log_report_dropped', dropped > 0 ? String(dropped) : undefined],
    ['log_report_redacted', redaction?.applied.map(cell).join(', ')],
    ...Object.entries(header.labels ?? {}).map(([name, text]): [string, string] => [
      cell(name),
      cell(text),
    ]),
  ];
  return [
    '| | |',
    '| --- | --- |',
    ...rows.flatMap(([label, value]) => {
      if (!value) return [];
      const name = label.startsWith('log_report_') ? escaped(t(label)) : label;
      return [`| ${name} | ${value} |`];
    }),
  ];
}

/** A stranger's text in a table, where a bar would end the cell even in code. */
function cell(text: string): string {
  return text.includes('|') ? escaped(text.slice(0, 500)) : code(text);
}

function findingLines(finding: Finding, words: Words): string[] {
  const { t } = words;
  const title = titleText(words, finding);
  const mark = finding.verdict === 'failed' ? '✕' : '?';
  const fix = fixText(words, finding);
  const points = finding.evidence.slice(0, EVIDENCE);
  return [
    `### ${mark} ${escaped(title)} (${code(finding.rule)})`,
    '',
    escaped(t(finding.message)),
    '',
    `${code(finding.endpoint)} · ${finding.sockets.slice(0, SOCKETS).map(code).join(', ')}${finding.sockets.length > SOCKETS ? ' …' : ''}`,
    '',
    ...causeLines(finding.causes ?? [], words),
    ...(points.length > 0 ? [`**${escaped(t('log_report_evidence'))}**`, ''] : []),
    ...points.map(
      ({ t: at, socket, message: text }) =>
        `- ${(at / 1000).toFixed(3)} s${socket === undefined ? '' : ` ${code(socket)}`}: ${escaped(t(text))}`,
    ),
    ...(points.length > 0 ? [''] : []),
    ...(fix === undefined ? [] : [`**${escaped(t('log_report_fix'))}** ${escaped(fix)}`, '']),
  ];
}

function causeLines(causes: readonly Cause[], words: Words): string[] {
  if (causes.length === 0) return [];
  return [
    `**${escaped(words.t('log_report_causes'))}**`,
    '',
    ...causes.slice(0, CAUSES).map(({ cause, confidence, evidence }) => {
      const why = evidence.map((one) => escaped(words.t(one))).join(' · ');
      const title = escaped(causeTitle(words, cause));
      return `- ${words.percent(confidence)} ${title} (${code(cause)})${why === '' ? '' : `: ${why}`}`;
    }),
    '',
  ];
}

function chainLines(chain: Chain, diagnosis: Diagnosis, words: Words): string[] {
  const { duration } = words;
  const sockets = chain.sockets.flatMap((id) => diagnosis.sockets.get(id) ?? []);
  const span = spanOf(sockets);
  const delays = delaysInto(chain.replacements, diagnosis.sockets);
  const lanes = sockets.slice(0, SOCKETS).map((socket) => {
    const delay = delays.get(socket.id);
    const came = delay === undefined ? '' : `↻ ${duration(delay)} · `;
    const end =
      socket.closeAt === undefined
        ? ''
        : `${socket.code} ${JSON.stringify(socket.reason ?? '')} ${duration(socket.closeAt - beginningOf(socket))}`;
    return `${fixed(socket.id, 8)} ${laneText(socket, span, LANE)} ${came}${end}`;
  });
  const left = sockets.length - lanes.length;
  if (left > 0) lanes.push(`… ${left}`);
  const verdict = words.t(tellChain(chain, diagnosis.sockets));
  return [`${code(chain.endpoint)}: ${escaped(verdict)}`, '', ...fenced(lanes), ''];
}

function more(count: number, words: Words): string[] {
  return count > 0 ? [escaped(words.t('log_report_more', { count })), ''] : [];
}

/** Controls, marks of direction and breaks of lines, seen by their number. */
function visible(text: string): string {
  return text.replace(
    /(?![\u200c\u200d])[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/gu,
    (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
  );
}

/** A stranger's text as code: no markup, links or mentions in there. */
export function code(text: string): string {
  const clean = visible(text).slice(0, 500);
  if (clean.trim() === '') return '` `';
  const runs = clean.match(/`+/g)?.map((run) => run.length) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$|^ .* $/.test(clean) ? ' ' : '';
  return fence + pad + clean + pad + fence;
}

/** A sentence that may hold a stranger's words: no markup, no links, nobody is mentioned. */
export function escaped(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>#|~&!$^=+]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\u2060.`)
    .replace(/@|(?<=#|\bGH-)(?=\d)/gi, (at) => `${at}\u2060`)
    .replace(/^(?=\s*(?:[-+]|\d+[.)])\s)/, '\u2060');
}

function fenced(lines: readonly string[]): string[] {
  const clean = lines.map(visible);
  const runs =
    clean
      .join('\n')
      .match(/`+/g)
      ?.map((run) => run.length) ?? [];
  const fence = '`'.repeat(Math.max(3, Math.max(0, ...runs) + 1));
  return [`${fence}text`, ...clean, fence];
}

function fixed(text: string, width: number): string {
  const characters = [...visible(text)];
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : characters.join('').padEnd(width);
}
