/** Colours of a terminal; every one of them says what the words say already. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  good(text: string): string;
  /** Columns to fill. */
  readonly width: number;
}

const NARROW = 60;
const WIDE = 120;

export function createStyle(colour: boolean, width: number): Style {
  const paint = (code: string) => (text: string) =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    bold: paint('1'),
    dim: paint('2'),
    bad: paint('31'),
    warn: paint('33'),
    good: paint('32'),
    width: Math.min(WIDE, Math.max(NARROW, width)),
  };
}
