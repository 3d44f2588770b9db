import { message } from '../../model/message.ts';
import type { Cause, CauseId } from '../types.ts';
import { BASE, CAUSES } from './causes.ts';
import { codePrior, HTTP_STATUS } from './codes.ts';
import { COMPILED } from './compositions.ts';
import { readReason } from './reason/read.ts';
import type { ExplainClose } from './types.ts';

/** Ranked causes of a close, best first, with calibrated confidence and evidence. Pure. */
export const explainClose: ExplainClose = ({ socket }) => {
  const reason = readReason(socket.reason ?? '');
  const score = new Map<CauseId, number>(CAUSES.map((cause) => [cause, BASE[cause]]));
  const add = (cause: CauseId, weight: number): void => {
    score.set(cause, (score.get(cause) ?? 0) + weight);
  };
  for (const [cause, weight] of Object.entries(codePrior(socket.code ?? 1006)))
    add(cause as CauseId, weight);
  for (const number of reason.numbers) {
    for (const [cause, weight] of Object.entries(HTTP_STATUS[number] ?? {}))
      add(cause as CauseId, weight);
  }
  for (const rule of COMPILED) {
    if (
      rule.all.every((c) => reason.concepts.has(c)) &&
      !rule.none.some((c) => reason.concepts.has(c))
    ) {
      add(rule.cause, rule.weight);
    }
  }
  let total = 0;
  const best = Math.max(...score.values());
  for (const value of score.values()) total += Math.exp(value - best);
  const ranked: Cause[] = [...score]
    .map(([cause, value]) => ({ cause, confidence: Math.exp(value - best) / total, evidence: [] }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, 5);
  const first = ranked[0];
  if (first !== undefined && socket.reason) {
    ranked[0] = { ...first, evidence: [message('evidence_reason', { reason: socket.reason })] };
  }
  return ranked;
};
