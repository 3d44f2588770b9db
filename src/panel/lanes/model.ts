import { effectiveCloseCall } from '../../model/closed-by.ts';
import type { DrillEvent, PageEvent } from '../../model/events.ts';
import { endOf, hasEnded } from '../../model/life.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Chain } from '../../rules/types.ts';
import { type Outcome, outcomeOf } from '../facts.ts';
import type { SessionView } from '../session.ts';

/** A socket as a bar. Times are session milliseconds; `to` is undefined while it lives. */
export interface Bar {
  readonly id: string;
  readonly outcome: Outcome;
  readonly from: number;
  readonly openAt?: number;
  /** When its closing handshake began, where the page began it. */
  readonly closingAt?: number;
  readonly to?: number;
  /** Place among bars of the lane that overlap it, from 0. */
  readonly row: number;
}

/** The wait from an end to the attempt that took its place. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly ended: string;
  /** Which attempt in a row this is, from 1: an opened socket that held starts over. */
  readonly attempt: number;
}

/** Its bars and gaps are made when they are first asked for: most lanes are out of sight. */
export interface Lane {
  readonly id: string;
  readonly label: string;
  /** Undefined where the socket is of none. */
  readonly chain?: Chain;
  readonly bars: readonly Bar[];
  readonly gaps: readonly Gap[];
  readonly rows: number;
  /** Whether one of its sockets is among these. */
  holds(sockets: ReadonlySet<string>): boolean;
}

/** A time in which the page was hidden or offline. */
export interface Band {
  readonly kind: 'hidden' | 'offline';
  readonly from: number;
  readonly to?: number;
}

/** Something that happened at once. */
export interface Flag {
  readonly kind: 'navigation' | 'drill' | 'freeze';
  readonly t: number;
  readonly label?: string;
}

export interface LanesModel {
  readonly lanes: readonly Lane[];
  readonly from: number;
  /** The last thing that happened; a live session goes on to `now`. */
  readonly to: number;
}

const MAX_ROWS = 4;
/** A socket that was open for as long as this held: the next attempt is a first one again. */
const HELD_MS = 5_000;

interface Built {
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  /** Of its sockets and replacements when it was built: a chain may grow in place. */
  readonly sockets: number;
  readonly replacements: number;
}

/** Lanes in which nothing more can change but by a socket that comes. */
const settled = new WeakMap<Chain, Built>();

export function lanesOf(view: SessionView): LanesModel {
  const lanes: Lane[] = [];
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let count = 0;
  const add = (built: Built) => {
    from = Math.min(from, built.from);
    to = Math.max(to, built.to);
    count += built.sockets;
    lanes.push(built.lane);
  };
  for (const chain of view.chains) {
    const built = laneOf(chain, view);
    if (built !== undefined) add(built);
  }
  // Most often every socket is of a chain: no search then.
  if (count < view.sockets.size) {
    const seen = new Set(view.chains.flatMap((chain) => chain.sockets));
    for (const socket of view.sockets.values()) {
      if (!seen.has(socket.id)) {
        add(build({ id: `socket ${socket.id}`, label: socket.url }, [socket], [], view));
      }
    }
  }
  if (lanes.length === 0) return { lanes, from: 0, to: 0 };
  if (!view.live) to = Math.max(to, view.now);
  return { lanes, from, to };
}

function laneOf(chain: Chain, view: SessionView): Built | undefined {
  const known = settled.get(chain);
  if (
    known !== undefined &&
    known.sockets === chain.sockets.length &&
    known.replacements === chain.replacements.length
  ) {
    return known;
  }
  const sockets: SocketRecord[] = [];
  for (const id of chain.sockets) {
    const socket = view.sockets.get(id);
    if (socket !== undefined) sockets.push(socket);
  }
  if (sockets.length === 0) return undefined;
  const { id, endpoint, replacements } = chain;
  const built = build({ id, label: endpoint, chain }, sockets, replacements, view);
  if (
    sockets.length === chain.sockets.length &&
    sockets.every((socket) => socket.closeAt !== undefined)
  ) {
    settled.set(chain, built);
  }
  return built;
}

type Replacements = Chain['replacements'];

function build(
  lane: Pick<Lane, 'id' | 'label' | 'chain'>,
  sockets: readonly SocketRecord[],
  replacements: Replacements,
  view: SessionView,
): Built {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const socket of sockets) {
    const start = startOf(socket);
    from = Math.min(from, start);
    to = Math.max(to, endOf(socket) ?? start);
  }
  return {
    lane: new LazyLane(lane, sockets, replacements, view),
    from,
    to,
    sockets: sockets.length,
    replacements: replacements.length,
  };
}

class LazyLane implements Lane {
  readonly id: string;
  readonly label: string;
  readonly chain?: Chain;
  readonly #sockets: readonly SocketRecord[];
  readonly #replacements: Replacements;
  readonly #view: SessionView;
  #bars: ReturnType<typeof barsOf> | undefined;
  #gaps: readonly Gap[] | undefined;

  constructor(
    { id, label, chain }: Pick<Lane, 'id' | 'label' | 'chain'>,
    sockets: readonly SocketRecord[],
    replacements: Replacements,
    view: SessionView,
  ) {
    this.id = id;
    this.label = label;
    if (chain !== undefined) this.chain = chain;
    this.#sockets = sockets;
    this.#replacements = replacements;
    this.#view = view;
  }

  get bars(): readonly Bar[] {
    this.#bars ??= barsOf(this.#sockets);
    return this.#bars.bars;
  }

  get rows(): number {
    this.#bars ??= barsOf(this.#sockets);
    return this.#bars.rows;
  }

  holds(sockets: ReadonlySet<string>): boolean {
    return this.#sockets.some(({ id }) => sockets.has(id));
  }

  get gaps(): readonly Gap[] {
    this.#gaps ??= gapsOf(this.#replacements, this.#view);
    return this.#gaps;
  }
}

const startOf = (socket: SocketRecord): number => socket.openingAt ?? socket.firstAt;

function barsOf(sockets: readonly SocketRecord[]): { bars: Bar[]; rows: number } {
  const bars: Bar[] = [];
  const ends: number[] = [];
  for (const socket of sockets) {
    const from = startOf(socket);
    const to = endOf(socket);
    let row = ends.findIndex((end) => end <= from);
    if (row < 0) row = ends.length < MAX_ROWS ? ends.length : MAX_ROWS - 1;
    ends[row] = to ?? Number.POSITIVE_INFINITY;
    bars.push({
      id: socket.id,
      outcome: outcomeOf(socket),
      from,
      openAt: socket.openAt,
      closingAt: effectiveCloseCall(socket)?.t,
      to,
      row,
    });
  }
  return { bars, rows: Math.max(1, ends.length) };
}

function gapsOf(
  replacements: readonly { readonly ended: string; readonly by?: string }[],
  view: SessionView,
): Gap[] {
  const gaps: Gap[] = [];
  const attempts = new Map<string, number>();
  for (const { ended, by } of replacements) {
    const before = view.sockets.get(ended);
    const after = by === undefined ? undefined : view.sockets.get(by);
    const end = before === undefined ? undefined : endOf(before);
    if (before === undefined || after?.openingAt === undefined || end === undefined) continue;
    if (!hasEnded(before)) continue;
    const held = before.openAt !== undefined && end - before.openAt >= HELD_MS;
    const attempt = held ? 1 : (attempts.get(ended) ?? 0) + 1;
    attempts.set(after.id, attempt);
    if (after.openingAt > end) gaps.push({ from: end, to: after.openingAt, ended, attempt });
  }
  return gaps;
}

/** Hidden and offline times of the tab's pages, and what happened at once. */
export function marksOf(events: readonly (PageEvent | DrillEvent)[]): {
  bands: Band[];
  flags: Flag[];
} {
  const bands: Band[] = [];
  const flags: Flag[] = [];
  let hidden: number | undefined;
  let offline: number | undefined;
  for (const event of events) {
    if (event.type === 'drill') {
      flags.push({ kind: 'drill', t: event.t, label: event.kind });
      continue;
    }
    switch (event.state) {
      case 'hidden':
        hidden ??= event.t;
        break;
      case 'visible':
        if (hidden !== undefined) bands.push({ kind: 'hidden', from: hidden, to: event.t });
        hidden = undefined;
        break;
      case 'offline':
        offline ??= event.t;
        break;
      case 'online':
        if (offline !== undefined) bands.push({ kind: 'offline', from: offline, to: event.t });
        offline = undefined;
        break;
      case 'pagehide':
        flags.push({ kind: 'navigation', t: event.t });
        // What was hidden with its page does not hide the next one.
        if (hidden !== undefined) bands.push({ kind: 'hidden', from: hidden, to: event.t });
        hidden = undefined;
        break;
      case 'freeze':
        flags.push({ kind: 'freeze', t: event.t });
        break;
    }
  }
  if (hidden !== undefined) bands.push({ kind: 'hidden', from: hidden });
  if (offline !== undefined) bands.push({ kind: 'offline', from: offline });
  return { bands, flags };
}
