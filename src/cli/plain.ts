/**
 * What a terminal could take for a command, or what turns the direction of a line: controls of
 * C0 and C1, marks of direction, separators of lines, lone surrogates. (The joiners of scripts and emoji stay.)
 */
const UNSAFE =
  /(?![\u200c\u200d])[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]/gu;

/** Text of a stranger, safe to print: what cannot be seen is spelled out. */
export function plain(text: string): string {
  return text.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** At most `width` characters, the end cut off visibly. */
export function clipped(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}

/** Breaks a text into lines of at most `width` characters, at spaces where there are any. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
