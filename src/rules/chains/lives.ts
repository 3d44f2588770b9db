import type { ClosedBy, SocketRecord } from '../../model/socket.ts';
import { ageOf, idleOf } from '../evidence.ts';
import type { Slot } from './tracker.ts';

// A slot's places in the list of numbers.
const START = 0;
const END = 1;
const CLOSE = 2;
const AGE = 3;
const IDLE = 4;
const CODE = 5;
const DELAY = 6;
const WHAT = 7;
const WIDTH = 8;

const OPENED = 1;
const BY_PAGE = 2;
/** From this bit on: who closed it, by its place below. */
const WHO = 4;
const CLOSED_BY: readonly (ClosedBy | undefined)[] = [
  undefined,
  'page',
  'server',
  'browser',
  'network',
  'unknown',
];

/**
 * What rules that look at many ends ask of each slot of a chain, by its index. They walk their windows
 * at each close, and slots, sockets and counters lie far apart in memory: as numbers in one list
 * they are read many times faster. Times are session milliseconds; NaN where they are not known.
 */
export class Lives {
  private readonly cells: number[] = [];

  /** Notes what is known of a slot by now. */
  note({ index, socket, startAt, endAt, endedByPage, delayMs, reload }: Slot): void {
    const { cells } = this;
    const cell = index * WIDTH;
    while (cells.length < cell) cells.push(Number.NaN);
    cells[cell + START] = startAt ?? Number.NaN;
    cells[cell + END] = endAt ?? Number.NaN;
    cells[cell + CLOSE] = socket.closeAt ?? Number.NaN;
    cells[cell + AGE] = ageOf(socket) ?? Number.NaN;
    cells[cell + IDLE] = idleOf(socket) ?? Number.NaN;
    cells[cell + CODE] = socket.code ?? Number.NaN;
    cells[cell + DELAY] = reload ? Number.NaN : (delayMs ?? Number.NaN);
    cells[cell + WHAT] = whatOf(socket, endedByPage);
  }

  /** Forgets those from an index on. */
  cut(index: number): void {
    this.cells.length = Math.min(this.cells.length, index * WIDTH);
  }

  /** Its construction. */
  startAt(index: number): number {
    return this.cells[index * WIDTH + START]!;
  }

  /** Its end, which a call of `close()` or a failed handshake may be before the close event. */
  endAt(index: number): number {
    return this.cells[index * WIDTH + END]!;
  }

  closeAt(index: number): number {
    return this.cells[index * WIDTH + CLOSE]!;
  }

  /** From open (or construction) to the close event. */
  age(index: number): number {
    return this.cells[index * WIDTH + AGE]!;
  }

  /** From the last message (or the open) to the close event. */
  idle(index: number): number {
    return this.cells[index * WIDTH + IDLE]!;
  }

  /** The close code; NaN without one. */
  code(index: number): number {
    return this.cells[index * WIDTH + CODE]!;
  }

  /** From the end before it to its construction; NaN also where a new document made it. */
  delay(index: number): number {
    return this.cells[index * WIDTH + DELAY]!;
  }

  opened(index: number): boolean {
    return (this.cells[index * WIDTH + WHAT]! & OPENED) !== 0;
  }

  /** The page called `close()` before anything else ended it. */
  endedByPage(index: number): boolean {
    return (this.cells[index * WIDTH + WHAT]! & BY_PAGE) !== 0;
  }

  closedBy(index: number): ClosedBy | undefined {
    return CLOSED_BY[Math.floor(this.cells[index * WIDTH + WHAT]! / WHO)];
  }
}

function whatOf({ openAt, closedBy }: SocketRecord, endedByPage: boolean): number {
  return (
    (openAt === undefined ? 0 : OPENED) |
    (endedByPage ? BY_PAGE : 0) |
    (WHO * CLOSED_BY.indexOf(closedBy))
  );
}
