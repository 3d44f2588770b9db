import { remembering } from '../latest.ts';
import { HTTP_STATUS } from './codes.ts';
import { COMPILED_BY_CONCEPT, type Compiled } from './compositions.ts';
import type { Contribution } from './features.ts';
import type { Concept } from './reason/concepts.ts';
import { type ReadReason, readReason } from './reason/read.ts';
import { weightsOf } from './weights.ts';

/** What a text says, and what it adds to each cause as the reason of a close. */
export interface Words {
  readonly text: ReadReason;
  /** By the numbers that it holds. */
  readonly numbers: readonly Contribution[];
  /** By its words: every composition that holds. */
  readonly sayings: readonly Contribution[];
}

function holds(rule: Compiled, concepts: ReadonlySet<Concept>): boolean {
  for (const concept of rule.all) if (!concepts.has(concept)) return false;
  for (const concept of rule.none) if (concepts.has(concept)) return false;
  return true;
}

/** 401, 4401 and 40142 all start from HTTP's 401. */
function httpStatusIn(number: number): number | undefined {
  if (number >= 400 && number < 600) return number;
  if (number >= 4400 && number < 4600) return number - 4000;
  if (number >= 40000 && number < 60000) return Math.floor(number / 100);
  return undefined;
}

function ofNumbers({ numbers }: ReadReason): Contribution[] {
  const out: Contribution[] = [];
  for (const number of numbers) {
    const status = httpStatusIn(number);
    if (status === undefined) continue;
    for (const [cause, weight] of weightsOf(HTTP_STATUS[status])) {
      out.push({ from: 'number', cause, weight, number });
    }
  }
  return out;
}

function ofConcepts({ concepts }: ReadReason): Contribution[] {
  const out: Contribution[] = [];
  for (const concept of concepts) {
    for (const rule of COMPILED_BY_CONCEPT.get(concept) ?? []) {
      if (holds(rule, concepts)) {
        out.push({ from: 'reason', cause: rule.cause, weight: rule.weight, rule });
      }
    }
  }
  return out;
}

/** Reads a reason, or a message; without secrets, so that what is remembered serves again. */
export const wordsOf = remembering((reason): Words => {
  const text = readReason(reason);
  return { text, numbers: ofNumbers(text), sayings: ofConcepts(text) };
});
