/** `__proto__` with every character escaped, quotes included. */
const LONGEST = 9 * 6 + 2;

/**
 * Index of the first key `__proto__` of a valid JSON text, spelled out or with escapes; -1
 * where there is none.
 */
export function prototypeKeyAt(text: string): number {
  if (!text.includes('__proto__') && !text.includes('\\u')) return -1;
  for (let from = text.indexOf('"'); from !== -1; ) {
    let to = text.indexOf('"', from + 1);
    while (escapedAt(text, to)) to = text.indexOf('"', to + 1);
    const end = to + 1;
    if (end - from <= LONGEST && isKey(text, end)) {
      if (JSON.parse(text.slice(from, end)) === '__proto__') return from;
    }
    from = text.indexOf('"', end);
  }
  return -1;
}

function escapedAt(text: string, index: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(index - slashes - 1) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

function isKey(text: string, end: number): boolean {
  let i = end;
  while (' \t\n\r'.includes(text[i] ?? '?')) i++;
  return text[i] === ':';
}
