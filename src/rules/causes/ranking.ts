import type { CauseId } from '../types.ts';
import { STRETCH, SURE, TEMPERATURE } from './calibration.ts';
import { BASE, CAUSES } from './causes.ts';
import type { Contribution } from './features.ts';
import { LEAK, NEIGHBOURS } from './neighbours.ts';
import { weightsOf } from './weights.ts';

const PLACE = new Map(CAUSES.map((cause, at) => [cause, at]));
/** By place. */
const BASES = Float64Array.from(CAUSES, (cause) => BASE[cause]);
/** By place: what part of a cause's leak goes where. */
const LEAKS = CAUSES.map((cause) =>
  weightsOf(NEIGHBOURS[cause]).map(([other, part]) => [PLACE.get(other)!, part] as const),
);

/** By place; written anew by each call. */
const scores = new Float64Array(CAUSES.length);
const shares = new Float64Array(CAUSES.length);

/**
 * Log-odds of each cause from all that speaks for and against it, as shares of one, most likely
 * first; a part of each leaks to its neighbours.
 */
export function rank(contributions: readonly Contribution[]): [CauseId, number][] {
  scores.set(BASES);
  for (const { cause, weight } of contributions) scores[PLACE.get(cause)!]! += weight;
  let best = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > best) best = score;
  let total = 0;
  for (let at = 0; at < scores.length; at++) {
    const weight = Math.exp((scores[at]! - best) / TEMPERATURE);
    scores[at] = weight;
    total += weight;
  }
  shares.fill(0);
  for (let at = 0; at < scores.length; at++) {
    const share = scores[at]! / total;
    shares[at]! += share * (1 - LEAK);
    for (const [other, part] of LEAKS[at]!) shares[other]! += share * LEAK * part;
  }
  return stretched(sorted());
}

/** Causes with their shares, greatest first. By insertion: few values, most of them next to nothing. */
function sorted(): [CauseId, number][] {
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
