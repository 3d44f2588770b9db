import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { EventRows, LogHeader } from '../log/index.ts';
import type { PageEvent, SessionEvent } from '../model/events.ts';
import { hasEnded } from '../model/life.ts';
import type { SocketRecord } from '../model/socket.ts';
import type { CreateDiagnosis, Diagnosis } from '../rules/diagnosis.ts';
import type { Chain, Finding, RuleSettings } from '../rules/types.ts';
import { EventLog, type EventLogLimits } from './event-log.ts';
import { EventQueue } from './event-queue.ts';
import { GRACE_MS } from './facts.ts';

/** The clock and the scheduler, so that tests hold them. Times are milliseconds since 1970. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): number;
  clearTimeout(id: number): void;
  /** Runs once before the next paint, or soon where nothing is painted. */
  frame(run: () => void): void;
}

export interface SessionOptions {
  readonly name: string;
  /** Wall clock of t = 0. */
  readonly startedAt: number;
  /** True for the inspected tab, false for an opened file. */
  readonly live: boolean;
  readonly clock: Clock;
  readonly createDiagnosis: CreateDiagnosis;
  readonly settings?: RuleSettings;
  readonly limits?: EventLogLimits;
  /** What a file said of itself, to be shown and exported again. */
  readonly generator?: Readonly<Record<string, unknown>>;
  /** The file's header: what was taken out of it, dropped before it, merged into it. */
  readonly header?: LogHeader;
}

/** What the views read; a new object with every change. Records inside are the diagnosis' own. */
export interface SessionView {
  readonly now: number;
  readonly startedAt: number;
  readonly live: boolean;
  readonly sockets: ReadonlyMap<string, SocketRecord>;
  readonly chains: readonly Chain[];
  readonly findings: readonly Finding[];
  /** When documents were left, session milliseconds; those that came back are not among them. */
  readonly leftAt: ReadonlyMap<string, number>;
  /** Events that fell out of any buffer on the way here. */
  readonly dropped: number;
  /** Share of the waiting work that is done, while a long import or a rebuild is under way. */
  readonly progress: number | undefined;
  chainOf(socket: string): Chain | undefined;
  findingsOf(socket: string): readonly Finding[];
}

/** One task may take this long before it lets the page breathe. */
const SLICE_MS = 8;
const TICK_MS = 1_000;

/** A session that is watched or was opened from a file: its events, its diagnosis, its view. */
export class Session {
  readonly name: string;
  readonly live: boolean;
  readonly generator: Readonly<Record<string, unknown>> | undefined;
  readonly header: LogHeader | undefined;
  readonly log: EventLog;
  readonly #options: SessionOptions;
  readonly #clock: Clock;
  readonly #view: Signal<SessionView>;
  #startedAt: number;
  #settings: RuleSettings | undefined;
  #diagnosis: Diagnosis;
  readonly #queue = new EventQueue();
  readonly #left = new Map<string, number>();
  #pumping = false;
  /** A diagnosis that is being built anew from the log, shown once it has caught up. */
  #next:
    | { readonly diagnosis: Diagnosis; readonly events: SessionEvent[]; cursor: number }
    | undefined;
  #timer: number | undefined;
  #timerAt: number | undefined;
  #publishing = false;
  #lastPublish = 0;
  #ticking = false;
  #idle: (() => void)[] = [];
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.name = options.name;
    this.live = options.live;
    this.generator = options.generator;
    this.header = options.header;
    this.#clock = options.clock;
    this.#startedAt = options.startedAt;
    this.#settings = options.settings;
    this.log = new EventLog(options.limits);
    this.#diagnosis = options.createDiagnosis(options.settings);
    this.#view = signal(this.#snapshot());
  }

  get view(): ReadonlySignal<SessionView> {
    return this.#view;
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  /** Session milliseconds: the clock's for a live session, the last event's for a file. */
  get now(): number {
    return this.live ? this.#clock.now() - this.#startedAt : this.#diagnosis.now;
  }

  /** Takes events with `t` in session milliseconds, in about their order. */
  add(events: readonly SessionEvent[] | EventRows): void {
    this.#queue.add(events);
    this.#pump();
  }

  /** Puts t = 0 at an earlier moment (milliseconds since 1970): older events have come. */
  moveStart(startedAt: number): void {
    const by = this.#startedAt - startedAt;
    this.#drainNow();
    this.#startedAt = startedAt;
    this.log.shift(by);
    for (const [document, t] of this.#left) this.#left.set(document, t + by);
    if (this.log.size > 0) this.#rebuild(true);
  }

  /** Resolves when everything that was added has been taken in. */
  settled(): Promise<void> {
    if (!this.#busy) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Removes ended sockets; those that live stay, for their next events need them. */
  clear(): void {
    this.retain((socket) => !hasEnded(socket), true);
  }

  /**
   * Keeps the sockets that `keep` names and forgets the others, and the page's past with them
   * where `forgetPast`.
   */
  retain(keep: (socket: SocketRecord) => boolean, forgetPast = false): void {
    this.#drainNow();
    const kept = new Set<string>();
    for (const socket of this.#diagnosis.sockets.values()) if (keep(socket)) kept.add(socket.id);
    if (kept.size === 0 && forgetPast) {
      const state = lastPageStates(this.log.ordered());
      this.log.clear();
      for (const event of state) this.log.add(event);
    } else {
      this.log.retain((event) => {
        if (!('socket' in event) || event.socket === undefined) return event.type !== 'handshake';
        return kept.has(event.socket);
      });
    }
    this.#rebuild(true);
  }

  /** New thresholds or rules: the findings are derived anew from the same evidence. */
  setSettings(settings: RuleSettings | undefined): void {
    this.#settings = settings;
    this.#drainNow();
    this.#rebuild(false);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
  }

  get #busy(): boolean {
    return !this.#queue.empty || this.#next !== undefined;
  }

  #rebuild(atOnce: boolean): void {
    // What fell out of the log is counted there; an event of it would count it again.
    const events = this.log.held();
    this.#next = { diagnosis: this.#options.createDiagnosis(this.#settings), events, cursor: 0 };
    if (atOnce && events.length < 20_000) this.#catchUp(Number.POSITIVE_INFINITY);
    this.#pump();
    this.#publish(true);
  }

  /** Returns true when the rebuilt diagnosis has caught up. */
  #catchUp(until: number): boolean {
    const next = this.#next;
    if (next === undefined) return true;
    while (next.cursor < next.events.length) {
      next.diagnosis.push(next.events[next.cursor]!);
      next.cursor += 1;
      if (performance.now() > until && next.cursor < next.events.length) return false;
    }
    this.#diagnosis = next.diagnosis;
    this.#next = undefined;
    return true;
  }

  #drainNow(): void {
    this.#catchUp(Number.POSITIVE_INFINITY);
    this.#take(Number.POSITIVE_INFINITY);
  }

  #take(until: number): boolean {
    const queue = this.#queue;
    for (let event = queue.next(); event !== undefined; event = queue.next()) {
      this.log.add(event);
      if (event.type === 'page') this.#noteLeaving(event);
      this.#diagnosis.push(event);
      // Asked after every event: some cost as much as a thousand others.
      if (performance.now() > until && !queue.empty) return false;
    }
    return true;
  }

  #noteLeaving({ document, state, t }: PageEvent): void {
    if (document === undefined) return;
    if (state === 'pagehide') this.#left.set(document, t);
    else if (state === 'pageshow') this.#left.delete(document);
  }

  #pump(): void {
    if (this.#pumping || this.#closed) return;
    const until = performance.now() + SLICE_MS;
    const done = this.#catchUp(until) && this.#take(until);
    if (!done) {
      this.#pumping = true;
      this.#clock.setTimeout(() => {
        this.#pumping = false;
        this.#pump();
      }, 0);
      this.#publish();
      return;
    }
    if (this.log.overfull) {
      this.log.trim([...this.#diagnosis.sockets.values()].filter(hasEnded).map((s) => s.id));
      this.#rebuild(false);
      return;
    }
    if (this.live) this.#diagnosis.advance(this.now);
    this.#arm();
    this.#publish();
    const idle = this.#idle;
    this.#idle = [];
    for (const resolve of idle) resolve();
  }

  /** Wakes up when a rule that waits can decide. */
  #arm(): void {
    if (!this.live || this.#closed) return;
    const deadline = this.#diagnosis.nextDeadline;
    if (deadline === this.#timerAt && this.#timer !== undefined) return;
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = deadline;
    if (deadline === undefined) return;
    // A timer may fire a fraction early: the millisecond on top makes sure the moment has passed.
    const wait = Math.min(Math.max(0, deadline - this.now) + 1, 0x7fffffff);
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      this.#diagnosis.advance(this.now);
      this.#arm();
      this.#publish();
    }, wait);
  }

  /** A first change at once, those of a stream some ten times a second, fewer where a view costs more. */
  #publish(atOnce = false): void {
    if (this.#publishing || this.#closed) return;
    this.#publishing = true;
    const emit = () => {
      this.#publishing = false;
      this.#lastPublish = this.#clock.now();
      this.#view.value = this.#snapshot();
      this.#tickLater();
    };
    const size = this.#diagnosis.sockets.size;
    const pause = size > 5_000 ? 500 : size > 1_000 ? 250 : size > 200 ? 120 : 80;
    const wait = atOnce ? 0 : this.#lastPublish + pause - this.#clock.now();
    if (wait > 0) this.#clock.setTimeout(() => this.#clock.frame(emit), wait);
    else this.#clock.frame(emit);
  }

  /** Ages and waits are shown: they go on though nothing is told. */
  #tickLater(): void {
    if (!this.live || this.#closed || this.#ticking) return;
    const { now } = this;
    let moving = false;
    for (const socket of this.#diagnosis.sockets.values()) {
      if (!hasEnded(socket) || now - socket.lastAt <= GRACE_MS) {
        moving = true;
        break;
      }
    }
    if (!moving) return;
    this.#ticking = true;
    this.#clock.setTimeout(() => {
      this.#ticking = false;
      this.#publish();
    }, TICK_MS);
  }

  #snapshot(): SessionView {
    const diagnosis = this.#diagnosis;
    const queued = this.#queue.progress;
    const waiting = this.#next?.events.length ?? queued.total;
    const done = this.#next?.cursor ?? queued.taken;
    return {
      now: this.now,
      startedAt: this.#startedAt,
      live: this.live,
      sockets: diagnosis.sockets,
      chains: diagnosis.chains,
      findings: diagnosis.findings,
      leftAt: this.#left,
      dropped: diagnosis.dropped + this.log.lost + (this.header?.dropped ?? 0),
      progress: waiting > 0 ? done / waiting : undefined,
      chainOf: (id) => diagnosis.chainOf(id),
      findingsOf: (id) => diagnosis.findingsOf(id),
    };
  }
}

/** The page's state as it stands, so that a cleared session still knows hidden from visible. */
function lastPageStates(events: readonly SessionEvent[]): SessionEvent[] {
  const last = new Map<string, SessionEvent>();
  for (const event of events) {
    if (event.type !== 'page') continue;
    const kind = event.state === 'online' || event.state === 'offline' ? 'network' : 'view';
    last.set(`${kind}\0${event.document ?? ''}`, event);
  }
  return [...last.values()].sort((a, b) => a.t - b.t);
}
