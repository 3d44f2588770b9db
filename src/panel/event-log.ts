import type { EventRows } from '../log/index.ts';
import type { DrillEvent, PageEvent, SessionEvent, TrafficEvent } from '../model/events.ts';
import { TrafficList } from './traffic-list.ts';

export interface EventLogLimits {
  /** Traffic events kept one by one; older ones are folded into a run per socket and kind. */
  readonly messages: number;
  /** All other events: they tell the story and outlive the messages. */
  readonly lifecycle: number;
}

/** How long before and after a socket's life its page's events belong to its story. */
const PAGE_MARGIN_MS = 1_000;

export const DEFAULT_LIMITS: EventLogLimits = { messages: 1_000_000, lifecycle: 250_000 };

/**
 * What happened, bounded. Messages that no longer fit are folded into one event per socket,
 * direction and kind: their number and bytes stay, their single times are lost and counted.
 * Lifecycle events that no longer fit are dropped with their whole socket, oldest ended first,
 * and counted.
 */
export class EventLog {
  readonly #limits: EventLogLimits;
  #lifecycle: SessionEvent[] = [];
  #messages = new TrafficList();
  #pages: (PageEvent | DrillEvent)[] = [];
  #pagesUpTo = 0;
  #folded = new Map<string, TrafficEvent>();
  #foldedCount = 0;
  #droppedCount = 0;
  #droppedAt = 0;

  constructor(limits: EventLogLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** Events held, folded runs included. */
  get size(): number {
    return this.#lifecycle.length + this.#messages.length + this.#folded.size;
  }

  /** Events whose single times or whose whole story fell out. */
  get lost(): number {
    return this.#foldedCount + this.#droppedCount;
  }

  /** True where lifecycle events have outgrown their bound: call `trim`. */
  get overfull(): boolean {
    return this.#lifecycle.length > this.#limits.lifecycle;
  }

  add(event: SessionEvent): void {
    if (event.type !== 'send' && event.type !== 'receive') {
      this.#lifecycle.push(event);
      return;
    }
    this.#messages.push(event);
    if (this.#messages.length > this.#limits.messages) {
      this.#fold(Math.max(1, this.#limits.messages >> 3));
    }
  }

  #fold(count: number): void {
    const old = this.#messages.takeFirst(count);
    for (const event of old) {
      const key = `${event.type}\0${event.kind}\0${event.socket}`;
      const run = this.#folded.get(key);
      this.#folded.set(key, run === undefined ? withoutPreview(event) : merged(run, event));
      this.#droppedAt = Math.max(this.#droppedAt, event.t);
    }
    this.#foldedCount += old.length;
  }

  /** Keeps what `keep` says of each event; what is removed on purpose is not counted as lost. */
  retain(keep: (event: SessionEvent) => boolean): void {
    this.#forgetPages();
    this.#lifecycle = this.#lifecycle.filter(keep);
    this.#messages = this.#messages.filter(keep);
    for (const [key, event] of this.#folded) if (!keep(event)) this.#folded.delete(key);
  }

  /** Drops the oldest sockets of `ended` (in order of age) until a quarter of the bound is free. */
  trim(ended: Iterable<string>): void {
    const perSocket = new Map<string, number>();
    for (const event of this.#lifecycle) {
      if ('socket' in event && event.socket !== undefined) {
        perSocket.set(event.socket, (perSocket.get(event.socket) ?? 0) + 1);
      }
    }
    let excess = this.#lifecycle.length - Math.floor(this.#limits.lifecycle * 0.75);
    const gone = new Set<string>();
    for (const id of ended) {
      if (excess <= 0) break;
      gone.add(id);
      excess -= perSocket.get(id) ?? 0;
    }
    const before = this.size;
    this.retain((event) => {
      if (!('socket' in event) || event.socket === undefined || !gone.has(event.socket))
        return true;
      this.#droppedAt = Math.max(this.#droppedAt, event.t);
      return false;
    });
    // Page events and the like that are older than everything else left.
    this.#forgetPages();
    if (excess > 0)
      this.#droppedAt = this.#lifecycle.splice(0, excess).at(-1)?.t ?? this.#droppedAt;
    this.#droppedCount += before - this.size;
  }

  /** Moves every event by `by` milliseconds. */
  shift(by: number): void {
    this.#forgetPages();
    this.#lifecycle = this.#lifecycle.map((event) => shifted(event, by));
    this.#messages = this.#messages.moved(by);
    for (const [key, event] of this.#folded) this.#folded.set(key, shifted(event, by));
    this.#droppedAt += by;
  }

  clear(): void {
    this.#forgetPages();
    this.#lifecycle = [];
    this.#messages = new TrafficList();
    this.#folded.clear();
    this.#foldedCount = 0;
    this.#droppedCount = 0;
    this.#droppedAt = 0;
  }

  /** What happened to the pages and what a person did to them, in order of `t`. */
  pageEvents(): readonly (PageEvent | DrillEvent)[] {
    for (; this.#pagesUpTo < this.#lifecycle.length; this.#pagesUpTo += 1) {
      const event = this.#lifecycle[this.#pagesUpTo]!;
      if (event.type === 'page' || event.type === 'drill') this.#pages.push(event);
    }
    return this.#pages;
  }

  #forgetPages(): void {
    this.#pages = [];
    this.#pagesUpTo = 0;
  }

  /** Everything held in order of `t`, with a `dropped` event where something fell out. */
  ordered(): SessionEvent[] {
    return this.lists()
      .flatMap((list) => list.slice())
      .sort((a, b) => a.t - b.t);
  }

  /** The same without that event: what fell out of this log is told by `lost`. */
  held(): SessionEvent[] {
    return [...this.#lifecycle, ...this.#messages.slice(), ...this.#folded.values()].sort(
      (a, b) => a.t - b.t,
    );
  }

  /**
   * Everything held, as it lies, with a `dropped` event where something fell out: lists that are
   * each about in order of `t`. Copies.
   */
  lists(): EventRows[] {
    const rest: SessionEvent[] = [...this.#folded.values()];
    if (this.lost > 0) rest.push({ type: 'dropped', t: this.#droppedAt, count: this.lost });
    return [this.#lifecycle.slice(), this.#messages.snapshot(), rest];
  }

  /**
   * A socket's events and what happened to its page meanwhile (and shortly before and after),
   * in order of `t`.
   */
  storyOf(id: string, document: string | undefined, from: number, to: number): SessionEvent[] {
    const page = this.#lifecycle.filter(
      (event) =>
        (event.type === 'page' || event.type === 'drill' || event.type === 'dropped') &&
        event.t >= from - PAGE_MARGIN_MS &&
        event.t <= to + PAGE_MARGIN_MS &&
        !('socket' in event && event.socket !== undefined) &&
        (event.type !== 'page' || event.document === undefined || event.document === document),
    );
    return [...this.ofSocket(id), ...page].sort((a, b) => a.t - b.t);
  }

  /** Everything held of one socket, in order of `t`. */
  ofSocket(id: string): SessionEvent[] {
    const mine = (event: SessionEvent) => 'socket' in event && event.socket === id;
    return [
      ...this.#lifecycle.filter(mine),
      ...this.#messages.ofSocket(id),
      ...[...this.#folded.values()].filter(mine),
    ].sort((a, b) => a.t - b.t);
  }
}

function withoutPreview(event: TrafficEvent): TrafficEvent {
  if (event.preview === undefined) return event;
  const { preview: _, ...rest } = event;
  return rest;
}

function merged(run: TrafficEvent, event: TrafficEvent): TrafficEvent {
  return {
    ...run,
    t: Math.max(run.t, event.t),
    firstT: Math.min(run.firstT ?? run.t, event.firstT ?? event.t),
    count: (run.count ?? 1) + (event.count ?? 1),
    bytes: run.bytes + event.bytes,
    largest: Math.max(largestOf(run), largestOf(event)),
  };
}

function largestOf(event: TrafficEvent): number {
  return event.largest ?? ((event.count ?? 1) === 1 ? event.bytes : 0);
}

/** The same event `by` milliseconds later. */
export function shifted<E extends SessionEvent>(event: E, by: number): E {
  const moved = { ...event, t: event.t + by };
  if ('firstT' in event && event.firstT !== undefined) {
    return { ...moved, firstT: event.firstT + by };
  }
  return moved;
}
