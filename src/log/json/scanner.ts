import { message } from '../../model/message.ts';
import { LogError, type Place } from '../error.ts';
import type { ReadLimits } from './limits.ts';
import { parseValue, type Start, shown } from './value.ts';

/** Receives the parts of a log in the order of the file. */
export interface LogParts {
  /** A member of the log itself, `events` excepted. */
  member(key: string, value: unknown, start: Start): void;
  /** The events begin. In JSON more members may follow them, in NDJSON the header is complete. */
  eventsBegin(headerComplete: boolean): void;
  event(value: unknown, start: Start): void;
}

/** What may come next in the file. `in-…`: a value is open. */
type Wants =
  | 'start'
  | 'key-or-end'
  | 'key'
  | 'in-key'
  | 'colon'
  | 'value'
  | 'in-value'
  | 'next-member'
  | 'item-or-end'
  | 'item'
  | 'in-item'
  | 'next-item'
  | 'nothing'
  | 'lines';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

const isSpace = (c: number): boolean => c === 0x20 || c === NEWLINE || c === 0x0d || c === 0x09;
const opens = (c: number): boolean => c === 0x7b || c === 0x5b;
const closes = (c: number): boolean => c === 0x7d || c === 0x5d;
/** What ends a number or a word. */
const endsScalar = (c: number): boolean => c === 0x2c || closes(c) || isSpace(c);

function occurrences(text: string, mark: string): number {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

/**
 * Takes a session log apart as its text arrives: JSON or NDJSON, in pieces cut anywhere. Only
 * one member or event is held at a time. Strict: what is not JSON is refused with its place.
 */
export class LogScanner {
  readonly #parts: LogParts;
  readonly #limits: ReadLimits;
  #wants: Wants = 'start';
  /** The part of the text that is not yet used: a value that goes on in the next piece. */
  #text = '';
  #index = 0;
  /** Line of `#index`, and the offset in the file of that line's first character. */
  #line = 1;
  #lineOffset = 0;
  /** Offset in the file of `#text[0]`. */
  #offset = 0;

  #valueFrom = 0;
  #valueStart: Start = { line: 1, column: 1 };
  #depth = 0;
  #inString = false;
  #escaped = false;
  #scalar = false;

  #key = '';
  #headerLine = 1;
  #events = -1;
  #sawEvents = false;

  constructor(parts: LogParts, limits: ReadLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  /** Index of the event that is read or was read last; -1 before the first. */
  get lastEvent(): number {
    return this.#events;
  }

  push(piece: string): void {
    this.#text += piece;
    while (this.#index < this.#text.length) {
      if (this.#wants === 'lines') {
        if (!this.#nextLine()) break;
      } else if (
        this.#wants === 'in-value' ||
        this.#wants === 'in-item' ||
        this.#wants === 'in-key'
      ) {
        if (!this.#scanValue()) break;
      } else this.#step();
    }
    this.#forget();
  }

  /** The file ends here. */
  end(): void {
    if (this.#wants === 'start') throw new LogError(message('log_error_empty'));
    if (this.#wants === 'lines') {
      if (this.#index < this.#text.length) this.#takeLine(this.#text.slice(this.#index));
      return;
    }
    if (this.#wants !== 'nothing') {
      throw new LogError(message('log_error_truncated'), {
        ...this.#placeHere(),
        ...this.#where(),
      });
    }
  }

  /** Drops the text that is used up; keeps the value that is still open. */
  #forget(): void {
    const capturing =
      this.#wants === 'in-value' || this.#wants === 'in-item' || this.#wants === 'in-key';
    const keepFrom = capturing ? this.#valueFrom : this.#index;
    if (this.#text.length - keepFrom > this.#limits.maxValue) {
      throw new LogError(message('log_error_value_too_big', { limit: this.#limits.maxValue }), {
        ...(capturing ? this.#valueStart : this.#placeHere()),
        ...this.#where(),
      });
    }
    this.#text = this.#text.slice(keepFrom);
    this.#index -= keepFrom;
    this.#valueFrom -= keepFrom;
    this.#offset += keepFrom;
  }

  #placeHere(): Start {
    return { line: this.#line, column: this.#offset + this.#index - this.#lineOffset + 1 };
  }

  #where(): Place {
    const inEvents =
      this.#wants === 'in-item' || this.#wants === 'lines' || this.#wants === 'next-item';
    if (inEvents && this.#events >= 0) return { event: this.#events };
    return this.#wants === 'in-value' ? { path: this.#key } : {};
  }

  #newline(): void {
    this.#line++;
    this.#lineOffset = this.#offset + this.#index + 1;
  }

  #unexpected(): never {
    const text = this.#text.slice(this.#index, this.#index + 2);
    throw new LogError(message('log_syntax_token', { found: shown(text) }), {
      ...this.#placeHere(),
      ...this.#where(),
    });
  }

  /** One character outside of values. */
  #step(): void {
    const c = this.#text.charCodeAt(this.#index);
    if (isSpace(c)) {
      if (c === NEWLINE) {
        if (this.#wants === 'nothing' && !this.#sawEvents) this.#wants = 'lines';
        this.#newline();
      }
      this.#index++;
      return;
    }
    switch (this.#wants) {
      case 'start':
        if (c === 0xfeff && this.#offset + this.#index === 0) break;
        if (c !== 0x7b) {
          throw new LogError(
            message('log_error_not_json', {
              found: shown(this.#text.slice(this.#index, this.#index + 2)),
            }),
            this.#placeHere(),
          );
        }
        this.#headerLine = this.#line;
        this.#wants = 'key-or-end';
        break;
      case 'key-or-end':
      case 'key':
        if (c === 0x7d && this.#wants === 'key-or-end') {
          this.#endObject();
          return;
        }
        if (c !== QUOTE) this.#unexpected();
        this.#beginValue('in-key', c);
        return;
      case 'colon':
        if (c !== 0x3a) this.#unexpected();
        this.#wants = 'value';
        break;
      case 'value':
        if (this.#key === 'events') {
          if (this.#sawEvents) {
            throw new LogError(message('log_error_twice', { field: 'events' }), {
              ...this.#placeHere(),
              path: 'events',
            });
          }
          if (c !== 0x5b) {
            throw new LogError(
              message('log_error_type', {
                field: 'events',
                expected: message('log_type_list'),
              }),
              { ...this.#placeHere(), path: 'events' },
            );
          }
          this.#sawEvents = true;
          this.#wants = 'item-or-end';
          this.#parts.eventsBegin(false);
          break;
        }
        this.#beginValue('in-value', c);
        return;
      case 'next-member':
        if (c === 0x2c) this.#wants = 'key';
        else if (c === 0x7d) {
          this.#endObject();
          return;
        } else this.#unexpected();
        break;
      case 'item-or-end':
        if (c === 0x5d) {
          this.#wants = 'next-member';
          break;
        }
        this.#beginItem(c);
        return;
      case 'item':
        this.#beginItem(c);
        return;
      case 'next-item':
        if (c === 0x2c) this.#wants = 'item';
        else if (c === 0x5d) this.#wants = 'next-member';
        else this.#unexpected();
        break;
      default:
        throw new LogError(message('log_error_trailing'), this.#placeHere());
    }
    this.#index++;
  }

  #beginItem(c: number): void {
    this.#events++;
    this.#beginValue('in-item', c);
  }

  #beginValue(wants: Wants, c: number): void {
    this.#wants = wants;
    this.#valueFrom = this.#index;
    this.#valueStart = this.#placeHere();
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#scalar = !opens(c) && c !== QUOTE;
    // A comma or a bracket cannot begin a value; the scan below would never move.
    if (this.#scalar && endsScalar(c)) this.#unexpected();
  }

  /** Goes on in an open value. True where it ended inside the text at hand. */
  #scanValue(): boolean {
    const text = this.#text;
    const { length } = text;
    let i = this.#index;
    if (this.#scalar) {
      while (i < length && !endsScalar(text.charCodeAt(i))) i++;
      this.#index = i;
      if (i === length) return false;
      this.#takeValue();
      return true;
    }
    for (; i < length; i++) {
      const c = text.charCodeAt(i);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (c === BACKSLASH) this.#escaped = true;
        else if (c === QUOTE) {
          this.#inString = false;
          if (this.#depth === 0) break;
        } else if (c === NEWLINE) {
          this.#index = i;
          this.#newline();
        }
      } else if (c === QUOTE) this.#inString = true;
      else if (opens(c)) {
        if (++this.#depth > this.#limits.maxDepth) {
          this.#index = i;
          throw new LogError(message('log_error_deep', { limit: this.#limits.maxDepth }), {
            ...this.#placeHere(),
            ...this.#where(),
          });
        }
      } else if (closes(c)) {
        if (--this.#depth <= 0) break;
      } else if (c === NEWLINE) {
        this.#index = i;
        this.#newline();
      }
    }
    if (i === length) {
      this.#index = i;
      return false;
    }
    this.#index = i + 1;
    this.#takeValue();
    return true;
  }

  #takeValue(): void {
    const text = this.#text.slice(this.#valueFrom, this.#index);
    const start = this.#valueStart;
    if (this.#wants === 'in-key') {
      this.#key = parseValue(text, start, {}) as string;
      if (this.#key === '__proto__') throw new LogError(message('log_error_prototype'), start);
      this.#wants = 'colon';
    } else if (this.#wants === 'in-value') {
      this.#parts.member(this.#key, parseValue(text, start, { path: this.#key }), start);
      this.#wants = 'next-member';
    } else {
      this.#parts.event(parseValue(text, start, { event: this.#events }), start);
      this.#wants = 'next-item';
    }
  }

  #endObject(): void {
    this.#index++;
    this.#wants = 'nothing';
    if (this.#sawEvents) return;
    this.#parts.eventsBegin(true);
    // Without `events` it is the first line of NDJSON, and has to be one line.
    if (this.#line !== this.#headerLine) {
      throw new LogError(message('log_error_missing', { field: 'events' }), {
        ...this.#placeHere(),
        path: 'events',
      });
    }
  }

  /** NDJSON after its first line. True where a whole line was at hand. */
  #nextLine(): boolean {
    const end = this.#text.indexOf('\n', this.#index);
    if (end === -1) return false;
    this.#takeLine(this.#text.slice(this.#index, end));
    this.#index = end;
    this.#newline();
    this.#index++;
    return true;
  }

  #takeLine(line: string): void {
    if (line.length > this.#limits.maxValue) {
      throw new LogError(message('log_error_value_too_big', { limit: this.#limits.maxValue }), {
        ...this.#placeHere(),
        event: this.#events + 1,
      });
    }
    if (line.trim() === '') return;
    this.#events++;
    const start = this.#placeHere();
    const where = { event: this.#events };
    this.#refuseDepth(line, start);
    this.#parts.event(parseValue(line, start, where), start);
  }

  #refuseDepth(line: string, start: Start): void {
    // Nearly every line ends here, at the speed of a search.
    if (occurrences(line, '{') + occurrences(line, '[') <= this.#limits.maxDepth) return;
    let depth = 0;
    let inString = false;
    for (let i = 0; i < line.length; i++) {
      const c = line.charCodeAt(i);
      if (inString) {
        if (c === BACKSLASH) i++;
        else if (c === QUOTE) inString = false;
      } else if (c === QUOTE) inString = true;
      else if (closes(c)) depth--;
      else if (opens(c) && ++depth > this.#limits.maxDepth) {
        throw new LogError(message('log_error_deep', { limit: this.#limits.maxDepth }), {
          line: start.line,
          column: start.column + i,
          event: this.#events,
        });
      }
    }
  }
}
