import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LinkStatus } from '../link/types.ts';
import type { EventRows, LogHeader } from '../log/index.ts';
import type { SessionEvent } from '../model/events.ts';
import { endOf } from '../model/life.ts';
import type { SocketRecord } from '../model/socket.ts';
import type { CreateDiagnosis } from '../rules/diagnosis.ts';
import type { RuleSettings } from '../rules/types.ts';
import { type EventLogLimits, shifted } from './event-log.ts';
import { type Clock, Session, type SessionView } from './session.ts';

export interface StoreOptions {
  readonly clock: Clock;
  readonly createDiagnosis: CreateDiagnosis;
  readonly limits?: EventLogLimits;
  /** False where there is no inspected tab: only files can be opened. */
  readonly live: boolean;
  readonly settings?: RuleSettings;
  /** Adds to what is seen, such as the findings of the user's own rules. */
  readonly enrich?: (view: SessionView) => SessionView;
}

/** A log read from a file, as `openFile` takes it. */
export interface OpenedLog {
  readonly name: string;
  readonly startedAt: number;
  readonly events: EventRows;
  readonly generator?: Readonly<Record<string, unknown>>;
  readonly header?: LogHeader;
}

/** Events of different documents may cross on their way: they are put in order within this time. */
const REORDER_MS = 40;
/** A socket that a server or the network ended this shortly before a navigation may be its cause. */
const RELOAD_CAUSE_MS = 3_000;
/** A document first seen this shortly before a navigation is reported is the new one. */
const NEW_DOCUMENT_MS = 1_500;

/** Keeps the sessions: the inspected tab's and those opened from files. */
export class SessionStore {
  readonly live: Session | undefined;
  readonly keepLog = signal(true);
  readonly status: Signal<LinkStatus | undefined> = signal(undefined);
  readonly view: ReadonlySignal<SessionView>;
  /** The inspected tab's, whatever is shown; undefined where there is none. */
  readonly liveView: ReadonlySignal<SessionView> | undefined;
  readonly #options: StoreOptions;
  readonly #sessions: Signal<readonly Session[]>;
  readonly #current: Signal<Session>;
  #pending: SessionEvent[] = [];
  #flushTimer: number | undefined;
  /** Wall clock of the first sign of each document, or of its coming back. */
  readonly #documents = new Map<string, number>();
  /** The tab's own documents, not their frames'. */
  readonly #tops = new Set<string>();
  /** When the tab's document was left, wall clock; until that navigation is reported. */
  #leftAt: number | undefined;
  #settings: RuleSettings | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#settings = options.settings;
    const first = this.#session({ name: '', startedAt: options.clock.now() }, options.live);
    if (options.live) this.live = first;
    this.#sessions = signal([first]);
    this.#current = signal(first);
    const enriched = (session: Session) =>
      options.enrich?.(session.view.value) ?? session.view.value;
    const liveView = options.live ? computed(() => enriched(first)) : undefined;
    this.liveView = liveView;
    this.view = computed(() => {
      const session = this.#current.value;
      return session === first && liveView !== undefined ? liveView.value : enriched(session);
    });
  }

  get sessions(): ReadonlySignal<readonly Session[]> {
    return this.#sessions;
  }

  get current(): ReadonlySignal<Session> {
    return this.#current;
  }

  show(session: Session): void {
    if (this.#sessions.value.includes(session)) this.#current.value = session;
  }

  /** Takes a batch of the link: `t` is wall-clock milliseconds since 1970. */
  receive(events: readonly SessionEvent[]): void {
    if (this.live === undefined || events.length === 0) return;
    for (const event of events) {
      this.#pending.push(event);
      if ('document' in event && event.document !== undefined) {
        this.#noteDocument(event.document, event);
      }
    }
    this.#flushTimer ??= this.#options.clock.setTimeout(() => this.flush(), REORDER_MS);
  }

  #noteDocument(document: string, event: SessionEvent): void {
    const state = event.type === 'page' ? event.state : undefined;
    if (event.type === 'opening' && event.top === true) this.#tops.add(document);
    if (state === 'pagehide') {
      if (this.#tops.has(document)) this.#leftAt = event.t;
      this.#documents.set(document, Number.NEGATIVE_INFINITY);
    } else if (state === 'pageshow' || !this.#documents.has(document)) {
      this.#documents.set(document, event.t);
    }
  }

  /** Hands what waits to the live session, in order. */
  flush(): void {
    if (this.#flushTimer !== undefined) this.#options.clock.clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const pending = this.#pending;
    this.#pending = [];
    if (this.live === undefined || pending.length === 0) return;
    pending.sort((a, b) => a.t - b.t);
    // What a page kept from before DevTools was opened is older than the session.
    const first = pending[0]!.t;
    if (first < this.live.startedAt) this.live.moveStart(first);
    const start = this.live.startedAt;
    this.live.add(pending.map((event) => shifted(event, -start)));
  }

  setStatus(status: LinkStatus): void {
    this.status.value = status;
  }

  /**
   * The inspected tab has gone to another page. Without "keep log", sockets of earlier documents
   * go, except one that a server or the network ended just before: it may be why the page reloaded.
   */
  navigated(): void {
    const { live } = this;
    if (live === undefined || this.keepLog.value) return;
    this.flush();
    // Firefox reports a navigation when the new page has loaded, which may be long after its
    // first socket; that the old page was left is known at once, if it had sockets.
    const recent = this.#options.clock.now() - NEW_DOCUMENT_MS;
    const newFrom = Math.min(recent, this.#leftAt ?? recent);
    for (const [id, seen] of this.#documents) {
      if (seen >= newFrom) continue;
      this.#documents.delete(id);
      this.#tops.delete(id);
    }
    this.#leftAt = undefined;
    const now = live.now;
    live.retain(
      (socket) =>
        (socket.document !== undefined && this.#documents.has(socket.document)) ||
        mayBeCause(socket, live.view.value, now),
    );
  }

  clear(): void {
    this.flush();
    const current = this.#current.value;
    if (current.live) current.clear();
    else this.closeSession(current);
  }

  /** Opens a log beside what is open. Resolves when all of it has been taken in. */
  openFile(log: OpenedLog): Promise<Session> {
    const session = this.#session(log, false);
    batch(() => {
      // A page without an inspected tab starts with an empty session: the first file takes its place.
      const others = this.#sessions.value.filter((one) => one.live || one.log.size > 0);
      this.#sessions.value = [...others, session];
      this.#current.value = session;
    });
    session.add(log.events);
    // No `await`: it would keep the list of events alive until they are all taken in.
    return session.settled().then(() => session);
  }

  closeSession(session: Session): void {
    if (session.live) return;
    session.close();
    batch(() => {
      let rest = this.#sessions.value.filter((one) => one !== session);
      if (rest.length === 0) {
        rest = [this.#session({ name: '', startedAt: this.#options.clock.now() }, false)];
      }
      this.#sessions.value = rest;
      if (this.#current.value === session) this.#current.value = rest[rest.length - 1]!;
    });
  }

  setSettings(settings: RuleSettings): void {
    this.#settings = settings;
    for (const session of this.#sessions.value) session.setSettings(settings);
  }

  #session(log: Omit<OpenedLog, 'events'>, live: boolean): Session {
    const { clock, createDiagnosis, limits } = this.#options;
    const { name, startedAt, generator, header } = log;
    const settings = this.#settings;
    return new Session({
      name,
      startedAt,
      generator,
      header,
      live,
      clock,
      createDiagnosis,
      limits,
      settings,
    });
  }
}

/** Ended by the other side a moment ago, and nothing has taken its place. */
function mayBeCause(socket: SocketRecord, view: SessionView, now: number): boolean {
  const ended = endOf(socket);
  return (
    view.chainOf(socket.id)?.sockets.at(-1) === socket.id &&
    (socket.closedBy === 'server' || socket.closedBy === 'network') &&
    ended !== undefined &&
    now - ended < RELOAD_CAUSE_MS
  );
}
