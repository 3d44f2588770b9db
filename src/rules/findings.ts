import type { Hit } from './rule.ts';
import type { Finding, RuleMeta, Severity, Verdict } from './types.ts';

const VERDICTS: Readonly<Record<Verdict, number>> = {
  failed: 0,
  'needs-review': 1,
  passed: 2,
  'not-applicable': 3,
};
const SEVERITIES: Readonly<Record<Severity, number>> = {
  error: 0,
  warning: 1,
  advice: 2,
  information: 3,
};

interface Group {
  /** Rule, scope and name, whatever the verdict: what decides where nothing else does. */
  readonly base: string;
  readonly scope: string;
  readonly name: string;
  /** All groups of that base, this one included. */
  readonly siblings: Group[];
  /** By verdict, then by severity: the least stands first. */
  readonly rank: number;
  readonly verdict: Verdict;
  readonly meta: RuleMeta;
  readonly endpoint: string;
  /** By subject. */
  readonly hits: Map<string, Hit>;
  /** Ids in order of construction. */
  sockets: string[];
  best: string | undefined;
  finding: Finding | undefined;
  /** Something worse is held of the same rule and group. */
  hushed: boolean;
  /** When its finding is from. */
  at: number;
  /** Where it was last seen to stand. */
  place: number;
}

/**
 * Findings, worst first, patched one hit at a time. Hits of one rule and group are told as one
 * finding: only those of the worst verdict speak, and the newest of them gives the words.
 */
export class Findings {
  /** By rule, scope and name: one group a verdict. */
  private readonly groups = new Map<RuleMeta, Map<string, Map<string, Group[]>>>();
  /** The group that a rule's hit on a subject went to. */
  private readonly groupOf = new Map<RuleMeta, Map<string, Group>>();
  private readonly ofSocket = new Map<string, Group[]>();
  /** Those that are told. */
  private readonly sorted: Group[] = [];
  /** The finding of each of `sorted`. */
  private readonly told: Finding[] = [];
  private copy: readonly Finding[] | undefined = [];
  private readonly orderOf: (socket: string) => number;

  constructor(orderOf: (socket: string) => number) {
    this.orderOf = orderOf;
  }

  /** Withdraws what a rule holds of a subject. */
  clear(meta: RuleMeta, subject: string): void {
    const before = this.groupOf.get(meta)?.get(subject);
    if (before !== undefined) this.withdraw(meta, before, subject);
  }

  /** Says what a rule holds of a subject. `fallback`: its sockets, where the hit names none. */
  set(
    meta: RuleMeta,
    subject: string,
    scope: string,
    name: string,
    endpoint: string,
    hit: Hit,
    fallback: readonly string[],
  ): void {
    const groupOf = inner(this.groupOf, meta);
    const before = groupOf.get(subject);
    let target: Group;
    if (
      before !== undefined &&
      before.verdict === hit.verdict &&
      before.scope === scope &&
      before.name === name
    ) {
      target = before;
    } else {
      if (before !== undefined) this.withdraw(meta, before, subject);
      target = this.groupFor(meta, scope, name, endpoint, hit.verdict);
    }
    const at = target.finding === undefined || target.hushed ? -1 : this.place(target);
    const old = target.hits.get(subject);
    target.hits.set(subject, hit);
    if (target !== before) groupOf.set(subject, target);
    this.relist(target, old, hit, fallback);
    this.choose(target, subject, old);
    this.resort(target, at);
  }

  private groupFor(
    meta: RuleMeta,
    scope: string,
    name: string,
    endpoint: string,
    verdict: Verdict,
  ): Group {
    const ofRule = inner(this.groups, meta);
    const ofScope = inner(ofRule, scope);
    let siblings = ofScope.get(name);
    if (siblings === undefined) {
      siblings = [];
      ofScope.set(name, siblings);
    }
    for (const one of siblings) if (one.verdict === verdict) return one;
    const group: Group = {
      base: `${meta.id}\n${scope}\n${name}`,
      scope,
      name,
      siblings,
      rank: VERDICTS[verdict] * 4 + SEVERITIES[meta.severity],
      verdict,
      meta,
      endpoint,
      hits: new Map(),
      sockets: [],
      best: undefined,
      finding: undefined,
      hushed: false,
      at: 0,
      place: 0,
    };
    siblings.push(group);
    this.hush(siblings);
    return group;
  }

  get list(): readonly Finding[] {
    this.copy ??= this.told.slice();
    return this.copy;
  }

  of(socket: string): readonly Finding[] {
    const groups = this.ofSocket.get(socket);
    if (groups === undefined) return [];
    return [...groups].sort(compare).map((group) => group.finding!);
  }

  private withdraw(meta: RuleMeta, group: Group, subject: string): void {
    this.groupOf.get(meta)?.delete(subject);
    this.unsort(group);
    const old = group.hits.get(subject);
    group.hits.delete(subject);
    if (group.hits.size === 0) {
      const { siblings } = group;
      siblings.splice(siblings.indexOf(group), 1);
      this.hush(siblings);
      if (siblings.length === 0) {
        const ofScope = this.groups.get(meta)?.get(group.scope);
        ofScope?.delete(group.name);
        if (ofScope?.size === 0) this.groups.get(meta)?.delete(group.scope);
      }
      for (const socket of group.sockets) this.delist(group, socket);
      return;
    }
    this.relist(group, old, undefined, []);
    this.choose(group, undefined, undefined);
    this.sort(group);
  }

  /** Keeps the group's sockets in order of construction. */
  private relist(
    group: Group,
    old: Hit | undefined,
    hit: Hit | undefined,
    fallback: readonly string[],
  ): void {
    const added = hit === undefined ? [] : (hit.sockets ?? fallback);
    if (old === undefined && hit !== undefined && group.hits.size > 1) {
      // The common case: one more subject, later than the others.
      for (const socket of added) this.insert(group, socket);
      return;
    }
    if (
      old !== undefined &&
      hit !== undefined &&
      group.hits.size > 1 &&
      hit.sockets === undefined
    ) {
      return;
    }
    if (hit !== undefined && group.hits.size === 1) {
      this.replace(group, added);
      return;
    }
    const wanted = new Set<string>(added);
    for (const [subject, other] of group.hits) {
      if (other === hit) continue;
      for (const socket of other.sockets ?? [subject]) wanted.add(socket);
    }
    for (const socket of group.sockets) {
      if (!wanted.has(socket)) this.delist(group, socket);
    }
    group.sockets = [];
    for (const socket of wanted) this.insert(group, socket);
  }

  /** The only hit of a group names its sockets, in order. */
  private replace(group: Group, sockets: readonly string[]): void {
    const before = group.sockets;
    if (same(before, sockets)) return;
    if (before.at(-1) === sockets.at(-2) && before.at(-1) !== sockets.at(-1)) {
      // A run that grew by one, or moved on by one.
      const from = before.indexOf(sockets[0]!);
      if (from >= 0 && before.length - from + 1 === sockets.length) {
        for (let i = 0; i < from; i++) this.delist(group, before[i]!);
        group.sockets = [...sockets];
        this.enlist(group, sockets.at(-1)!);
        return;
      }
    }
    const wanted = new Set(sockets);
    for (const socket of group.sockets) {
      if (!wanted.has(socket)) this.delist(group, socket);
    }
    const had = new Set(group.sockets);
    group.sockets = [...wanted];
    for (const socket of wanted) {
      if (!had.has(socket)) this.enlist(group, socket);
    }
  }

  private insert(group: Group, socket: string): void {
    const { sockets } = group;
    const order = this.orderOf(socket);
    let at = sockets.length;
    while (at > 0 && this.orderOf(sockets[at - 1]!) > order) at--;
    if (sockets[at - 1] === socket) return;
    if (at === sockets.length) sockets.push(socket);
    else sockets.splice(at, 0, socket);
    this.enlist(group, socket);
  }

  private enlist(group: Group, socket: string): void {
    const groups = this.ofSocket.get(socket);
    if (groups === undefined) this.ofSocket.set(socket, [group]);
    else if (!groups.includes(group)) groups.push(group);
  }

  private delist(group: Group, socket: string): void {
    const groups = this.ofSocket.get(socket);
    const at = groups?.indexOf(group) ?? -1;
    if (at >= 0) groups!.splice(at, 1);
  }

  /** Which hit speaks for the group. `changed` is undefined where one went away. */
  private choose(group: Group, changed: string | undefined, old: Hit | undefined): void {
    const best = group.best === undefined ? undefined : group.hits.get(group.best);
    const now = changed === undefined ? undefined : group.hits.get(changed);
    if (now !== undefined && best !== undefined && changed !== group.best) {
      if (speaksBefore(now, best)) group.best = changed;
    } else if (now === undefined || old === undefined || !speaksBefore(now, old)) {
      let winner: string | undefined;
      for (const [subject, hit] of group.hits) {
        if (winner === undefined || speaksBefore(hit, group.hits.get(winner)!)) winner = subject;
      }
      group.best = winner;
    }
    const hit = group.hits.get(group.best!)!;
    group.at = hit.at;
    group.finding = {
      rule: group.meta.id,
      verdict: group.verdict,
      sockets: group.sockets,
      endpoint: group.endpoint,
      message: hit.message,
      evidence: hit.evidence,
      ...(hit.causes === undefined ? {} : { causes: hit.causes }),
      data: group.hits.size > 1 ? { ...hit.data, count: group.hits.size } : hit.data,
      at: hit.at,
    };
  }

  private sort(group: Group): void {
    if (group.hushed) return;
    const at = this.place(group);
    this.sorted.splice(at, 0, group);
    this.told.splice(at, 0, group.finding!);
    this.copy = undefined;
  }

  /** @param at where it stood; -1: nowhere */
  private resort(group: Group, at: number): void {
    const { sorted, told } = this;
    if (sorted[at] === group) {
      const before = sorted[at - 1];
      const after = sorted[at + 1];
      if (
        (before === undefined || compare(before, group) < 0) &&
        (after === undefined || compare(group, after) < 0)
      ) {
        told[at] = group.finding!;
        this.copy = undefined;
        return;
      }
      sorted.splice(at, 1);
      told.splice(at, 1);
    }
    this.sort(group);
  }

  private unsort(group: Group): void {
    const at = this.place(group);
    if (this.sorted[at] !== group) return;
    this.sorted.splice(at, 1);
    this.told.splice(at, 1);
    this.copy = undefined;
  }

  /** Of one rule, scope and name only the worst is told. */
  private hush(siblings: readonly Group[]): void {
    let worst = Infinity;
    for (const { rank } of siblings) if (rank < worst) worst = rank;
    for (const group of siblings) {
      const hushed = group.rank > worst;
      if (hushed === group.hushed) continue;
      if (hushed && group.finding !== undefined) this.unsort(group);
      group.hushed = hushed;
      if (!hushed && group.finding !== undefined) this.sort(group);
    }
  }

  /** Where a group stands, or would. */
  private place(group: Group): number {
    if (this.sorted[group.place] === group) return group.place;
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.sorted[middle]!, group) < 0) low = middle + 1;
      else high = middle;
    }
    group.place = low;
    return low;
  }
}

function inner<A, B, C>(outer: Map<A, Map<B, C>>, key: A): Map<B, C> {
  let map = outer.get(key);
  if (map === undefined) {
    map = new Map();
    outer.set(key, map);
  }
  return map;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((socket, at) => socket === b[at]);
}

/** Of one verdict the newest hit gives the words. */
function speaksBefore(a: Hit, b: Hit): boolean {
  return a.at >= b.at;
}

/** Worst verdict first, then severity, then the newest. */
function compare(a: Group, b: Group): number {
  return a.rank - b.rank || b.at - a.at || (a.base < b.base ? -1 : a.base > b.base ? 1 : 0);
}
