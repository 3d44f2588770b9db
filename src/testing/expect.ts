import type { Translator } from '../i18n/index.ts';
import { causeTitle } from '../log/export/words.ts';
import type { SessionLog } from '../log/index.ts';
import { diagnose } from '../rules/create-diagnosis.ts';
import type { Finding, RuleSettings } from '../rules/types.ts';
import { Recording } from './recording.ts';
import { translator } from './texts.ts';

export interface Expectation extends RuleSettings {
  /** Rules whose failures are known and accepted in this test. */
  readonly allow?: readonly string[];
}

/** Thrown where a recording has failed findings. */
export class FailedFindings extends Error {
  override readonly name = 'FailedFindings';
  readonly findings: readonly Finding[];
  constructor(text: string, findings: readonly Finding[]) {
    super(text);
    this.findings = findings;
  }
}

/**
 * Fails the test where a rule failed. Rules that wait (30 s for a reconnection) decide only
 * what was watched long enough: lower the threshold to what the application promises,
 * `{ thresholds: { 'missing-reconnection': { graceMs: 3000 } } }`, and wait so long.
 *
 * @throws FailedFindings with the sentences, causes and evidence of each.
 */
export function expectNoFailedFindings(
  recording: Recording | SessionLog,
  expectation: Expectation = {},
): void {
  const { allow = [], ...settings } = expectation;
  const log = recording instanceof Recording ? recording.log() : recording;
  const failed = diagnose(log.events, settings).findings.filter(
    ({ verdict, rule }) => verdict === 'failed' && !allow.includes(rule),
  );
  if (failed.length === 0) return;
  const words = translator();
  const texts = failed.map((finding) => describe(finding, words));
  throw new FailedFindings(
    `${texts.length} failed WebSocket findings\n\n${texts.join('\n\n')}`,
    failed,
  );
}

function describe(finding: Finding, words: Translator): string {
  const { t, percent } = words;
  return [
    `✕ ${finding.rule}: ${t(finding.message)}`,
    `  ${finding.endpoint} · ${finding.sockets.slice(0, 8).join(', ')}`,
    ...(finding.causes ?? [])
      .slice(0, 3)
      .map(
        ({ cause, confidence }) =>
          `  ${percent(confidence)} ${causeTitle(words, cause)} (${cause})`,
      ),
    ...finding.evidence
      .slice(0, 6)
      .map(
        ({ t: at, socket, message }) =>
          `  ${(at / 1000).toFixed(3)} s ${socket ?? ''} ${t(message)}`,
      ),
  ].join('\n');
}
