import type { TrafficEvent } from '../model/events.ts';

/** Rows of a chunk. */
const ROWS = 8192;

/** Bits of a row's flags. */
const RECEIVED = 1;
const BINARY = 2;

/** Fields that most rows lack; NaN says so. Their column exists from the first row that has one. */
const RARE = ['count', 'largest', 'firstT', 'buffered'] as const;
type Rare = (typeof RARE)[number];

/** Some rows, a column a field. */
class Chunk {
  length = 0;
  readonly t = new Float64Array(ROWS);
  readonly bytes = new Float64Array(ROWS);
  /** Place of the id in the list of ids. */
  readonly socket = new Uint32Array(ROWS);
  readonly flags = new Uint8Array(ROWS);
  readonly rare: { [K in Rare]?: Float64Array } = {};
  previews: string[] | undefined;

  push(event: TrafficEvent, socket: number): void {
    const row = this.length;
    this.t[row] = event.t;
    this.bytes[row] = event.bytes;
    this.socket[row] = socket;
    this.flags[row] =
      (event.type === 'receive' ? RECEIVED : 0) | (event.kind === 'binary' ? BINARY : 0);
    for (const field of RARE) {
      const value = event[field];
      if (value === undefined) continue;
      const column = this.rare[field] ?? new Float64Array(ROWS).fill(Number.NaN);
      this.rare[field] = column;
      column[row] = value;
    }
    if (event.preview !== undefined) {
      this.previews ??= [];
      this.previews[row] = event.preview;
    }
    this.length = row + 1;
  }

  at(row: number, ids: readonly string[]): TrafficEvent {
    const flags = this.flags[row]!;
    const event: { -readonly [K in keyof TrafficEvent]: TrafficEvent[K] } = {
      t: this.t[row]!,
      type: (flags & RECEIVED) === 0 ? 'send' : 'receive',
      socket: ids[this.socket[row]!]!,
      kind: (flags & BINARY) === 0 ? 'text' : 'binary',
      bytes: this.bytes[row]!,
    };
    for (const field of RARE) {
      const value = this.rare[field]?.[row];
      if (value !== undefined && !Number.isNaN(value)) event[field] = value;
    }
    const preview = this.previews?.[row];
    if (preview !== undefined) event.preview = preview;
    return event;
  }

  /** The same rows, `by` milliseconds later. */
  moved(by: number): Chunk {
    const chunk = new Chunk();
    chunk.length = this.length;
    chunk.t.set(this.t.map((t) => t + by));
    chunk.bytes.set(this.bytes);
    chunk.socket.set(this.socket);
    chunk.flags.set(this.flags);
    for (const field of RARE) {
      const column = this.rare[field];
      if (column !== undefined) {
        chunk.rare[field] = field === 'firstT' ? column.map((t) => t + by) : column.slice();
      }
    }
    chunk.previews = this.previews?.slice();
    return chunk;
  }
}

/**
 * Messages in columns, in the order they came. As objects a million of them are a heap that
 * no garbage collection gets through without a pause that is seen.
 */
export class TrafficList {
  #chunks: Chunk[] = [];
  /** Rows of the first chunk that were taken away. */
  #gone = 0;
  #length = 0;
  #ids: string[] = [];
  #numbers = new Map<string, number>();

  get length(): number {
    return this.#length;
  }

  push(event: TrafficEvent): void {
    let last = this.#chunks.at(-1);
    if (last === undefined || last.length === ROWS) {
      last = new Chunk();
      this.#chunks.push(last);
    }
    last.push(event, this.#numberOf(event.socket));
    this.#length += 1;
  }

  #numberOf(id: string): number {
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.#ids.length;
      this.#ids.push(id);
      this.#numbers.set(id, number);
    }
    return number;
  }

  /** The rows from `from` (included) to `to` (not), as events. */
  slice(from = 0, to = this.#length): TrafficEvent[] {
    const events: TrafficEvent[] = [];
    const end = Math.min(to, this.#length) + this.#gone;
    for (let row = from + this.#gone; row < end; row += 1) {
      events.push(this.#chunks[Math.floor(row / ROWS)]!.at(row % ROWS, this.#ids));
    }
    return events;
  }

  ofSocket(id: string): TrafficEvent[] {
    const events: TrafficEvent[] = [];
    const number = this.#numbers.get(id);
    if (number === undefined) return events;
    let row = this.#gone;
    for (const chunk of this.#chunks) {
      for (; row < chunk.length; row += 1) {
        if (chunk.socket[row] === number) events.push(chunk.at(row, this.#ids));
      }
      row = 0;
    }
    return events;
  }

  /** Takes the oldest away. */
  takeFirst(count: number): TrafficEvent[] {
    const taken = this.slice(0, count);
    this.#gone += taken.length;
    this.#length -= taken.length;
    const whole = Math.floor(this.#gone / ROWS);
    this.#chunks.splice(0, whole);
    this.#gone -= whole * ROWS;
    return taken;
  }

  /** A list of those that `keep` says. */
  filter(keep: (event: TrafficEvent) => boolean): TrafficList {
    const kept = new TrafficList();
    for (let from = 0; from < this.#length; from += ROWS) {
      for (const event of this.slice(from, from + ROWS)) if (keep(event)) kept.push(event);
    }
    return kept;
  }

  /** The same, `by` milliseconds later. */
  moved(by: number): TrafficList {
    const list = this.snapshot();
    list.#chunks = list.#chunks.map((chunk) => chunk.moved(by));
    return list;
  }

  /** The list as it is now, whatever comes later: rows are never changed, only added or forgotten. */
  snapshot(): TrafficList {
    const list = new TrafficList();
    list.#chunks = this.#chunks.slice();
    list.#gone = this.#gone;
    list.#length = this.#length;
    list.#ids = this.#ids.slice();
    list.#numbers = new Map(this.#numbers);
    return list;
  }
}
