import type { CauseId } from '../types.ts';
import { STRETCH, SURE, TEMPERATURE } from './calibration.ts';
import { BASE, CAUSES } from './causes.ts';
import type { Contribution } from './features.ts';
import { LEAK, NEIGHBOURS } from './neighbours.ts';
import { weightsOf } from './weights.ts';

const PLACE = new Map(CAUSES.map((cause, at) => [cause, at]));
/** By place. */
const BASES = Float64Array.from(CAUSES, (cause) => BASE[cause]);
/** What part of one cause's leak goes to another, all in one list. */
const LEAKS = CAUSES.flatMap((cause, from) =>
  weightsOf(NEIGHBOURS[cause]).map(([other, part]) => ({ from, to: PLACE.get(other)!, part })),
);
const LEAK_FROM = Uint8Array.from(LEAKS, ({ from }) => from);
const LEAK_TO = Uint8Array.from(LEAKS, ({ to }) => to);
const LEAK_PART = Float64Array.from(LEAKS, ({ part }) => part * LEAK);

/** By place; written anew by each call. */
const scores = new Float64Array(CAUSES.length);
const shares = new Float64Array(CAUSES.length);

/**
 * Log-odds of each cause from all that speaks for and against it, as shares of one, most likely
 * first, `most` of them; a part of each leaks to its neighbours.
 */
export function rank(contributions: readonly Contribution[], most: number): [CauseId, number][] {
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
  for (let at = 0; at < scores.length; at++) {
    scores[at]! /= total;
    shares[at] = scores[at]! * (1 - LEAK);
  }
  for (let leak = 0; leak < LEAK_PART.length; leak++) {
    shares[LEAK_TO[leak]!]! += scores[LEAK_FROM[leak]!]! * LEAK_PART[leak]!;
  }
  return stretched(first(most));
}

/** Places of the causes found so far, greatest share first; written anew by each call. */
const places = new Uint8Array(CAUSES.length);

/** The causes with the greatest shares, of equal ones the commoner first. By insertion: few are asked for. */
function first(most: number): [CauseId, number][] {
  let found = 0;
  for (let at = 0; at < CAUSES.length; at++) {
    const share = shares[at]!;
    if (found === most && share <= shares[places[found - 1]!]!) continue;
    let place = found < most ? found++ : most - 1;
    for (; place > 0 && shares[places[place - 1]!]! < share; place--) {
      places[place] = places[place - 1]!;
    }
    places[place] = at;
  }
  const ranked: [CauseId, number][] = [];
  for (let i = 0; i < found; i++) ranked.push([CAUSES[places[i]!]!, shares[places[i]!]!]);
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
