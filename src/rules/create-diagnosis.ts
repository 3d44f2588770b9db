import type { SessionEvent } from '../model/events.ts';
import type { PageHistory } from '../model/page-history.ts';
import { Session } from '../model/session.ts';
import type { SocketRecord } from '../model/socket.ts';
import { explainClose } from './causes/index.ts';
import type { CloseContext } from './causes/types.ts';
import { type ChainState, ChainTracker, type Slot } from './chains/tracker.ts';
import { judgeChain } from './chains/verdict.ts';
import { Deadlines } from './deadlines.ts';
import type { Diagnosis } from './diagnosis.ts';
import { point } from './evidence.ts';
import { Findings } from './findings.ts';
import { RULES } from './registry.ts';
import {
  type Attempt,
  type Hit,
  type Outcome,
  type Rule,
  type RuleContext,
  SILENT,
} from './rule.ts';
import type { Cause, Chain, Finding, RuleSettings } from './types.ts';

/** Neighbours that the explanation of a close looks at. */
const NEIGHBOURS = 32;
const SCANNED = 128;
/** Events that, told late, may explain another socket's close, and how long after them it may lie. */
const TELLING_LATE: ReadonlySet<string> = new Set(['opening', 'open', 'close']);
const LATE_MS = 3_000;
const LATE_MOST = 8;
/** Chains of one endpoint that are looked at for them. */
const SIBLINGS = 16;
/** Attempts, and ends of sockets, kept for rules that look over all chains. */
const ATTEMPTS = 512;
/** A log that ends again and again is none: its later ends are taken as they come. */
const MAX_RESUMED = 64;
/** Sockets named by a finding about a whole chain. */
const NAMED = 50;

/** What rules are asked about: a socket, a chain or the session. */
interface Subject {
  readonly id: string;
  slot?: Slot;
  chain?: ChainState;
  generation?: number;
  /** Pages that it is asked again with. Few subjects ever are. */
  watching?: Set<PageHistory>;
  /** Of a socket's close, once it was asked for since it was last touched. */
  causes?: readonly Cause[];
  /** When it ended, as noted in `ends`. */
  endedAt?: number;
  /** Its attempt was noted. */
  attempted?: boolean;
  /** Bits of the rules that hold something of it: most hold nothing of most. */
  held: number;
}

/** A rule as it is asked, again and again. */
interface Asked {
  readonly rule: Rule;
  /** @param of the rule's own subject: what its scope is about */
  readonly check: (of: unknown) => Outcome;
  /** Its own among those of its scope. */
  readonly bit: number;
  readonly onEnd: boolean;
  readonly sticky: boolean;
}

/**
 * A diagnosis that grows with its session. One event costs work in proportion to what
 * it touches; rules that wait are asked again at their deadline, by `advance` or by the
 * next event. Every answer is a function of what is recorded and of the time, so that
 * asking early or late leaves no trace.
 */
export function createDiagnosis(settings: RuleSettings = {}): Diagnosis {
  return new IncrementalDiagnosis(settings);
}

/** The findings of a finished session: the watch ends at its `end`, else at its last event. */
export function diagnose(events: Iterable<SessionEvent>, settings: RuleSettings = {}): Diagnosis {
  const diagnosis = createDiagnosis(settings);
  let last = 0;
  let ended = false;
  for (const event of events) {
    diagnosis.push(event);
    if (event.t > last) last = event.t;
    ended = event.type === 'end' || (ended && event.t <= last);
  }
  if (!ended) diagnosis.push({ type: 'end', t: last });
  return diagnosis;
}

class IncrementalDiagnosis implements Diagnosis {
  revision = 0;

  private readonly session = new Session();
  private readonly tracker = new ChainTracker();
  private readonly results: Findings;
  private readonly deadlines = new Deadlines<Subject>();
  private readonly socketSubjects = new Map<string, Subject>();
  private readonly chainSubjects = new Map<string, Subject>();
  private readonly sessionSubject: Subject = { id: 'session', held: 0 };
  private readonly watchers = new Map<PageHistory, Set<Subject>>();
  private readonly attempts: Attempt[] = [];
  /** When sockets ended that the page did not close itself, in order of time. */
  private readonly ends: number[] = [];
  private readonly chainCache = new Map<string, { chain: Chain; until: number }>();
  private chainList: readonly Chain[] | undefined;
  private chainListUntil = Infinity;
  private clock = 0;
  private unsettled: ReadonlySet<Subject> = new Set();
  private resumed = 0;

  private readonly socketRules: readonly Asked[];
  private readonly chainRules: readonly Asked[];
  private readonly sessionRules: readonly Asked[];
  private readonly suppressed: ReadonlySet<string>;
  private readonly settings: RuleSettings;

  constructor(settings: RuleSettings) {
    this.settings = settings;
    const off = new Set(settings.off ?? []);
    const on = RULES.filter((rule) => !off.has(rule.meta.id));
    const ofScope = (scope: Rule['scope']): Asked[] =>
      on
        .filter((rule) => rule.scope === scope)
        .map((rule, at) => {
          const context = this.contextFor(rule);
          return {
            rule,
            check: (of) => rule.check(of as never, context),
            bit: 1 << at,
            onEnd: rule.scope !== 'session' && rule.onEnd === true,
            sticky: rule.scope !== 'socket' && rule.sticky === true,
          };
        });
    this.socketRules = ofScope('socket');
    this.chainRules = ofScope('chain');
    this.sessionRules = ofScope('session');
    this.suppressed = new Set(
      (settings.suppressed ?? []).map(({ rule, endpoint }) => `${rule}\n${endpoint}`),
    );
    this.results = new Findings((id) => this.session.sockets.get(id)?.index ?? 0);
  }

  get now(): number {
    return this.clock;
  }

  get sockets(): ReadonlyMap<string, SocketRecord> {
    return this.session.sockets;
  }

  get dropped(): number {
    return this.session.dropped;
  }

  get findings(): readonly Finding[] {
    return this.results.list;
  }

  findingsOf(socket: string): readonly Finding[] {
    return this.results.of(socket);
  }

  get nextDeadline(): number | undefined {
    return this.session.endedAt === undefined ? this.deadlines.next : undefined;
  }

  push(event: SessionEvent): void {
    // Whatever falls due before the event is asked first, of what was known then.
    if (Number.isFinite(event.t)) this.tick(Math.min(event.t, this.session.endedAt ?? Infinity));
    const ended = this.session.endedAt !== undefined;
    const late = event.t < this.clock;
    const touch = this.session.apply(event);
    this.clock = Math.max(this.clock, this.session.lastAt);
    this.revision++;
    if (ended && this.session.endedAt === undefined) this.resume();
    if (touch.traffic !== undefined) {
      this.traffic(touch.traffic);
      return;
    }
    const slots = new Set<Slot>();
    if (touch.removed !== undefined) this.forget(touch.removed);
    for (const socket of touch.sockets) {
      const { slots: changed, left } = this.tracker.update(socket, this.session.pageOf(socket));
      for (const slot of changed) slots.add(slot);
      if (left !== undefined) this.lost(left);
      if (late && TELLING_LATE.has(event.type)) {
        for (const slot of this.closedSince(event.t, socket)) slots.add(slot);
      }
    }
    this.evaluate(slots, new Set(touch.sockets.map(({ id }) => id)));
    for (const page of touch.pages) this.pageChanged(page, touch.rewritten);
    if (event.type === 'end') this.settle();
  }

  advance(now: number): void {
    const limit = this.session.endedAt;
    this.tick(limit === undefined ? now : Math.min(now, limit));
  }

  get chains(): readonly Chain[] {
    if (this.chainList === undefined || this.clock >= this.chainListUntil) {
      this.chainListUntil = Infinity;
      this.chainList = this.tracker.chains.map((state) => {
        const { chain, until } = this.snapshot(state);
        if (until < this.chainListUntil) this.chainListUntil = until;
        return chain;
      });
    }
    return this.chainList;
  }

  chainOf(socket: string): Chain | undefined {
    const slot = this.tracker.slotOf(socket);
    return slot === undefined ? undefined : this.snapshot(slot.chain).chain;
  }

  private snapshot(state: ChainState): { chain: Chain; until: number } {
    const cached = this.chainCache.get(state.id);
    if (cached !== undefined && this.clock < cached.until) return cached;
    const { verdict, data, recheckAt } = judgeChain(state, this.clock);
    const fresh = {
      chain: {
        id: state.id,
        endpoint: state.endpoint,
        sockets: state.ids,
        verdict,
        delaysMs: state.delays,
        replacements: state.replacements,
        data,
      },
      until: recheckAt ?? Infinity,
    };
    this.chainCache.set(state.id, fresh);
    return fresh;
  }

  /** Moves the clock on and asks again whatever was waiting for it. */
  private tick(now: number): void {
    if (now > this.clock) this.clock = now;
    let changed = false;
    for (;;) {
      const subject = this.deadlines.take(this.clock);
      if (subject === undefined) break;
      this.ask(subject);
      changed = true;
    }
    if (changed || this.clock >= this.chainListUntil) this.revision++;
  }

  /** @param touched ids of the sockets that changed; the others of `slots` changed in their relations only */
  private evaluate(slots: ReadonlySet<Slot>, touched?: ReadonlySet<string>): void {
    /** Whether one of the chain's own ends is among what changed. */
    const chains = new Map<ChainState, boolean>();
    for (const slot of slots) {
      const { chain, socket, filledBy } = slot;
      const subject = this.socketSubject(slot);
      // Another took its place: why it ended stays as it was, and so do the ends of its chain.
      const replaced =
        touched !== undefined &&
        filledBy !== undefined &&
        touched.has(filledBy.socket.id) &&
        !touched.has(socket.id) &&
        subject.generation === chain.generation;
      if (!replaced) subject.causes = undefined;
      chains.set(chain, chains.get(chain) === true || (!replaced && slot.endAt !== undefined));
      this.ask(subject, !replaced);
      // What the browser itself ended, leaving or restoring a page, comes back together of need.
      const own = slot.endedByPage || socket.closedBy === 'browser';
      this.noteEnd(subject, own ? undefined : slot.endAt);
      if (slot.fills !== undefined && slot.delayMs !== undefined) this.noteAttempt(slot, subject);
    }
    for (const [chain, ended] of chains) {
      this.chainCache.delete(chain.id);
      this.chainList = undefined;
      this.ask(this.chainSubject(chain), ended);
    }
  }

  /** What ended at the socket's endpoint after a moment that is told late: its causes may look at that. */
  private closedSince(t: number, socket: SocketRecord): Slot[] {
    const chain = this.tracker.slotOf(socket.id)?.chain;
    if (chain === undefined) return [];
    return this.tracker
      .siblings(chain)
      .slice(0, SIBLINGS)
      .flatMap(({ slots }) => slots.slice(-NEIGHBOURS))
      .filter(({ endAt }) => endAt !== undefined && endAt >= t && endAt <= t + LATE_MS)
      .slice(0, LATE_MOST);
  }

  private traffic(socket: SocketRecord): void {
    const slot = this.tracker.slotOf(socket.id);
    if (slot === undefined) return;
    // Only the chain's "nothing heard" depends on traffic, and it looks at its own clock.
    const cached = this.chainCache.get(slot.chain.id);
    if (cached !== undefined && cached.until !== Infinity) this.chainCache.delete(slot.chain.id);
    else if (cached?.chain.verdict === 'not-detected') {
      this.chainCache.delete(slot.chain.id);
      this.chainList = undefined;
    }
  }

  private pageChanged(page: PageHistory, rewritten: boolean): void {
    if (rewritten) {
      const slots = new Set<Slot>();
      for (const chain of this.tracker.chains) for (const slot of chain.slots) slots.add(slot);
      this.evaluate(slots);
      return;
    }
    for (const subject of [...(this.watchers.get(page) ?? [])]) this.ask(subject);
    for (const chain of this.tracker.chains) {
      const last = chain.slots.at(-1);
      if (last?.page === page && (chain.awaited.length > 0 || chain.byPage.length > 0)) {
        this.chainCache.delete(chain.id);
        this.chainList = undefined;
      }
    }
  }

  /** The watch is over: what waits is told as undecided. */
  private settle(): void {
    const waiting: Subject[] = [];
    for (const page of this.watchers.values()) waiting.push(...page);
    for (let subject = this.deadlines.take(Infinity); subject !== undefined; ) {
      waiting.push(subject);
      subject = this.deadlines.take(Infinity);
    }
    this.unsettled = new Set(waiting);
    for (const subject of this.unsettled) this.ask(subject);
    this.chainCache.clear();
    this.chainList = undefined;
  }

  /** The watch goes on after all, as where two logs were joined: what was left undecided waits again. */
  private resume(): void {
    if (++this.resumed > MAX_RESUMED) return;
    for (const subject of this.unsettled) this.ask(subject);
    this.unsettled = new Set();
  }

  private forget(socket: SocketRecord): void {
    const subject = this.socketSubjects.get(socket.id);
    if (subject !== undefined) {
      this.noteEnd(subject, undefined);
      for (const asked of this.socketRules) this.say(asked, subject, undefined);
      this.quiet(subject);
      this.socketSubjects.delete(socket.id);
    }
    const chain = this.tracker.slotOf(socket.id)?.chain;
    this.tracker.remove(socket.id);
    if (chain !== undefined) this.lost(chain);
  }

  /** A chain has lost a socket, perhaps its last. */
  private lost(chain: ChainState): void {
    this.chainCache.delete(chain.id);
    this.chainList = undefined;
    const ofChain = this.chainSubjects.get(chain.id);
    if (ofChain === undefined) return;
    if (chain.slots.length > 0) this.ask(ofChain);
    else {
      for (const asked of this.chainRules) this.say(asked, ofChain, undefined);
      this.quiet(ofChain);
      this.chainSubjects.delete(chain.id);
    }
  }

  /** Nothing of this subject is waited for any more. */
  private quiet(subject: Subject): void {
    this.deadlines.set(subject, undefined);
    this.unwatch(subject);
  }

  private unwatch(subject: Subject): void {
    if (subject.watching === undefined) return;
    for (const page of subject.watching) this.watchers.get(page)?.delete(subject);
    subject.watching = undefined;
  }

  private socketSubject(slot: Slot): Subject {
    let subject = this.socketSubjects.get(slot.socket.id);
    if (subject === undefined) {
      subject = { id: slot.socket.id, held: 0 };
      this.socketSubjects.set(slot.socket.id, subject);
    }
    // A socket changes its chain when its URL or stack becomes known late.
    subject.slot = slot;
    subject.chain = slot.chain;
    return subject;
  }

  private chainSubject(chain: ChainState): Subject {
    let subject = this.chainSubjects.get(chain.id);
    if (subject === undefined) {
      subject = { id: chain.id, chain, held: 0 };
      this.chainSubjects.set(chain.id, subject);
    }
    return subject;
  }

  private noteAttempt(slot: Slot, subject: Subject): void {
    const { attempts } = this;
    const at = slot.startAt!;
    if (subject.attempted === true || slot.reload) return;
    if (slot.fills!.socket.closedBy === 'browser') return;
    subject.attempted = true;
    let place = attempts.length;
    while (place > 0 && attempts[place - 1]!.at > at) place--;
    attempts.splice(place, 0, {
      at,
      endedAt: slot.fills!.endAt!,
      socket: slot.socket,
      endpoint: slot.chain.endpoint,
    });
    if (attempts.length > ATTEMPTS) attempts.shift();
    this.ask(this.sessionSubject);
  }

  private noteEnd(subject: Subject, at: number | undefined): void {
    const { ends } = this;
    const before = subject.endedAt;
    if (at === before) return;
    const known = before === undefined ? -1 : ends.indexOf(before);
    if (known >= 0) ends.splice(known, 1);
    subject.endedAt = at;
    if (at === undefined) return;
    let place = ends.length;
    while (place > 0 && ends[place - 1]! > at) place--;
    ends.splice(place, 0, at);
    if (ends.length > ATTEMPTS) ends.shift();
  }

  /**
   * Asks every rule of the subject's scope, and remembers when to ask again.
   * @param ended whether an end, or the socket itself, is among what changed
   */
  private ask(subject: Subject, ended = true): void {
    let recheckAt = Infinity;
    let watch = false;
    const { slot, chain, generation } = subject;
    const rewritten = generation !== chain?.generation;
    subject.generation = chain?.generation;
    const onlyMade = !ended && !rewritten;
    let rules = this.sessionRules;
    let of: unknown = this.attempts;
    if (slot !== undefined) {
      rules = this.socketRules;
      of = { socket: slot.socket, slot, chain: slot.chain, page: slot.page };
    } else if (chain !== undefined) {
      rules = this.chainRules;
      of = chain;
    }
    for (const asked of rules) {
      if (onlyMade && asked.onEnd) continue;
      const outcome = asked.check(of);
      if (outcome === SILENT && (subject.held & asked.bit) === 0) continue;
      const kept = asked.sticky && !rewritten;
      if (outcome.hit !== undefined || !kept) this.say(asked, subject, outcome.hit);
      if (outcome.watchPage === true) watch = true;
      const at = outcome.recheckAt;
      if (at !== undefined && at > this.clock && at < recheckAt) recheckAt = at;
    }
    this.deadlines.set(subject, recheckAt === Infinity ? undefined : recheckAt);
    const page = slot?.page ?? chain?.slots.at(-1)?.page;
    if (page === undefined) return;
    if (watch) {
      let set = this.watchers.get(page);
      if (set === undefined) {
        set = new Set();
        this.watchers.set(page, set);
      }
      set.add(subject);
      subject.watching ??= new Set();
      subject.watching.add(page);
    } else this.unwatch(subject);
  }

  private say({ rule, bit }: Asked, subject: Subject, hit: Hit | undefined): void {
    const { meta } = rule;
    if (hit === undefined) {
      if ((subject.held & bit) === 0) return;
      subject.held &= ~bit;
      this.results.clear(meta, subject.id);
      return;
    }
    subject.held |= bit;
    const ofSession = hit.data.endpoint as string | undefined;
    const endpoint = subject.chain?.endpoint ?? ofSession ?? '';
    // The session is one subject, but what is found of one endpoint is not another's.
    const id = rule.scope === 'session' ? `${subject.id}\n${endpoint}` : subject.id;
    if (this.suppressed.size > 0 && this.suppressed.has(`${meta.id}\n${endpoint}`)) {
      this.results.clear(meta, id);
      return;
    }
    const fallback =
      hit.sockets !== undefined
        ? []
        : subject.slot !== undefined
          ? [subject.id]
          : (subject.chain?.ids.slice(-NAMED) ?? []);
    // What a person did on purpose is no fault of the page's or the server's: it says so.
    const told = this.withDrill(subject, hit);
    const scope = subject.chain?.id ?? id;
    this.results.set(meta, id, scope, hit.group ?? '', endpoint, told, fallback);
  }

  private withDrill({ slot }: Subject, hit: Hit): Hit {
    if (this.session.drills.length === 0) return hit;
    const drilled =
      slot !== undefined
        ? [slot.socket]
        : (hit.sockets ?? []).flatMap((id) => this.session.sockets.get(id) ?? []);
    const socket = drilled.findLast(({ drill }) => drill !== undefined);
    if (socket === undefined) return hit;
    const at = socket.drillAt ?? socket.lastAt;
    const id = slot === undefined ? 'evidence_drill_among' : 'evidence_drill';
    const said = point(at, socket.id, id, { kind: socket.drill! });
    return {
      ...hit,
      evidence: [said, ...hit.evidence],
      data: { ...hit.data, drill: socket.drill },
    };
  }

  private contextFor({ meta: { id, thresholds } }: Rule): RuleContext {
    const chosen = this.settings.thresholds?.[id];
    const diagnosis = this;
    // Asked for in loops.
    const values = new Map<string, number>();
    for (const [name, { default: standard, min, max }] of Object.entries(thresholds)) {
      const value = chosen?.[name];
      const valid = typeof value === 'number' && Number.isFinite(value);
      values.set(name, valid ? Math.min(max, Math.max(min, value)) : standard);
    }
    return {
      get now() {
        return diagnosis.clock;
      },
      get ended() {
        return diagnosis.session.endedAt !== undefined;
      },
      threshold: (name) => values.get(name)!,
      causesOf: (slot) => this.causesOf(slot),
      endedBetween: (from, to) =>
        this.ends.reduce((n, at) => (at >= from && at <= to ? n + 1 : n), 0),
    };
  }

  private causesOf(slot: Slot): readonly Cause[] {
    const subject = this.socketSubject(slot);
    subject.causes ??= explainClose(this.around(slot));
    return subject.causes;
  }

  private around(slot: Slot): CloseContext {
    const at = slot.socket.closeAt ?? slot.endAt ?? this.clock;
    const earlier: SocketRecord[] = [];
    const contemporaries: SocketRecord[] = [];
    for (const chain of this.tracker.siblings(slot.chain).slice(0, SIBLINGS)) {
      const { slots, lives } = chain;
      const from =
        chain === slot.chain ? Math.min(slots.length - 1, slot.index + 16) : slots.length - 1;
      for (let i = from, seen = 0; i >= 0 && seen < SCANNED; i--, seen++) {
        // Without a construction, or made later.
        if (!(lives.startAt(i) <= at) || slots[i] === slot) continue;
        if (lives.endAt(i) < at) {
          if (earlier.length < NEIGHBOURS) earlier.push(slots[i]!.socket);
        } else if (contemporaries.length < NEIGHBOURS) contemporaries.push(slots[i]!.socket);
        else if (earlier.length >= NEIGHBOURS) break;
      }
    }
    return { socket: slot.socket, earlier, contemporaries };
  }
}
