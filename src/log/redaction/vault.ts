import { replaceMarks, replacePieces, type SecretKind } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';

interface Known {
  /** What was taken out where it was secret: the value itself, or what it is a part of. */
  readonly whole: string;
  readonly kind: SecretKind;
}

/**
 * Gives every value that is taken out its mark, and the same value always the same mark, so
 * that whoever reads the log still sees that a token was used again. Lives as long as one
 * export: two exports share no marks.
 */
export class Vault {
  readonly #marks = new Map<string, string>();
  readonly #numbers = new Map<SecretKind, number>();
  /** Values to look for in free text, because they are secret elsewhere. */
  readonly #known = new Map<string, Known>();
  readonly #counts = new Map<RedactionId, number>();

  /** The mark of a value, counted for the redaction that took it out. */
  mark(value: string, kind: SecretKind, by: RedactionId): string {
    this.count(by);
    const key = `${kind}:${value}`;
    const known = this.#marks.get(key);
    if (known !== undefined) return known;
    const number = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, number);
    const mark = `‹${kind}-${number}›`;
    this.#marks.set(key, mark);
    return mark;
  }

  count(by: RedactionId): void {
    this.#counts.set(by, (this.#counts.get(by) ?? 0) + 1);
  }

  /** This value is taken out of free text as well. */
  remember(value: string, whole = value, kind: SecretKind = 'token'): void {
    if (!this.#known.has(value)) this.#known.set(value, { whole, kind });
  }

  /** Marks of an earlier redaction stay, and nothing else is given theirs. */
  reserve(text: string): void {
    replaceMarks(text, (kind, number) => {
      if (number > (this.#numbers.get(kind) ?? 0)) this.#numbers.set(kind, number);
      return '';
    });
  }

  /** Takes values that are secret elsewhere out of a text. */
  replaceKnown(text: string, by: RedactionId): string {
    if (this.#known.size === 0) return text;
    return replacePieces(text, (piece) => {
      const known = this.#known.get(piece);
      return known === undefined ? undefined : this.mark(known.whole, known.kind, by);
    });
  }

  get counts(): Readonly<Partial<Record<RedactionId, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
