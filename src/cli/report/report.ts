import type { Translator } from '../../i18n/index.ts';
import type { ReadLog } from '../../log/index.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { Chain } from '../../rules/types.ts';
import { plain } from '../plain.ts';
import type { Shown } from '../shown.ts';
import { chainLines } from './chain.ts';
import { findingLines } from './finding.ts';
import type { Style } from './style.ts';

/** Chains drawn; the rest is counted. A page of hundreds of endpoints is read with `--json`. */
const CHAINS_DRAWN = 20;
const FINDINGS_TOLD = 50;

/** The report of one file, for people. */
export function report(
  file: string,
  read: ReadLog,
  diagnosis: Diagnosis,
  shown: Shown,
  translator: Translator,
  style: Style,
): string {
  const { t } = translator;
  const { log } = read;
  const lasted = log.events.length === 0 ? 0 : log.events.at(-1)!.t;
  const failed = shown.findings.filter(({ verdict }) => verdict === 'failed').length;
  const review = shown.findings.filter(({ verdict }) => verdict === 'needs-review').length;
  const chains = [...diagnosis.chains].sort(byTrouble(shown));
  const lines = [
    style.bold(plain(file)),
    `  ${t('cli_recorded', { start: plain(log.startedAt), ms: lasted })}${source(read)}`,
    `  ${t('cli_sockets', { count: diagnosis.sockets.size })}${unseen(diagnosis, t)} · ${t('cli_chains', { count: chains.length })} · ${t('cli_failed', { count: failed })} · ${t('cli_review', { count: review })}`,
    ...read.notes.map((note) => style.warn(`  ! ${plain(t(note))}`)),
    ...lost(read, diagnosis).map((count) => style.warn(`  ! ${t('cli_dropped', { count })}`)),
  ];
  for (const chain of chains.slice(0, CHAINS_DRAWN)) {
    lines.push('', ...chainLines(chain, diagnosis, translator, style));
  }
  if (chains.length > CHAINS_DRAWN) {
    lines.push('', t('cli_more_chains', { count: chains.length - CHAINS_DRAWN }));
  }
  for (const finding of shown.findings.slice(0, FINDINGS_TOLD)) {
    lines.push('', ...findingLines(finding, translator, style));
  }
  if (shown.findings.length > FINDINGS_TOLD) {
    lines.push('', t('cli_more_findings', { count: shown.findings.length - FINDINGS_TOLD }));
  }
  if (shown.findings.length === 0) {
    lines.push('', style.good(`✓ ${t('cli_nothing_found')}`));
  }
  return `${lines.join('\n')}\n`;
}

function source({ log }: ReadLog): string {
  const { name, version, browser } = log.generator ?? {};
  const parts = [[name, version].filter(Boolean).join(' '), browser].filter(Boolean);
  return parts.length === 0 ? '' : ` · ${plain(parts.join(' · '))}`;
}

/** What no recorder saw is told with the number of sockets, as in the panel. */
function unseen({ sockets }: Diagnosis, t: Translator['t']): string {
  let count = 0;
  for (const { seenBy } of sockets.values()) if (seenBy === 'browser') count += 1;
  return count === 0 ? '' : ` (${t('panel_coverage', { count })})`;
}

function lost({ log }: ReadLog, diagnosis: Diagnosis): number[] {
  const count = (log.dropped ?? 0) + diagnosis.dropped;
  return count > 0 ? [count] : [];
}

/** Chains with findings first, in the order of the findings; then as they began. */
function byTrouble(shown: Shown): (a: Chain, b: Chain) => number {
  const rank = new Map<string, number>();
  for (const [index, { sockets }] of shown.findings.entries()) {
    for (const id of sockets) if (!rank.has(id)) rank.set(id, index);
  }
  const of = (chain: Chain): number =>
    Math.min(...chain.sockets.map((id) => rank.get(id) ?? Number.MAX_SAFE_INTEGER));
  return (a, b) => of(a) - of(b);
}
