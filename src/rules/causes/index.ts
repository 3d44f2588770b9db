import type { Cause, CauseId } from '../types.ts';
import { STRETCH, SURE, TEMPERATURE } from './calibration.ts';
import { BASE } from './causes.ts';
import { evidenceFor } from './evidence.ts';
import { scoreClose, takeApart } from './features.ts';
import { LEAK, NEIGHBOURS } from './neighbours.ts';
import type { ExplainClose } from './types.ts';
import { weightsOf } from './weights.ts';

const MOST_CAUSES = 5;
/** Causes less likely than this are left out, unless they are the best there is. */
const LEAST = 0.004;

const CAUSES = Object.keys(BASE) as CauseId[];
const PLACE = new Map(CAUSES.map((cause, at) => [cause, at]));
/** By place: what part of a cause's leak goes where. */
const LEAKS = CAUSES.map((cause) =>
  weightsOf(NEIGHBOURS[cause]).map(([other, part]) => [PLACE.get(other)!, part] as const),
);

/** Log-odds to shares of one, most likely first; a part of each leaks to its neighbours. */
function rank(scores: ReadonlyMap<CauseId, number>): [CauseId, number][] {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of scores.values()) best = Math.max(best, value);
  const weights = new Float64Array(CAUSES.length);
  let total = 0;
  for (const [cause, value] of scores) {
    const weight = Math.exp((value - best) / TEMPERATURE);
    weights[PLACE.get(cause)!] = weight;
    total += weight;
  }
  const shares = new Float64Array(CAUSES.length);
  for (let at = 0; at < CAUSES.length; at++) {
    const share = weights[at]! / total;
    shares[at]! += share * (1 - LEAK);
    for (const [other, part] of LEAKS[at]!) shares[other]! += share * LEAK * part;
  }
  return stretched(sorted(shares));
}

/** Causes with their shares, greatest first. By insertion: few values, most of them next to nothing. */
function sorted(shares: Float64Array): [CauseId, number][] {
  const ranked: [CauseId, number][] = [];
  for (let at = 0; at < CAUSES.length; at++) {
    const share = shares[at]!;
    let place = at;
    for (; place > 0 && ranked[place - 1]![1] < share; place--) ranked[place] = ranked[place - 1]!;
    ranked[place] = [CAUSES[at]!, share];
  }
  return ranked;
}

/** Sure answers were right more often than their share said; the rest gives way in proportion. */
function stretched(ranked: [CauseId, number][]): [CauseId, number][] {
  const share = ranked[0]?.[1] ?? 0;
  if (share <= SURE) return ranked;
  const raised = Math.min(0.98, SURE + (share - SURE) * STRETCH);
  const rest = (1 - raised) / (1 - share);
  return ranked.map(([cause, own], at) => [cause, at === 0 ? raised : own * rest]);
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
