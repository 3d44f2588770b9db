import type { Translator } from '../../i18n/index.ts';
import { causeTitle, fixText, optional, titleText } from '../../log/export/words.ts';
import { ruleKey } from '../../rules/text-ids.ts';
import type { Cause, Finding, Verdict } from '../../rules/types.ts';
import { clipped, plain, wrapped } from '../plain.ts';
import type { Style } from './style.ts';

const SOCKETS_NAMED = 8;
const EVIDENCE_SHOWN = 6;
const CAUSES_SHOWN = 4;

/** A finding as lines: verdict and title, the sentence, causes, evidence, what to do. */
export function findingLines(finding: Finding, translator: Translator, style: Style): string[] {
  const { t } = translator;
  const id = ruleKey(finding.rule);
  const label = verdictLabel(finding.verdict, t, style);
  const title = titleText(translator, finding);
  return [
    `${label} ${style.bold(title)} ${style.dim(`(${finding.rule})`)}`,
    ...block(t(finding.message), style),
    ...block(`${plain(finding.endpoint)} · ${sockets(finding.sockets, t)}`, style).map(style.dim),
    ...causeLines(finding.causes ?? [], translator, style),
    ...causeAdvice(finding.causes?.[0], translator, style),
    ...evidenceLines(finding, translator, style),
    ...advice(finding, id, translator, style),
  ];
}

function causeLines(causes: readonly Cause[], translator: Translator, style: Style): string[] {
  if (causes.length === 0) return [];
  const { t, percent } = translator;
  return [
    `    ${style.bold(t('cli_causes'))}`,
    ...causes.slice(0, CAUSES_SHOWN).flatMap(({ cause, confidence, evidence }) => {
      const title = causeTitle(translator, cause);
      const why = evidence.map((one) => plain(t(one))).join(' · ');
      const [first = '', ...rest] = wrapped(
        `${title} (${cause})${why === '' ? '' : ` – ${why}`}`,
        style.width - 14,
      );
      return [
        `    ${percent(confidence).padStart(6)}  ${first}`,
        ...rest.map((line) => `            ${line}`),
      ];
    }),
  ];
}

/** What the likeliest cause means and asks for. */
function causeAdvice(cause: Cause | undefined, translator: Translator, style: Style): string[] {
  if (cause === undefined || cause.cause === 'unknown' || cause.confidence < 0.3) return [];
  const id = `cause_${cause.cause.replaceAll('-', '_')}`;
  const said = ['meaning', 'fix'].map((part) => optional(translator, `${id}_${part}`) ?? '');
  const text = said.join(' ').trim();
  return text === '' ? [] : block(`${causeTitle(translator, cause.cause)}: ${text}`, style);
}

function evidenceLines(finding: Finding, translator: Translator, style: Style): string[] {
  if (finding.evidence.length === 0) return [];
  const { t } = translator;
  const points = finding.evidence.slice(0, EVIDENCE_SHOWN);
  const more = finding.evidence.length - points.length;
  return [
    `    ${style.bold(t('cli_evidence'))}`,
    ...points.flatMap((point) => {
      const time = `${(point.t / 1000).toFixed(3)} s`.padStart(11);
      const socket = clipped(plain(point.socket ?? ''), 8).padEnd(4);
      const [first = '', ...rest] = wrapped(plain(t(point.message)), style.width - 24);
      return [`    ${time} ${socket} ${first}`, ...rest.map((line) => `${' '.repeat(21)}${line}`)];
    }),
    ...(more > 0 ? [style.dim(`    ${t('cli_more_evidence', { count: more })}`)] : []),
  ];
}

function advice(finding: Finding, id: string, translator: Translator, style: Style): string[] {
  const { verdict } = finding;
  if (verdict === 'passed' || verdict === 'not-applicable') return [];
  const part = (label: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`    ${style.bold(translator.t(label))}`, ...block(text, style)];
  return [
    ...part('cli_fix', fixText(translator, finding)),
    ...part('cli_fine', optional(translator, `rule_${id}_fine`)),
  ];
}

function block(text: string, style: Style): string[] {
  // Texts of rules may hold line breaks of their own; strangers' are spelled out.
  return text
    .split('\n')
    .flatMap((line) => wrapped(plain(line), style.width - 6))
    .map((line) => `    ${line}`);
}

function verdictLabel(verdict: Verdict, t: Translator['t'], style: Style): string {
  const text = t(`cli_finding_${verdict.replaceAll('-', '_')}`);
  if (verdict === 'failed') return style.bad(`✕ ${text}`);
  return verdict === 'needs-review' ? style.warn(`? ${text}`) : style.good(`✓ ${text}`);
}

function sockets(ids: readonly string[], t: Translator['t']): string {
  const named = ids
    .slice(0, SOCKETS_NAMED)
    .map((id) => clipped(plain(id), 24))
    .join(', ');
  return ids.length > SOCKETS_NAMED
    ? t('cli_sockets_more', { ids: named, count: ids.length - SOCKETS_NAMED })
    : named;
}
