import { message } from '../../model/message.ts';
import { LogError } from '../error.ts';

/**
 * Refuses what is nested too deep, with its place, before anything takes it apart. The text
 * comes in pieces cut anywhere; texts inside it are passed over at the speed of a search.
 */
export class DepthGuard {
  readonly #most: number;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  /** Column of the next piece's first character. */
  #column = 1;

  constructor(most: number) {
    this.#most = most;
  }

  push(text: string): void {
    let i = 0;
    if (this.#inString) i = this.#stringEnd(text, 0);
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 0x22) i = this.#stringEnd(text, i + 1) - 1;
      else if (c === 0x5d || c === 0x7d) this.#depth--;
      else if ((c === 0x5b || c === 0x7b) && ++this.#depth > this.#most) {
        this.#move(text.slice(0, i));
        const place = { line: this.#line, column: this.#column };
        throw new LogError(message('log_error_deep', { limit: this.#most }), place);
      }
    }
    this.#move(text);
  }

  /** Index after the text that is open, or the end of the piece. */
  #stringEnd(text: string, from: number): number {
    this.#inString = true;
    let i = from;
    if (this.#escaped && i < text.length) {
      this.#escaped = false;
      i++;
    }
    for (;;) {
      const quote = text.indexOf('"', i);
      const end = quote === -1 ? text.length : quote;
      let slashes = 0;
      while (end - slashes > i && text.charCodeAt(end - slashes - 1) === 0x5c) slashes++;
      const escaped = slashes % 2 === 1;
      if (quote === -1) {
        this.#escaped = escaped;
        return end;
      }
      i = quote + 1;
      if (escaped) continue;
      this.#inString = false;
      return i;
    }
  }

  #move(text: string): void {
    const last = text.lastIndexOf('\n');
    if (last === -1) {
      this.#column += text.length;
      return;
    }
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#line++;
    this.#column = text.length - last;
  }
}
