import { crowdedOut, effectiveCloseCall } from '../../model/closed-by.ts';
import type { PageHistory } from '../../model/page-history.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { areAlike, pathOf } from './alike.ts';
import { callSite } from './call-site.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { Lives } from './lives.ts';

/** A vacancy older than this is no longer waited for: a newer one is filled before it. */
const AWAITED_MS = 35_000;
/** A replacement may be opened this long before the old socket ends. */
const EARLY_MS = 30_000;
/** Sockets made within this time of one another are a pool, not a replacement. */
const POOL_MS = 2_000;
/** Sockets kept by name where only their number may grow. */
const NAMED = 50;
/** Chains looked at for one whose path varies. */
const NEWEST = 64;

/** One socket's place in its chain. */
export interface Slot {
  readonly socket: SocketRecord;
  /** What of the record decides the chain. */
  readonly identity: string;
  page: PageHistory;
  readonly chain: ChainState;
  /** Place in `chain.slots`. */
  index: number;
  startAt: number | undefined;
  startOrder: number;
  endAt: number | undefined;
  endOrder: number;
  /** The page called `close()` before anything else ended it. */
  endedByPage: boolean;
  /** Its document left with it: nobody is there to come back. */
  gone: boolean;
  /** The browser let it not even try: it held no place, and tells nothing of the client. */
  crowded: boolean;
  filledBy: Slot | undefined;
  fills: Slot | undefined;
  /** The slot whose place this one has, by way of those in between; itself where it fills none. */
  first: Slot;
  /** Close to construction of the slot that it fills; undefined where that one had not closed yet. */
  delayMs: number | undefined;
  /** Made at the error of the one before, whose close event had yet to come. */
  onError: boolean;
  /** Made after an end, while no vacancy was open: a second try for the same place. */
  extra: boolean;
  /** The document was replaced between the close and this construction. */
  reload: boolean;
  replacement: { ended: string; by?: string } | undefined;
  /** As what `chain.live` and `chain.closed` count it. */
  counted: 'live' | 'closed' | 'gone';
}

/** The sockets that replace one another, in order of construction. */
export interface ChainState {
  readonly id: string;
  /** Call site and path, whatever the host. */
  readonly siteKey: string;
  /** Call site, host and depth of the path: what a path that varies leaves. */
  readonly shapeKey: string;
  /** The endpoint's own key: chains of several call sites share it. */
  readonly endpointKey: string;
  readonly endpoint: string;
  readonly slots: Slot[];
  /** The same in numbers, by index. */
  readonly lives: Lives;
  readonly ids: string[];
  readonly delays: number[];
  /** The slots whose construction the delays end in. */
  readonly attempts: Slot[];
  readonly replacements: { ended: string; by?: string }[];
  /** Vacancies not filled, by how eagerly they are filled. */
  awaited: Slot[];
  byPage: Slot[];
  stale: Slot[];
  reloads: number;
  /** Ends whose successor was open by then. */
  handovers: number;
  /** Grows by one when the past of the chain was rewritten. */
  generation: number;
  /** The newest sockets that filled no vacancy, made while a twin was still connecting. */
  readonly overlapping: Slot[];
  overlaps: number;
  /** Sockets closed with 1008. */
  refused: number;
  /** Sockets made and not yet ended. */
  running: number;
  /** Sockets lost, or given up before they opened: another made for each is a try. */
  lost: number;
  closed: number;
  live: number;
  lastAt: number;
}

/**
 * Puts sockets into chains and fills vacancies: each ended socket leaves one, the
 * next construction of the chain fills the oldest that is still waited for.
 */
export class ChainTracker {
  readonly chains: ChainState[] = [];
  private readonly byKey = new Map<string, ChainState>();
  private readonly byEndpoint = new Map<string, ChainState[]>();
  private readonly bySite = new Map<string, ChainState[]>();
  private readonly byShape = new Map<string, ChainState[]>();
  private readonly slots = new Map<string, Slot>();
  private order = 0;
  private nextId = 1;

  slotOf(socket: string): Slot | undefined {
    return this.slots.get(socket);
  }

  /** Chains of the same endpoint, this one included. */
  siblings(chain: ChainState): readonly ChainState[] {
    return this.byEndpoint.get(chain.endpointKey) ?? [chain];
  }

  /**
   * Takes in what changed of a socket; returns the slots whose vacancy changed, its own
   * included, and the chain that it left, if its URL or stack became known only now.
   */
  update(
    socket: SocketRecord,
    page: PageHistory,
  ): { readonly slots: readonly Slot[]; readonly left?: ChainState } {
    const known = this.slots.get(socket.id);
    if (known === undefined || known.identity === identityOf(socket)) {
      return { slots: this.place(socket, page) };
    }
    const left = known.chain;
    this.remove(socket.id);
    return { slots: [...left.slots, ...this.place(socket, page)], left };
  }

  private place(socket: SocketRecord, page: PageHistory): readonly Slot[] {
    let slot = this.slots.get(socket.id);
    const start = socket.seenBy === 'browser' ? undefined : (socket.openingAt ?? socket.firstAt);
    const end = endOf(socket);
    if (slot === undefined) {
      const chain = this.chainFor(socket, start);
      slot = {
        socket,
        identity: identityOf(socket),
        page,
        chain,
        index: chain.slots.length,
        startAt: undefined,
        startOrder: ++this.order,
        endAt: undefined,
        endOrder: 0,
        endedByPage: false,
        gone: false,
        crowded: false,
        filledBy: undefined,
        fills: undefined,
        // Itself, in a moment.
        first: undefined as unknown as Slot,
        delayMs: undefined,
        onError: false,
        extra: false,
        reload: false,
        replacement: undefined,
        counted: 'live',
      };
      slot.first = slot;
      this.slots.set(socket.id, slot);
      chain.slots.push(slot);
      chain.ids.push(socket.id);
      chain.live++;
    }
    slot.page = page;
    const { chain } = slot;
    const crowded = crowdedOut(socket);
    if (slot.endAt !== undefined && slot.crowded !== crowded) {
      slot.crowded = crowded;
      return rebuild(chain, slot);
    }
    slot.crowded = crowded;
    const affected: Slot[] = [slot];
    if (slot.startAt !== start) {
      const late = slot.startAt !== undefined || (start ?? 0) < chain.lastAt;
      slot.startAt = start;
      if (late) {
        slot.endAt = end.at;
        slot.endedByPage = end.byPage;
        slot.gone = end.gone;
        if (end.at !== undefined && slot.endOrder === 0) slot.endOrder = ++this.order;
        return rebuild(chain, slot);
      }
      if (start !== undefined) {
        note(chain, start);
        const filled = construct(slot);
        if (filled !== undefined) affected.push(filled);
      }
    }
    if (slot.endAt !== end.at || slot.gone !== end.gone || slot.endedByPage !== end.byPage) {
      const late = slot.endAt !== undefined || (end.at !== undefined && end.at < chain.lastAt);
      slot.endAt = end.at;
      slot.endedByPage = end.byPage;
      slot.gone = end.gone;
      if (slot.endOrder === 0) slot.endOrder = ++this.order;
      if (late) return rebuild(chain, slot);
      if (end.at !== undefined) {
        note(chain, end.at);
        const early = finish(slot);
        if (early !== undefined) affected.push(early);
      }
    }
    if (socket.closeAt !== undefined) note(chain, socket.closeAt);
    recount(slot);
    chain.lives.note(slot);
    return affected;
  }

  /** Forgets a socket that turned out not to be one. */
  remove(socket: string): void {
    const slot = this.slots.get(socket);
    if (slot === undefined) return;
    this.slots.delete(socket);
    const { chain } = slot;
    if (slot.counted === 'live') chain.live--;
    if (slot.counted === 'closed') chain.closed--;
    chain.slots.splice(slot.index, 1);
    rebuild(chain);
    if (chain.slots.length === 0) {
      for (const [key, other] of this.byKey) if (other === chain) this.byKey.delete(key);
      drop(this.chains, chain);
      drop(this.byEndpoint.get(chain.endpointKey) ?? [], chain);
      drop(this.bySite.get(chain.siteKey) ?? [], chain);
      drop(this.byShape.get(chain.shapeKey) ?? [], chain);
    }
  }

  private chainFor(socket: SocketRecord, start: number | undefined): ChainState {
    const site = callSite(socket.stack);
    const endpoint = endpointOf(socket.url);
    const { key, siteKey, shapeKey } = keysOf(socket, site, endpoint);
    let chain = this.byKey.get(key);
    if (chain === undefined && start !== undefined && socket.url !== '') {
      // The first of its kind, while another chain waits for a successor: reconnecting from
      // another place in the code, to another host, or with another id in its path.
      chain =
        [
          ...(this.byEndpoint.get(endpoint.key) ?? []),
          ...(site === undefined ? [] : (this.bySite.get(siteKey) ?? [])),
        ].find((other) => awaits(other, socket, start)) ??
        this.byShape
          .get(shapeKey)
          ?.slice(-NEWEST)
          .find((other) => awaits(other, socket, start) && isAlike(other, socket.url));
      if (chain !== undefined) this.byKey.set(key, chain);
    }
    if (chain === undefined) {
      chain = {
        id: `chain-${this.nextId++}`,
        siteKey,
        shapeKey,
        endpointKey: endpoint.key,
        endpoint: endpoint.name,
        slots: [],
        lives: new Lives(),
        ids: [],
        delays: [],
        attempts: [],
        replacements: [],
        awaited: [],
        byPage: [],
        stale: [],
        reloads: 0,
        handovers: 0,
        generation: 0,
        overlapping: [],
        overlaps: 0,
        refused: 0,
        running: 0,
        lost: 0,
        closed: 0,
        live: 0,
        lastAt: -Infinity,
      };
      this.byKey.set(key, chain);
      this.chains.push(chain);
      add(this.byEndpoint, chain.endpointKey, chain);
      add(this.bySite, siteKey, chain);
      add(this.byShape, shapeKey, chain);
    }
    return chain;
  }
}

function identityOf({ url, stack, seenBy }: SocketRecord): string {
  return `${seenBy} ${url}\n${stack ?? ''}`;
}

/** Call site, host and folded path; without a stack the latter two. */
function keysOf(
  socket: SocketRecord,
  site: string | undefined,
  endpoint: Endpoint,
): { key: string; siteKey: string; shapeKey: string } {
  const siteKey = `${site ?? ''} ${endpoint.path}`;
  const shapeKey = `${site ?? ''} ${endpoint.host} ${endpoint.path.split('/').length}`;
  // Of what the browser alone saw, neither the beginning nor the end is known.
  // A socket whose beginning was lost may belong anywhere.
  if (socket.url === '') return { key: `unknown ${socket.id}`, siteKey, shapeKey };
  if (socket.seenBy === 'browser') return { key: `browser ${endpoint.key}`, siteKey, shapeKey };
  const key = site === undefined ? endpoint.key : `${site} ${endpoint.key}`;
  return { key, siteKey, shapeKey };
}

/** A vacancy that this socket could fill is open, and not for long. */
function awaits(chain: ChainState, socket: SocketRecord, start: number): boolean {
  return chain.awaited.some(
    (vacancy) =>
      vacancy.endAt! <= start &&
      vacancy.page.activeBetween(vacancy.endAt!, start) <= AWAITED_MS &&
      follows(vacancy, socket.document, start),
  );
}

/** Its newest socket had the same path, but for what looks made up for each attempt. */
function isAlike(chain: ChainState, url: string): boolean {
  const newest = chain.slots.at(-1);
  return newest !== undefined && areAlike(pathOf(newest.socket.url), pathOf(url));
}

/** Of the same document, or of one that came after it. */
function follows(vacancy: Slot, document: string | undefined, start: number): boolean {
  return (
    vacancy.socket.document === document ||
    vacancy.page.firstAfter(vacancy.endAt!, ['beforeunload', 'pagehide'], start) !== undefined
  );
}

/** An error before the open is the end: clients that listen to it retry before the close event. */
function failedAt({ openAt, errorAt, closeAt }: SocketRecord): number | undefined {
  if (openAt !== undefined || errorAt === undefined) return undefined;
  return Math.min(errorAt, closeAt ?? Infinity);
}

function endOf(socket: SocketRecord): { at: number | undefined; byPage: boolean; gone: boolean } {
  const call = effectiveCloseCall(socket);
  const other = socket.closeAt ?? socket.goneAt;
  if (call !== undefined && (other === undefined || call.t <= other)) {
    return { at: call.t, byPage: true, gone: false };
  }
  const failed = failedAt(socket);
  if (failed !== undefined) return { at: failed, byPage: false, gone: false };
  if (socket.closeAt !== undefined) return { at: socket.closeAt, byPage: false, gone: false };
  return { at: socket.goneAt, byPage: false, gone: socket.goneAt !== undefined };
}

/** A construction: fills a vacancy where there is one. Returns the slot whose vacancy it was. */
function construct(slot: Slot): Slot | undefined {
  const { chain } = slot;
  const at = slot.startAt!;
  const alone = chain.running === 0;
  chain.running++;
  while (chain.awaited.length > 0 && at - chain.awaited[0]!.endAt! > AWAITED_MS) {
    chain.stale.push(chain.awaited.shift()!);
  }
  const vacancy =
    take(chain.awaited, slot, 'oldest') ??
    take(chain.byPage, slot, 'newest') ??
    take(chain.stale, slot, 'newest');
  if (vacancy === undefined) {
    slot.extra = chain.lost > 0;
    if (slot.extra && twinConnecting(slot)) {
      chain.overlaps++;
      chain.overlapping.push(slot);
      if (chain.overlapping.length > NAMED) chain.overlapping.shift();
    }
    return undefined;
  }
  slot.fills = vacancy;
  slot.first = vacancy.first;
  vacancy.filledBy = slot;
  const end = endSeen(vacancy, slot);
  slot.reload = isReload(vacancy, slot.socket.document, at);
  if (slot.reload) chain.reloads++;
  // What the page closed while others of its kind live on is no outage: its delay means nothing.
  if (end !== undefined && (alone || !vacancy.endedByPage)) {
    slot.delayMs = at - end;
    chain.delays.push(slot.delayMs);
    chain.attempts.push(slot);
  }
  vacancy.replacement!.by = slot.socket.id;
  return vacancy;
}

/** Another document has taken the place of the vacancy's. The browser may also have shown the same one again. */
function isReload(
  { page, socket, endAt }: Slot,
  document: string | undefined,
  at: number,
): boolean {
  if (socket.document !== document) return true;
  const left = page.firstAfter(endAt!, ['beforeunload', 'pagehide'], at);
  if (left === undefined) return false;
  return page.firstAfter(left.t, ['pageshow'], at)?.persisted !== true;
}

/**
 * From when the delay of the slot that fills this vacancy is measured: the close, if it was
 * seen by then. A client that retries on `error`, before the close event, is measured from
 * there, but not the first time: that may be a second way tried at once.
 */
function endSeen(vacancy: Slot, slot: Slot): number | undefined {
  const at = slot.startAt!;
  const { socket } = vacancy;
  const failed = failedAt(socket);
  if (socket.closeAt !== undefined && socket.closeAt <= at) return socket.closeAt;
  slot.onError = failed !== undefined && failed <= at;
  return slot.onError && vacancy.onError ? failed : undefined;
}

/** An earlier socket of the document is still on its way to the same path: `/job/3` and `/job/4` are two jobs, not two tries. */
function twinConnecting(slot: Slot): boolean {
  const { slots } = slot.chain;
  const at = slot.startAt!;
  const wanted = pathOf(slot.socket.url);
  for (let i = slot.index - 1; i >= 0 && i >= slot.index - 64; i--) {
    const { socket, endAt, startAt } = slots[i]!;
    if (startAt === undefined || startAt > at || socket.document !== slot.socket.document) continue;
    if (socket.openAt !== undefined && socket.openAt <= at) continue;
    if (endAt !== undefined && endAt <= at) continue;
    if (socket.openAt === undefined && socket.errorAt !== undefined && socket.errorAt <= at)
      continue;
    if (pathOf(socket.url) === wanted) return true;
  }
  return false;
}

/** Only a socket of the same document fills a vacancy, or of the one that came after it. */
function take(vacancies: Slot[], slot: Slot, which: 'oldest' | 'newest'): Slot | undefined {
  const n = vacancies.length;
  for (let i = 0; i < n && i < 64; i++) {
    const at = which === 'oldest' ? i : n - 1 - i;
    const vacancy = vacancies[at]!;
    if (!follows(vacancy, slot.socket.document, slot.startAt!)) continue;
    vacancies.splice(at, 1);
    return vacancy;
  }
  return undefined;
}

/** An end: opens a vacancy, unless the successor was there already. Returns that successor. */
function finish(slot: Slot): Slot | undefined {
  const { chain } = slot;
  if (slot.startAt !== undefined) chain.running--;
  if (slot.crowded) return undefined;
  if (!slot.endedByPage || slot.socket.openAt === undefined) chain.lost++;
  // A second try that never opened held no place: the first one's vacancy is the only one.
  if (slot.extra && slot.socket.openAt === undefined) return undefined;
  slot.replacement = { ended: slot.socket.id };
  chain.replacements.push(slot.replacement);
  if (slot.gone) return undefined;
  if (slot.endedByPage) {
    chain.byPage.push(slot);
    return undefined;
  }
  const early = openedBefore(slot);
  if (early === undefined) {
    chain.awaited.push(slot);
    return undefined;
  }
  chain.handovers++;
  early.fills = slot;
  early.first = slot.first;
  slot.filledBy = early;
  slot.replacement.by = early.socket.id;
  return early;
}

/** The replacement that a careful client opened shortly before the old socket ended. */
function openedBefore(slot: Slot): Slot | undefined {
  const { chain, endAt, startAt } = slot;
  if (endAt === undefined || startAt === undefined || slot.socket.openAt === undefined) {
    return undefined;
  }
  const { slots } = chain;
  for (let i = slots.length - 1; i > slot.index && i > slots.length - 32; i--) {
    const other = slots[i]!;
    if (other.startAt === undefined || other.startAt > endAt) continue;
    if (other.startAt < endAt - EARLY_MS || other.startAt < startAt + POOL_MS) return undefined;
    if (other.fills !== undefined || other.socket.document !== slot.socket.document) continue;
    if (other.socket.openAt === undefined || other.socket.openAt > endAt) continue;
    if (other.endAt !== undefined && other.endAt <= endAt) continue;
    return other;
  }
  return undefined;
}

function recount(slot: Slot): void {
  const { chain, socket, counted } = slot;
  const now =
    socket.closeAt !== undefined || socket.state === 'closed'
      ? 'closed'
      : slot.gone || socket.state === 'gone'
        ? 'gone'
        : 'live';
  if (counted === now) return;
  if (counted === 'live') chain.live--;
  if (counted === 'closed') chain.closed--;
  if (now === 'live') chain.live++;
  if (now === 'closed') {
    chain.closed++;
    if (socket.code === 1008) chain.refused++;
  }
  slot.counted = now;
}

/** What of a slot its rules look at, beside its socket. */
type Place = Pick<Slot, 'filledBy' | 'fills' | 'delayMs' | 'onError' | 'extra' | 'reload'>;

const placeOf = ({ filledBy, fills, delayMs, onError, extra, reload }: Slot): Place => ({
  filledBy,
  fills,
  delayMs,
  onError,
  extra,
  reload,
});

function moved(slot: Slot, { filledBy, fills, delayMs, onError, extra, reload }: Place): boolean {
  return (
    slot.filledBy !== filledBy ||
    slot.fills !== fills ||
    slot.delayMs !== delayMs ||
    slot.onError !== onError ||
    slot.extra !== extra ||
    slot.reload !== reload
  );
}

/**
 * Replays a chain's constructions and ends in order of time: for what came late by the clock.
 * Returns the slots whose place in the chain changed, and `late` itself.
 */
function rebuild(chain: ChainState, late?: Slot): readonly Slot[] {
  const before = new Map(chain.slots.map((slot) => [slot, placeOf(slot)]));
  chain.slots.sort(
    (a, b) => (a.startAt ?? Infinity) - (b.startAt ?? Infinity) || a.startOrder - b.startOrder,
  );
  chain.ids.length = 0;
  chain.delays.length = 0;
  chain.attempts.length = 0;
  chain.replacements.length = 0;
  chain.awaited = [];
  chain.byPage = [];
  chain.stale = [];
  chain.reloads = 0;
  chain.handovers = 0;
  chain.generation++;
  chain.overlapping.length = 0;
  chain.overlaps = 0;
  chain.running = 0;
  chain.lost = 0;
  chain.lives.cut(chain.slots.length);
  const steps: { t: number; order: number; slot: Slot; end: boolean }[] = [];
  chain.slots.forEach((slot, index) => {
    slot.index = index;
    slot.filledBy = undefined;
    slot.fills = undefined;
    slot.first = slot;
    slot.delayMs = undefined;
    slot.onError = false;
    slot.extra = false;
    slot.reload = false;
    slot.replacement = undefined;
    chain.ids.push(slot.socket.id);
    if (slot.startAt !== undefined) {
      steps.push({ t: slot.startAt, order: slot.startOrder, slot, end: false });
    }
    if (slot.endAt !== undefined) {
      steps.push({ t: slot.endAt, order: slot.endOrder, slot, end: true });
    }
    recount(slot);
  });
  steps.sort((a, b) => a.t - b.t || a.order - b.order);
  for (const { slot, end, t } of steps) {
    if (t > chain.lastAt) chain.lastAt = t;
    if (end) finish(slot);
    else construct(slot);
  }
  for (const slot of chain.slots) chain.lives.note(slot);
  return chain.slots.filter((slot) => slot === late || moved(slot, before.get(slot)!));
}

function note(chain: ChainState, t: number): void {
  if (t > chain.lastAt) chain.lastAt = t;
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function drop<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
}
