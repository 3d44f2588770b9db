import type { Concept, Lexicon } from './concepts.ts';
import { generalClause, givesWay } from './general.ts';
import { toSimplified } from './han.ts';
import { english } from './lexicon/en.ts';
import { japanese } from './lexicon/ja.ts';
import { korean } from './lexicon/ko.ts';
import { northern } from './lexicon/northern.ts';
import { romance } from './lexicon/romance.ts';
import { russian } from './lexicon/ru.ts';
import { southeastAsian } from './lexicon/southeast-asia.ts';
import { chinese } from './lexicon/zh.ts';
import { type Match, PhraseMatcher } from './matcher.ts';
import { type NormalisedReason, normaliseReason } from './normalise.ts';

/** What a reason speaks of. */
export interface ReadReason extends NormalisedReason {
  readonly matches: readonly Match[];
  readonly concepts: ReadonlySet<Concept>;
}

/** Thousands of phrases each, and few sessions need more than one: made when a reason asks for it. */
function lazily(lexicons: readonly Lexicon[], fold?: (phrase: string) => string) {
  let matcher: PhraseMatcher | undefined;
  return (text: string): readonly Match[] => {
    matcher ??= new PhraseMatcher(lexicons, fold);
    return matcher.find(text);
  };
}

const inEnglish = lazily([english]);
const inRussian = lazily([english, russian]);
const inHan = lazily([english, chinese, japanese], toSimplified);
const inJapanese = lazily([english, japanese]);
const inKorean = lazily([english, korean]);
const inThai = lazily([english, southeastAsian]);

/** Languages in Latin letters, tried beside English: alone to count, joined to read. */
const LATIN = [romance, northern, southeastAsian].map((lexicon) => ({
  alone: lazily([lexicon]),
  joined: lazily([lexicon, english]),
}));
/** Words that show a reason to be English, though they say nothing of a cause. */
const FUNCTION_WORDS = new Set(
  'a an the is are was were be been has have had to of for from in on at by with and or your you this that it its as we our i if due because while after during when than then so such will can may did do does any all but which who other what there these those out up us their them they client server connection error message'.split(
    ' ',
  ),
);

function covered(matches: readonly Match[]): number {
  let words = 0;
  for (const match of matches) words += match.phrase.split(' ').length;
  return words;
}

function findMatches(text: string): readonly Match[] {
  if (/\p{Script=Hangul}/u.test(text)) return inKorean(text);
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return inJapanese(text);
  if (/\p{Script=Han}/u.test(text)) return inHan(toSimplified(text));
  if (/\p{Script=Cyrillic}/u.test(text)) return inRussian(text);
  if (/\p{Script=Thai}/u.test(text)) return inThai(text);
  const found = inEnglish(text);
  // A name or a number is of no language.
  const words = text.split(' ').filter((word) => !/\d/.test(word));
  const used = covered(found);
  if (used >= words.length) return found;
  let best = found;
  let most = used + words.filter((word) => FUNCTION_WORDS.has(word)).length + 0.5;
  for (const { alone, joined } of LATIN) {
    if (alone(text).length === 0) continue;
    const found = joined(text);
    const own = covered(found);
    if (own <= most) continue;
    best = found;
    most = own;
  }
  return best;
}

/** Clauses that only announce what the others tell give way to them. */
function findParticular({ clauses, json }: NormalisedReason): readonly Match[] {
  const generals =
    clauses.length < 2 ? [] : clauses.map((clause, at) => generalClause(clause, json || at === 0));
  if (generals.every((each) => each === undefined)) return findMatches(clauses.join(' '));
  const others = (): readonly Match[] =>
    findMatches(clauses.filter((_, at) => generals[at] === undefined).join(' '));
  // Those that give way to little come first: what stays is particular to the rest.
  for (const picky of [true, false]) {
    const said = new Set(others().flatMap((match) => match.concepts));
    for (const [at, general] of generals.entries()) {
      if (general === undefined || (general.to !== undefined) !== picky) continue;
      if (!givesWay(general, said)) generals[at] = undefined;
    }
  }
  const leans = generals.flatMap((general, at): Match[] =>
    general?.lean === undefined ? [] : [{ phrase: clauses[at]!, concepts: [general.lean] }],
  );
  return [...leans, ...others()];
}

/** What a text speaks of. Pure; never throws. */
export function readReason(reason: string): ReadReason {
  const normalised = normaliseReason(reason);
  const matches = findParticular(normalised);
  const concepts = new Set<Concept>();
  for (const match of matches) for (const concept of match.concepts) concepts.add(concept);
  return { ...normalised, matches, concepts };
}
