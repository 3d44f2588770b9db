import type { SecretKind } from '../../model/secrets.ts';
import type { RedactionId } from './options.ts';

/** What a value may stand as in a sentence: no spaces, quotes or brackets, no full stop at its end. */
const PIECE = /[^\s"'<>()[\]{},;‹›]{8,}/g;
const SMALLER_PIECE = /[^=:/&?]{8,}/g;
/** `?error=unauthorized` must not take the word out of every reason. */
const WORDS = /^\p{L}+(?:[-_. ]\p{L}+)*$/u;
/** What may follow a value in a sentence without being of it. */
const TAIL = /[.:!?]+$/;

/** Values shorter than this are too common to be looked for in other texts. */
const KNOWN_LENGTH = 8;

/**
 * Gives every value that is taken out its mark, and the same value always the same mark, so
 * that whoever reads the log still sees that a token was used again. Lives as long as one
 * export: two exports share no marks.
 */
export class Vault {
  readonly #marks = new Map<string, string>();
  readonly #numbers = new Map<SecretKind, number>();
  /** Values to look for in free text, because they were secret elsewhere. */
  readonly #known = new Map<string, string>();
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

  /** From now on this value is taken out of free text as well. */
  remember(value: string, mark: string): void {
    if (value.length >= KNOWN_LENGTH && !WORDS.test(value)) this.#known.set(value, mark);
  }

  /** Takes values that were secret elsewhere out of a text. */
  replaceKnown(text: string, by: RedactionId): string {
    if (this.#known.size === 0 || text.length < KNOWN_LENGTH) return text;
    const look = (piece: string): string | undefined => {
      const bare = piece.replace(TAIL, '');
      const mark = this.#known.get(piece);
      const known = mark ?? this.#known.get(bare);
      if (known === undefined) return undefined;
      this.count(by);
      return mark ?? known + piece.slice(bare.length);
    };
    // By look-up, not by search: a session may hold a token for every one of its sockets.
    return text.replace(
      PIECE,
      (piece) => look(piece) ?? piece.replace(SMALLER_PIECE, (part) => look(part) ?? part),
    );
  }

  get counts(): Readonly<Partial<Record<RedactionId, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
