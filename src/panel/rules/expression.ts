import { type Node, parseExpression } from './expression-tree.ts';

/**
 * Expressions of rules that came from somebody else must not freeze the panel, and a script cannot
 * be stopped in the middle of the browser's own matching, which for some expressions takes longer
 * than anybody lives. So they run here: all the ways through an expression at once, one character
 * after the other, which takes at most its size times the length of the text.
 */
export interface Expression {
  test(text: string, work?: Work): boolean;
  /** Of the machine; what one character costs at most. */
  readonly size: number;
}

/** Counts steps, for those who doubt. */
export interface Work {
  steps: number;
}

/** Counted repetitions are written out, so they are what makes a machine big. */
export const MOST_SIZE = 500;

/** The expression is fine, but its counted repetitions come to too much. */
export class HugeExpression extends Error {}

const CHAR = 0;
const EDGE = 1;
const FORK = 2;
const JUMP = 3;

/** Two numbers an instruction, which runs several times faster than objects. */
interface Machine {
  readonly ops: Uint8Array;
  /** The number of a character or an edge; elsewhere where to go on (a fork goes on behind itself as well). */
  readonly to: Int32Array;
  readonly atoms: readonly Atom[];
}

const EDGES = ['^', '$', '\\b', '\\B'];

interface Atom {
  fits(char: string): boolean;
}

/**
 * @throws SyntaxError in the browser's words
 * @throws UnreadExpression where it asks for more than one way through the text can tell
 * @throws HugeExpression
 */
export function compileExpression(source: string): Expression {
  // The browser says best what is wrong with an expression; it runs none here.
  new RegExp(source, 'iu');
  const tree = parseExpression(source);
  if (!(sizeOf(tree) <= MOST_SIZE)) throw new HugeExpression();
  const ops: number[] = [];
  const to: number[] = [];
  const atoms: Atom[] = [];
  const numbers = new Map<string, number>();

  function push(op: number, target = 0): number {
    to.push(target);
    return ops.push(op) - 1;
  }

  function atomOf(text: string): number {
    let number = numbers.get(text);
    if (number === undefined) {
      number = atoms.push(atomFor(text)) - 1;
      numbers.set(text, number);
    }
    return number;
  }

  function emit(node: Node): void {
    switch (node.kind) {
      case 'char':
        push(CHAR, atomOf(node.source));
        break;
      case 'edge':
        push(EDGE, EDGES.indexOf(node.edge));
        break;
      case 'all':
        for (const part of node.parts) emit(part);
        break;
      case 'one': {
        const ends: number[] = [];
        for (const way of node.ways.slice(0, -1)) {
          maybe(() => {
            emit(way);
            ends.push(push(JUMP));
          });
        }
        emit(node.ways.at(-1)!);
        for (const end of ends) to[end] = ops.length;
        break;
      }
      case 'repeat': {
        for (let i = 0; i < node.least; i += 1) emit(node.of);
        if (node.most === Number.POSITIVE_INFINITY) {
          const start = ops.length;
          maybe(() => {
            emit(node.of);
            push(JUMP, start);
          });
        } else for (let i = node.least; i < node.most; i += 1) maybe(() => emit(node.of));
      }
    }
  }

  /** Either goes through what is emitted, or past it. */
  function maybe(inner: () => void): void {
    const fork = push(FORK);
    inner();
    to[fork] = ops.length;
  }

  emit(tree);
  const machine = { ops: Uint8Array.from(ops), to: Int32Array.from(to), atoms };
  return { size: ops.length, test: (text, work) => run(machine, text, work) };
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'all':
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'one':
      return node.ways.reduce((sum, way) => sum + sizeOf(way) + 2, 0);
    case 'repeat': {
      // Even nothing costs something to repeat.
      const once = Math.max(1, sizeOf(node.of));
      const { least, most } = node;
      const rest = most === Number.POSITIVE_INFINITY ? once + 2 : (most - least) * (once + 1);
      return least * once + rest;
    }
    default:
      return 1;
  }
}

/** What one character may be is asked of the browser: case, classes and Unicode are its business. */
function atomFor(source: string): Atom {
  const one = new RegExp(`^(?:${source})$`, 'iu');
  const ascii: boolean[] = [];
  return {
    fits(char) {
      const unit = char.charCodeAt(0);
      if (unit > 127) return one.test(char);
      ascii[unit] ??= one.test(char);
      return ascii[unit];
    },
  };
}

const WORD = /^\w$/iu;

function run({ ops, to, atoms }: Machine, text: string, work?: Work): boolean {
  const chars = [...text];
  const end = ops.length;
  /** The last character at which a place was entered. */
  const seenAt = new Int32Array(end + 1).fill(-1);
  // A place is left once for each character, to at most two others.
  const stack = new Int32Array(2 * end + 2);
  let now = new Int32Array(end);
  let next = new Int32Array(end);
  let waiting = 0;
  let steps = 0;
  let at = 0;

  const holds = (edge: string | undefined): boolean => {
    if (edge === '^') return at === 0;
    if (edge === '$') return at === chars.length;
    const before = at > 0 && WORD.test(chars[at - 1]!);
    const after = at < chars.length && WORD.test(chars[at]!);
    return (before !== after) === (edge === '\\b');
  };

  /** Everything that can be reached from here without a character; true at the end of the expression. */
  const enter = (start: number, into: Int32Array): boolean => {
    let top = 0;
    stack[top++] = start;
    while (top > 0) {
      const place = stack[--top]!;
      if (seenAt[place] === at) continue;
      seenAt[place] = at;
      steps += 1;
      if (place === end) return true;
      const op = ops[place];
      if (op === CHAR) into[waiting++] = place;
      else if (op === JUMP) stack[top++] = to[place]!;
      else if (op === FORK) {
        stack[top++] = to[place]!;
        stack[top++] = place + 1;
      } else if (holds(EDGES[to[place]!])) stack[top++] = place + 1;
    }
    return false;
  };

  const search = (): boolean => {
    for (;;) {
      // A match may begin anywhere.
      if (enter(0, now)) return true;
      const char = chars[at];
      if (char === undefined) return false;
      at += 1;
      const many = waiting;
      waiting = 0;
      for (let i = 0; i < many; i += 1) {
        steps += 1;
        const place = now[i]!;
        if (atoms[to[place]!]!.fits(char) && enter(place + 1, next)) return true;
      }
      [now, next] = [next, now];
    }
  };

  const found = search();
  if (work !== undefined) work.steps += steps;
  return found;
}
