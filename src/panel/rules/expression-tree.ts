/** What an expression consists of. Groups capture nothing and greed decides nothing here: only whether it fits. */
export type Node =
  | { readonly kind: 'char'; readonly source: string }
  | { readonly kind: 'edge'; readonly edge: string }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'one'; readonly ways: readonly Node[] }
  | {
      readonly kind: 'repeat';
      readonly of: Node;
      readonly least: number;
      readonly most: number;
    };

/** Back-references, look-around and flags inside an expression are not read. */
export class UnreadExpression extends Error {}

const EDGE = /\^|\$|\\[bB]/y;
const BACK = /\\[1-9k]/y;
const GROUP = /\((?:\?:|\?<(?![=!])[^>]*>|(?!\?))/y;
/** One character of the text: an escape, a class, a dot or itself. */
const CHAR =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u.{4}|x..|c.|.)|\[(?:\\.|[^\]\\])*\]|./suy;
const COUNT = /([*+?]|\{(\d+)(,(\d*))?\})\??/y;

/** Reads an expression that the browser takes under the flags `iu`, so none of its faults come here. */
export function parseExpression(source: string): Node {
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(source) ?? undefined;
    if (found !== undefined) at = pattern.lastIndex;
    return found;
  }

  function either(): Node {
    const ways = [sequence()];
    while (source[at] === '|') {
      at += 1;
      ways.push(sequence());
    }
    return ways.length === 1 ? ways[0]! : { kind: 'one', ways };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      parts.push(counted(single()));
    }
    return parts.length === 1 ? parts[0]! : { kind: 'all', parts };
  }

  function single(): Node {
    const edge = take(EDGE);
    if (edge !== undefined) return { kind: 'edge', edge: edge[0] };
    if (source[at] === '(') {
      if (take(GROUP) === undefined) throw new UnreadExpression();
      const inner = either();
      at += 1;
      return inner;
    }
    if (take(BACK) !== undefined) throw new UnreadExpression();
    const char = take(CHAR);
    if (char === undefined) throw new UnreadExpression();
    return { kind: 'char', source: char[0] };
  }

  function counted(of: Node): Node {
    const count = take(COUNT);
    if (count === undefined) return of;
    const [, sign, least, more, most] = count;
    if (least === undefined) {
      return {
        kind: 'repeat',
        of,
        least: sign === '+' ? 1 : 0,
        most: sign === '?' ? 1 : Number.POSITIVE_INFINITY,
      };
    }
    return {
      kind: 'repeat',
      of,
      least: Number(least),
      most: more === undefined ? Number(least) : most ? Number(most) : Number.POSITIVE_INFINITY,
    };
  }

  return either();
}
