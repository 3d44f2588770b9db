/** What a JSON text is wrong about; the names end in message ids `log_syntax_…`. */
export type FaultKind = 'end' | 'token' | 'string' | 'escape' | 'number';

export interface Fault {
  /** Index into the text. */
  readonly index: number;
  readonly kind: FaultKind;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Finds where a text that `JSON.parse` refused stops being JSON. Engines word and place
 * their errors differently, or not at all, so the place is found here. No recursion.
 */
export function findFault(text: string): Fault | undefined {
  const open: string[] = [];
  let wants: 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'next' = 'value';
  let i = 0;

  const stringEnd = (from: number): Fault | number => {
    for (let j = from + 1; j < text.length; j++) {
      const c = text.charCodeAt(j);
      if (c === 0x22) return j + 1;
      if (c < 0x20) return { index: j, kind: 'string' };
      if (c !== 0x5c) continue;
      const mark = text[j + 1];
      if (mark === undefined) break;
      if (mark === 'u') {
        const digits = text.slice(j + 2, j + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
          return j + 6 > text.length
            ? { index: text.length, kind: 'end' }
            : { index: j, kind: 'escape' };
        }
        j += 5;
      } else if ('"\\/bfnrt'.includes(mark)) j++;
      else return { index: j, kind: 'escape' };
    }
    return { index: text.length, kind: 'end' };
  };

  for (;;) {
    while (i < text.length && ' \t\n\r'.includes(text[i]!)) i++;
    const c = text[i];
    if (wants === 'next' && open.length === 0) {
      return c === undefined ? undefined : { index: i, kind: 'token' };
    }
    if (c === undefined) return { index: i, kind: 'end' };
    if (wants === 'next') {
      const inObject = open.at(-1) === '{';
      if (c === ',') wants = inObject ? 'key' : 'value';
      else if (c === (inObject ? '}' : ']')) open.pop();
      else return { index: i, kind: 'token' };
      i++;
    } else if (wants === 'colon') {
      if (c !== ':') return { index: i, kind: 'token' };
      wants = 'value';
      i++;
    } else if (wants === 'key' || wants === 'key-or-end') {
      if (c === '}' && wants === 'key-or-end') {
        open.pop();
        wants = 'next';
        i++;
        continue;
      }
      if (c !== '"') return { index: i, kind: 'token' };
      const end = stringEnd(i);
      if (typeof end !== 'number') return end;
      i = end;
      wants = 'colon';
    } else {
      if (c === ']' && wants === 'value-or-end') {
        open.pop();
        wants = 'next';
        i++;
        continue;
      }
      if (c === '{' || c === '[') {
        open.push(c);
        wants = c === '{' ? 'key-or-end' : 'value-or-end';
        i++;
        continue;
      }
      wants = 'next';
      if (c === '"') {
        const end = stringEnd(i);
        if (typeof end !== 'number') return end;
        i = end;
        continue;
      }
      const word = ['true', 'false', 'null'].find((one) => text.startsWith(one, i));
      if (word !== undefined) {
        i += word.length;
        continue;
      }
      NUMBER.lastIndex = i;
      const number = NUMBER.exec(text);
      if (number === null) return { index: i, kind: c === '-' ? 'number' : 'token' };
      i += number[0].length;
      if (i < text.length && /[\w.+-]/.test(text[i]!)) return { index: i, kind: 'number' };
    }
  }
}
