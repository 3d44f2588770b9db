import { type Concept, type Lexicon, STATEMENTS, THINGS } from './concepts.ts';

/** A phrase found in a reason, and what it speaks of. */
export interface Match {
  readonly phrase: string;
  readonly concepts: readonly Concept[];
}

interface Entry {
  readonly words: readonly string[];
  readonly prefix: readonly boolean[];
  readonly concepts: Concept[];
}

/** Scripts that are written without spaces, or glue particles to their words. */
const GLUED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const STEM = 3;

/**
 * Finds the phrases of lexicons in normalised text, leftmost longest: words of a
 * found phrase are used up, so that "access token" does not also say "access".
 */
export class PhraseMatcher {
  private readonly byWord = new Map<string, Entry[]>();
  private readonly byStem = new Map<string, Entry[]>();
  private readonly byChar = new Map<string, { phrase: string; concepts: Concept[] }[]>();

  constructor(lexicons: readonly Lexicon[], fold = (phrase: string): string => phrase) {
    const all = new Map<string, Concept[]>();
    for (const lexicon of lexicons) {
      for (const [concept, phrases] of Object.entries(lexicon)) {
        for (const unfolded of phrases) {
          const phrase = fold(unfolded);
          const concepts = all.get(phrase);
          if (concepts === undefined) all.set(phrase, [concept as Concept]);
          else if (!concepts.includes(concept as Concept)) concepts.push(concept as Concept);
        }
      }
    }
    for (const [phrase, concepts] of all) this.add(phrase, concepts);
    for (const [phrase, concepts] of all) {
      if (!phrase.includes(' ') || concepts.some((c) => THINGS.has(c) || STATEMENTS.has(c)))
        continue;
      for (const word of phrase.split(' ')) {
        for (const concept of all.get(word) ?? []) {
          if (THINGS.has(concept) && !concepts.includes(concept)) concepts.push(concept);
        }
      }
    }
    for (const list of this.byChar.values()) list.sort((a, b) => b.phrase.length - a.phrase.length);
  }

  private add(phrase: string, concepts: Concept[]): void {
    if (GLUED.test(phrase)) {
      const text = phrase.replaceAll(' ', '');
      const list = this.byChar.get(text.charAt(0)) ?? [];
      list.push({ phrase: text, concepts });
      this.byChar.set(text.charAt(0), list);
      return;
    }
    const parts = phrase.split(' ');
    const prefix = parts.map((part) => part.endsWith('*'));
    const words = parts.map((part) => (part.endsWith('*') ? part.slice(0, -1) : part));
    const entry = { words, prefix, concepts };
    const first = words[0] ?? '';
    const [map, key] =
      prefix[0] === true ? [this.byStem, first.slice(0, STEM)] : [this.byWord, first];
    const list = map.get(key) ?? [];
    list.push(entry);
    map.set(key, list);
  }

  find(text: string): Match[] {
    const matches: Match[] = [];
    const words = text.split(' ');
    for (let at = 0; at < words.length; ) {
      const word = words[at] ?? '';
      if (GLUED.test(word)) {
        // A sentence without spaces: join what follows, as particles may be spaced apart.
        let end = at;
        let run = '';
        while (end < words.length && GLUED.test(words[end] ?? '')) run += words[end++];
        this.findGlued(run, matches);
        at = end;
        continue;
      }
      const found = this.longestAt(words, at);
      if (found === undefined) at += 1;
      else {
        const length = found.words.length;
        matches.push({ phrase: words.slice(at, at + length).join(' '), concepts: found.concepts });
        at += length;
      }
    }
    return matches;
  }

  private longestAt(words: readonly string[], at: number): Entry | undefined {
    const word = words[at] ?? '';
    let best: Entry | undefined;
    let bestExact = false;
    const consider = (entries: readonly Entry[] | undefined): void => {
      if (entries === undefined) return;
      for (const entry of entries) {
        if (!matchesAt(entry, words, at)) continue;
        const length = entry.words.length;
        const exact = entry.prefix[0] !== true;
        if (
          best === undefined ||
          length > best.words.length ||
          (length === best.words.length &&
            !bestExact &&
            (exact || (entry.words[0]?.length ?? 0) > (best.words[0]?.length ?? 0)))
        ) {
          best = entry;
          bestExact = exact;
        }
      }
    };
    consider(this.byWord.get(word));
    if (word.length > 3 && word.endsWith('s')) consider(this.byWord.get(word.slice(0, -1)));
    consider(this.byStem.get(word.slice(0, STEM)));
    return best;
  }

  private findGlued(run: string, matches: Match[]): void {
    for (let at = 0; at < run.length; ) {
      const list = this.byChar.get(run.charAt(at));
      const found = list?.find((each) => run.startsWith(each.phrase, at));
      if (found !== undefined) {
        matches.push(found);
        at += found.phrase.length;
        continue;
      }
      // Latin words inside: "Token验证失败".
      const latin = /^[a-z0-9]+/.exec(run.slice(at, at + 40))?.[0];
      if (latin !== undefined && latin !== '') {
        const entry = this.longestAt([latin], 0);
        if (entry !== undefined) matches.push({ phrase: latin, concepts: entry.concepts });
        at += latin.length;
      } else at += 1;
    }
  }
}

function matchesAt(entry: Entry, words: readonly string[], at: number): boolean {
  for (let i = 0; i < entry.words.length; i++) {
    const word = words[at + i];
    const wanted = entry.words[i];
    if (word === undefined || wanted === undefined) return false;
    if (
      entry.prefix[i] === true ? !word.startsWith(wanted) : word !== wanted && word !== `${wanted}s`
    ) {
      return false;
    }
  }
  return true;
}
