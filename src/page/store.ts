import type { RecorderLimits } from '../protocol/border.ts';

/**
 * The history of one document: a bounded, numbered list of events that any number
 * of readers read at their own pace, and re-read after a hop between died.
 *
 * Uses no builtin of arrays, maps or iterators (the page may have replaced them):
 * a linked list of plain objects whose fields all exist from the start.
 */

/** What the store keeps before the oldest is folded together or falls out; may change at any time. */
export type Limits = { -readonly [K in keyof RecorderLimits]: number };

/** What the store knows of a socket: its open runs, and whether it is still alive. */
export interface SocketMeta {
  readonly id: string;
  closed: boolean;
  /** When the first and the last of the messages were made that reads.ts knows by their time alone. */
  readFrom: number;
  readTo: number;
  /** The run that the next message of this direction and kind joins. */
  st: Entry | undefined;
  sb: Entry | undefined;
  rt: Entry | undefined;
  rb: Entry | undefined;
}

/** Sent or received, text or binary; short, since they go into every page. */
export type RunKey = 'st' | 'sb' | 'rt' | 'rb';

const RUN_FIELDS: Readonly<Record<RunKey, string>> = {
  st: '"type":"send","kind":"text"',
  sb: '"type":"send","kind":"binary"',
  rt: '"type":"receive","kind":"text"',
  rb: '"type":"receive","kind":"binary"',
};

export interface Entry {
  /** Sequence number; 0 while a run is still open. */
  n: number;
  t: number;
  /** JSON fields after `t`, without braces: of a run, the preview's alone. */
  text: string;
  meta: SocketMeta | undefined;
  /** Undefined: not a run. */
  run: RunKey | undefined;
  count: number;
  bytes: number;
  largest: number;
  firstT: number;
  buffered: number;
  /** Events that fell out here; then `count` says how many. */
  dropped: boolean;
  next: Entry | undefined;
}

/** Readers that are told apart. */
export type Slot = 0 | 1 | 2 | 3;

interface Place {
  from: number;
  to: number;
}

export interface Store {
  /** Something happened: runs that were open end before it. */
  add(t: number, text: string, meta?: SocketMeta): void;
  /** One more message; true where it opened a run. */
  message(
    t: number,
    meta: SocketMeta,
    run: RunKey,
    bytes: number,
    buffered: number,
    preview: string,
  ): void;
  /** Events after `after` for the reader of that slot, as JSON items; `last` is the number of the last one. */
  read(slot: Slot, after: number, units: number): { json: string; last: number; more: boolean };
}

/** Milliseconds after which a run ends though messages go on. */
const RUN_LENGTH = 1000;

export function newSocketMeta(id: string): SocketMeta {
  return {
    id,
    closed: false,
    readFrom: Infinity,
    readTo: 0,
    st: undefined,
    sb: undefined,
    rt: undefined,
    rb: undefined,
  };
}

function newEntry(t: number, text: string, meta: SocketMeta | undefined): Entry {
  return {
    n: 0,
    t,
    text,
    meta,
    run: undefined,
    count: 0,
    bytes: 0,
    largest: 0,
    firstT: t,
    buffered: 0,
    dropped: false,
    next: undefined,
  };
}

/** @param quote JSON text of a string; given, since the page may have replaced JSON.stringify. */
export function createStore(limits: Limits, quote: (text: string) => string): Store {
  // A sentinel before the first entry spares every special case.
  const head = newEntry(0, '', undefined);
  let tail = head;
  let size = 0;
  let units = 0;
  let lastN = 0;
  /** Open runs, linked by `next`, oldest first. */
  let openHead: Entry | undefined;
  let openTail: Entry | undefined;
  let openSince = 0;
  /**
   * Where each reader stands: entries are never folded across such a place, so that
   * what a reader has and what it has not stay apart. A reader whose answer was lost
   * asks again from its old place: both ends of its last answer are kept.
   */
  const places: Place[] = [];
  for (let slot = 0; slot < 4; slot += 1) places[slot] = { from: 0, to: 0 };

  /** Some reader stands at or after `a` and before `b`. */
  function marked(a: number, b: number): boolean {
    for (let slot = 0; slot < 4; slot += 1) {
      const { from, to } = places[slot] as Place;
      if ((from >= a && from < b) || (to >= a && to < b)) return true;
    }
    return false;
  }

  function append(entry: Entry): void {
    entry.n = ++lastN;
    entry.next = undefined;
    tail.next = entry;
    tail = entry;
    size += 1;
    units += entry.text.length;
    if (size > limits.events || units > limits.units) shrink();
  }

  /** Ends the open runs, in the order of their last message. */
  function seal(): void {
    let rest = openHead;
    openHead = undefined;
    openTail = undefined;
    // Runs are few (those of one second): insertion into a sorted list.
    let sorted: Entry | undefined;
    while (rest !== undefined) {
      const entry = rest;
      rest = entry.next;
      if (entry.meta !== undefined && entry.run !== undefined) entry.meta[entry.run] = undefined;
      if (sorted === undefined || entry.t < sorted.t) {
        entry.next = sorted;
        sorted = entry;
      } else {
        let at: Entry = sorted;
        while (at.next !== undefined && at.next.t <= entry.t) at = at.next;
        entry.next = at.next;
        at.next = entry;
      }
    }
    while (sorted !== undefined) {
      const entry: Entry = sorted;
      sorted = entry.next;
      append(entry);
    }
  }

  function add(t: number, text: string, meta?: SocketMeta): void {
    if (openHead !== undefined) seal();
    append(newEntry(t, text, meta));
  }

  function message(
    t: number,
    meta: SocketMeta,
    run: RunKey,
    bytes: number,
    buffered: number,
    preview: string,
  ): void {
    if (openHead !== undefined && t - openSince > RUN_LENGTH) seal();
    const open = meta[run];
    if (open !== undefined && preview === '') {
      open.count += 1;
      open.bytes += bytes;
      open.t = t;
      if (bytes > open.largest) open.largest = bytes;
      if (buffered > open.buffered) open.buffered = buffered;
      return;
    }
    // With previews every message is an event of its own.
    if (preview !== '' && openHead !== undefined) seal();
    const entry = newEntry(t, preview === '' ? '' : `,"preview":${quote(preview)}`, meta);
    entry.run = run;
    entry.count = 1;
    entry.bytes = bytes;
    entry.largest = bytes;
    entry.buffered = buffered;
    if (openHead === undefined) {
      openHead = entry;
      openSince = t;
    } else (openTail as Entry).next = entry;
    openTail = entry;
    if (preview === '') meta[run] = entry;
    else seal();
  }

  /** The later of two runs takes the earlier one in. */
  function fold(earlier: Entry, later: Entry): void {
    later.count += earlier.count;
    later.bytes += earlier.bytes;
    later.firstT = earlier.firstT;
    if (earlier.largest > later.largest) later.largest = earlier.largest;
    if (earlier.buffered > later.buffered) later.buffered = earlier.buffered;
  }

  /** Takes the entry after `before` out. */
  function unlink(before: Entry): void {
    const entry = before.next as Entry;
    before.next = entry.next;
    if (tail === entry) tail = before;
    size -= 1;
    units -= entry.text.length;
  }

  /**
   * Makes room: first the oldest half's runs are folded together (no message is
   * lost, only when exactly each came), then runs fall out, oldest first, then
   * events of sockets that are closed, then anything.
   */
  function shrink(): void {
    foldOldest(size / 2);
    if (roomy()) return;
    dropOldest((entry) => entry.run !== undefined);
    if (roomy()) return;
    dropOldest((entry) => entry.meta === undefined || entry.meta.closed);
    if (roomy()) return;
    dropOldest(() => true);
  }

  function roomy(): boolean {
    return size <= limits.events * 0.75 && units <= limits.units * 0.75;
  }

  function foldOldest(howMany: number): void {
    let before = head;
    let left = howMany;
    // The newest run so far of each socket, direction and kind: kept on the meta
    // while walking, and taken off again by the second walk.
    while (before.next !== undefined && left-- > 0) {
      const entry: Entry = before.next;
      const { meta, run } = entry;
      if (meta !== undefined && run !== undefined) {
        const earlier = meta[run];
        if (earlier !== undefined && earlier.n > 0 && !marked(earlier.n, entry.n)) {
          fold(earlier, entry);
          earlier.count = 0;
        }
        meta[run] = entry;
      }
      before = entry;
    }
    before = head;
    left = howMany;
    while (before.next !== undefined && left-- > 0) {
      const entry: Entry = before.next;
      const { meta, run } = entry;
      if (meta !== undefined && run !== undefined) {
        meta[run] = undefined;
        if (entry.count === 0) {
          unlink(before);
          continue;
        }
        if (entry.count > 1 && entry.text !== '') {
          units -= entry.text.length;
          entry.text = '';
        }
      }
      before = entry;
    }
    reopen();
  }

  /** Open runs use the same field as folding does: put them back. */
  function reopen(): void {
    for (let open = openHead; open !== undefined; open = open.next) {
      if (open.meta !== undefined && open.run !== undefined) open.meta[open.run] = open;
    }
  }

  /** What falls out leaves a note of how many, one for each stretch between readers. */
  function dropOldest(which: (entry: Entry) => boolean): void {
    let before = head;
    let note: Entry | undefined;
    while (before.next !== undefined && before.next !== tail && !roomy()) {
      const entry: Entry = before.next;
      if (entry.dropped || which(entry)) {
        const earlier = note;
        units -= entry.text.length;
        entry.text = '';
        if (!entry.dropped) {
          entry.dropped = true;
          entry.count = entry.run === undefined ? 1 : entry.count;
          entry.run = undefined;
          entry.meta = undefined;
        }
        if (earlier !== undefined && before === earlier && !marked(earlier.n, entry.n)) {
          // The later number stays: `earlier` becomes it.
          earlier.count += entry.count;
          earlier.n = entry.n;
          earlier.t = entry.t;
          unlink(before);
          continue;
        }
        note = entry;
      }
      before = entry;
    }
  }

  function itemText(entry: Entry): string {
    const start = `{"n":${entry.n},"t":${entry.t},`;
    if (entry.dropped) return `${start}"type":"dropped","count":${entry.count}}`;
    if (entry.run === undefined) return `${start}${entry.text}}`;
    let text = `${start}${RUN_FIELDS[entry.run]},"socket":"${(entry.meta as SocketMeta).id}","bytes":${entry.bytes}${entry.text}`;
    if (entry.count > 1) {
      text += `,"count":${entry.count},"largest":${entry.largest},"firstT":${entry.firstT}`;
    }
    if (entry.buffered > 0) text += `,"buffered":${entry.buffered}`;
    return `${text}}`;
  }

  function read(
    slot: Slot,
    after: number,
    most: number,
  ): { json: string; last: number; more: boolean } {
    if (openHead !== undefined) seal();
    let entry = head.next;
    while (entry !== undefined && entry.n <= after) entry = entry.next;
    let json = '';
    let last = after;
    while (entry !== undefined && json.length < most) {
      json += json === '' ? itemText(entry) : `,${itemText(entry)}`;
      last = entry.n;
      entry = entry.next;
    }
    const place = places[slot] as Place;
    place.from = after;
    place.to = last;
    return { json, last, more: entry !== undefined };
  }

  return {
    add,
    message,
    read,
  };
}
