import type { Cause, CauseId } from '../types.ts';
import { evidenceFor } from './evidence.ts';
import { type Features, handScores, takeApart } from './features.ts';
import { LEARNED, TEMPERATURE } from './learned.ts';
import type { ExplainClose } from './types.ts';

const MOST_CAUSES = 5;
/** Causes less likely than this are left out, unless they are the best there is. */
const LEAST = 0.02;

/** Hand-made log-odds with the learned corrections, and what they rest on. */
export function scoreClose(features: Features): Map<CauseId, number> {
  const scores = handScores(features);
  for (const name of features.names) {
    for (const [cause, weight] of Object.entries(LEARNED[name] ?? {})) {
      scores.set(cause as CauseId, (scores.get(cause as CauseId) ?? 0) + weight);
    }
  }
  return scores;
}

/** Log-odds to shares of one, most likely first. */
export function rank(
  scores: ReadonlyMap<CauseId, number>,
  temperature = TEMPERATURE,
): [CauseId, number][] {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of scores.values()) best = Math.max(best, value);
  let total = 0;
  for (const value of scores.values()) total += Math.exp((value - best) / temperature);
  return [...scores]
    .map(([cause, value]): [CauseId, number] => [
      cause,
      Math.exp((value - best) / temperature) / total,
    ])
    .sort((a, b) => b[1] - a[1]);
}

/**
 * Why a server closed a socket: ranked causes, best first, never empty, at most
 * five, with calibrated confidence and the evidence in words. Pure; never throws.
 */
export const explainClose: ExplainClose = (context) => {
  const features = takeApart(context);
  const ranked = rank(scoreClose(features));
  const causes: Cause[] = [];
  for (const [cause, share] of ranked) {
    if (causes.length >= MOST_CAUSES || (causes.length >= 1 && share < LEAST)) break;
    causes.push({
      cause,
      confidence: Math.round(share * 1000) / 1000,
      evidence: evidenceFor(cause, features, context.socket, causes.length === 0 ? 4 : 2),
    });
  }
  return causes;
};
