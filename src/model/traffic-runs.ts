import type { MessageKind, TrafficEvent } from './events.ts';
import { largestOf } from './traffic.ts';

/** Messages of one direction and kind within one such slice of the clock are told as one run. */
export const RUN_SLICE_MS = 250;
/** Runs kept of each socket, the newest; the counters know of the rest. */
export const MAX_RUNS = 48;

/** A run of messages of one direction and kind. Times are milliseconds of the session. */
export interface TrafficRun {
  readonly direction: 'send' | 'receive';
  readonly kind: MessageKind;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly bytes: number;
  readonly largest: number;
  /** Several messages were told as one, and not when the first of them came. */
  readonly untimed?: boolean;
  readonly preview?: string;
}

// A run's places in the list of numbers.
const WHAT = 0;
const FROM = 1;
const TO = 2;
const COUNT = 3;
const BYTES = 4;
const LARGEST = 5;
const WIDTH = 6;

/** So many runs that fell out are moved away together. */
const SLACK = 16;

const BINARY = 1;
const RECEIVED = 2;
const UNTIMED = 4;

/**
 * The newest runs of a socket's messages, oldest first. They are held as numbers: ten thousand
 * sockets have half a million of them, which as objects would be most of a session's memory.
 */
export class TrafficRuns implements Iterable<TrafficRun> {
  private readonly cells: number[] = [];
  /** Where the oldest run begins; what lies before it fell out. */
  private start = 0;
  /** By run that is held; made when the first preview comes. */
  private previews: (string | undefined)[] | undefined;

  get length(): number {
    return (this.cells.length - this.start) / WIDTH;
  }

  get hasPreviews(): boolean {
    return this.previews?.some((preview) => preview !== undefined) === true;
  }

  /** @param at from 0; negative: from the end, as in arrays */
  at(at: number): TrafficRun | undefined {
    const index = at < 0 ? at + this.length : at;
    if (index < 0 || index >= this.length) return undefined;
    const { cells } = this;
    const cell = this.start + index * WIDTH;
    const what = cells[cell + WHAT]!;
    const preview = this.previews?.[index];
    return {
      direction: (what & RECEIVED) !== 0 ? 'receive' : 'send',
      kind: (what & BINARY) !== 0 ? 'binary' : 'text',
      from: cells[cell + FROM]!,
      to: cells[cell + TO]!,
      count: cells[cell + COUNT]!,
      bytes: cells[cell + BYTES]!,
      largest: cells[cell + LARGEST]!,
      ...((what & UNTIMED) === 0 ? {} : { untimed: true }),
      ...(preview === undefined ? {} : { preview }),
    };
  }

  *[Symbol.iterator](): Iterator<TrafficRun> {
    for (let i = 0; i < this.length; i++) yield this.at(i)!;
  }

  /**
   * Adds an event. Slices are cut by the session's clock, so that a late event lands where it
   * would have landed in time.
   */
  add(event: TrafficEvent): void {
    const { cells, start } = this;
    const count = event.count ?? 1;
    const { t: to, bytes, preview } = event;
    const from = event.firstT ?? to;
    const untimed = count > 1 && event.firstT === undefined ? UNTIMED : 0;
    const largest = largestOf(event);
    const what =
      (event.kind === 'binary' ? BINARY : 0) | (event.type === 'receive' ? RECEIVED : 0) | untimed;
    const slice = Math.floor(to / RUN_SLICE_MS);
    let cell = cells.length;
    for (; cell > start; cell -= WIDTH) {
      const before = cell - WIDTH;
      const beforeSlice = Math.floor(cells[before + TO]! / RUN_SLICE_MS);
      if (beforeSlice < slice) break;
      if (beforeSlice > slice || cells[before + WHAT] !== what) continue;
      if (preview !== undefined || this.previews?.[(before - start) / WIDTH] !== undefined)
        continue;
      if (from < cells[before + FROM]!) cells[before + FROM] = from;
      if (to > cells[before + TO]!) cells[before + TO] = to;
      cells[before + COUNT]! += count;
      cells[before + BYTES]! += bytes;
      if (largest > cells[before + LARGEST]!) cells[before + LARGEST] = largest;
      return;
    }
    while (cell < cells.length && cells[cell + TO]! <= to) cell += WIDTH;
    if (cell === cells.length) cells.push(what, from, to, count, bytes, largest);
    else cells.splice(cell, 0, what, from, to, count, bytes, largest);
    // The run itself is among the cells by now.
    if (preview !== undefined) this.previews ??= new Array(this.length - 1).fill(undefined);
    this.previews?.splice((cell - start) / WIDTH, 0, preview);
    if (this.length <= MAX_RUNS) return;
    this.previews?.shift();
    this.start += WIDTH;
    if (this.start === SLACK * WIDTH) {
      cells.splice(0, this.start);
      this.start = 0;
    }
  }

  /**
   * Messages of one direction within a time. Of a run that reaches out of it, the share is counted
   * that its length has in it.
   */
  within(
    direction: TrafficRun['direction'],
    from: number,
    to: number,
  ): { messages: number; bytes: number } {
    const { cells, start } = this;
    let messages = 0;
    let bytes = 0;
    for (let cell = start; cell < cells.length; cell += WIDTH) {
      const first = cells[cell + FROM]!;
      const last = cells[cell + TO]!;
      if (last < from || first > to) continue;
      if (((cells[cell + WHAT]! & RECEIVED) !== 0) !== (direction === 'receive')) continue;
      const length = last - first;
      const share =
        length <= 0 ? 1 : Math.min(1, (Math.min(last, to) - Math.max(first, from)) / length);
      messages += cells[cell + COUNT]! * share;
      bytes += cells[cell + BYTES]! * share;
    }
    return { messages, bytes };
  }

  /** The last run of messages sent, and the largest message sent before that run. */
  lastSent():
    | { readonly to: number; readonly largest: number; readonly before: number }
    | undefined {
    const { cells, start } = this;
    let last = -1;
    let before = 0;
    for (let cell = start; cell < cells.length; cell += WIDTH) {
      if ((cells[cell + WHAT]! & RECEIVED) !== 0) continue;
      if (last >= 0) before = Math.max(before, cells[last + LARGEST]!);
      last = cell;
    }
    return last < 0
      ? undefined
      : { to: cells[last + TO]!, largest: cells[last + LARGEST]!, before };
  }
}
