import type { Translator } from '../i18n/index.ts';
import type { Diagnosis } from '../rules/diagnosis.ts';
import type { Chain, Finding } from '../rules/types.ts';
import type { Shown } from './shown.ts';

/** One line of `--json`: contract 2 of the design. Sentences are in the language asked for. */
export function jsonLine(
  file: string,
  diagnosis: Diagnosis,
  shown: Shown,
  { t }: Translator,
): string {
  return JSON.stringify({
    file,
    sockets: diagnosis.sockets.size,
    findings: shown.findings.map((finding) => findingObject(finding, t)),
    chains: diagnosis.chains.map(chainObject),
  });
}

function findingObject(finding: Finding, t: Translator['t']) {
  return {
    rule: finding.rule,
    verdict: finding.verdict,
    sockets: finding.sockets,
    endpoint: finding.endpoint,
    message: t(finding.message),
    ...(finding.causes && {
      causes: finding.causes.map(({ cause, confidence, evidence }) => ({
        cause,
        confidence,
        evidence: evidence.map((one) => t(one)),
      })),
    }),
    evidence: finding.evidence.map((point) => ({
      t: point.t,
      socket: point.socket,
      message: t(point.message),
    })),
    data: finding.data,
  };
}

function chainObject(chain: Chain) {
  return {
    endpoint: chain.endpoint,
    sockets: chain.sockets,
    verdict: chain.verdict,
    delaysMs: chain.delaysMs,
    data: chain.data,
  };
}
