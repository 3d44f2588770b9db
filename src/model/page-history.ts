import type { PageEvent, PageState } from './events.ts';

/** A cancelled navigation leaves the page alive: this long after `beforeunload` nothing is held against it. */
export const LEAVING_HOLD_MS = 10_000;
/** A page that flips for ever keeps this many of its last changes. */
const MAX_EVENTS = 4096;

interface Segment {
  readonly from: number;
  readonly active: boolean;
}

interface Flags {
  visible: boolean;
  online: boolean;
  frozen: boolean;
  left: boolean;
  holdUntil: number | undefined;
}

/**
 * One document's visibility, connectivity and lifecycle over the session.
 * "Active" is visible, online, not frozen and not leaving: time in which one may
 * expect a page to act. What was never told counts as visible and online.
 */
export class PageHistory {
  readonly events: PageEvent[] = [];
  private segments: Segment[] = [];
  private flags: Flags = freshFlags();

  constructor(inherited: readonly PageEvent[] = []) {
    for (const event of inherited) this.add(event);
  }

  /** Returns true where the event came late by the clock, so that earlier answers may have changed. */
  add(event: PageEvent): boolean {
    const last = this.events.at(-1);
    if (last === undefined || event.t >= last.t) {
      this.events.push(event);
      this.apply(event);
      if (this.events.length > MAX_EVENTS) {
        this.events.splice(0, MAX_EVENTS / 4);
        this.segments.splice(0, Math.max(0, this.segments.length - MAX_EVENTS));
      }
      return false;
    }
    this.events.splice(upperBound(this.events, event.t), 0, event);
    this.segments = [];
    this.flags = freshFlags();
    for (const each of this.events) this.apply(each);
    return true;
  }

  /** Milliseconds between `from` and `to` in which the page was active. */
  activeBetween(from: number, to: number): number {
    let sum = 0;
    this.walk(from, to, (start, end, active) => {
      if (active) sum += end - start;
    });
    return sum;
  }

  isActive(t: number): boolean {
    let active = true;
    this.walk(t, t + 1e-6, (_start, _end, now) => {
      active = now;
    });
    return active;
  }

  /**
   * When the active time since `from` reached `needed`, or will, if nothing changes;
   * undefined while the page is inactive for an unknown time.
   */
  whenActiveFor(from: number, needed: number, now: number): number | undefined {
    let missing = needed;
    let reached: number | undefined;
    this.walk(from, now, (start, end, active) => {
      if (!active || reached !== undefined) return;
      if (end - start >= missing) reached = start + missing;
      else missing -= end - start;
    });
    if (reached !== undefined) return reached;
    const { visible, online, frozen, left, holdUntil } = this.flags;
    if (!visible || !online || frozen || left) return undefined;
    const held = holdUntil !== undefined && holdUntil > now ? holdUntil - now : 0;
    return now + held + missing;
  }

  /** The newest event of one of these states at or before `t`. */
  lastBefore(t: number, states: readonly PageState[]): PageEvent | undefined {
    for (let i = upperBound(this.events, t) - 1; i >= 0; i--) {
      const event = this.events[i]!;
      if (states.includes(event.state)) return event;
    }
    return undefined;
  }

  /** The first event of one of these states at or after `t` and before `until`. */
  firstAfter(t: number, states: readonly PageState[], until = Infinity): PageEvent | undefined {
    for (let i = lowerBound(this.events, t); i < this.events.length; i++) {
      const event = this.events[i]!;
      if (event.t > until) return undefined;
      if (states.includes(event.state)) return event;
    }
    return undefined;
  }

  /**
   * Whether the page was stopped at some time in between, or all the while: frozen, or kept by the browser
   * after it was left. None of its code ran, and its sockets told nothing.
   */
  stoppedBetween(from: number, to: number): boolean {
    const before = this.lastBefore(from, ['freeze', 'resume', 'pagehide', 'pageshow']);
    if (before?.state === 'freeze' || before?.state === 'pagehide') return true;
    return this.firstAfter(from, ['freeze', 'pagehide'], to) !== undefined;
  }

  private walk(
    from: number,
    to: number,
    visit: (start: number, end: number, active: boolean) => void,
  ): void {
    if (to <= from) return;
    const { segments, flags } = this;
    let i = segmentAt(segments, from);
    let start = from;
    let active = i < 0 ? true : segments[i]!.active;
    while (start < to) {
      const next = segments[i + 1];
      if (next === undefined || next.from >= to) break;
      if (next.from > start) visit(start, next.from, active);
      start = Math.max(start, next.from);
      active = next.active;
      i++;
    }
    // The hold after `beforeunload` runs out by itself: no event tells of it.
    const { holdUntil } = flags;
    if (holdUntil !== undefined && i + 1 >= segments.length && holdUntil < to && usable(flags)) {
      if (holdUntil > start) visit(start, holdUntil, active);
      start = Math.max(start, holdUntil);
      active = true;
    }
    if (start < to) visit(start, to, active);
  }

  private apply(event: PageEvent): void {
    const { flags } = this;
    if (flags.holdUntil !== undefined && flags.holdUntil <= event.t) {
      const at = flags.holdUntil;
      flags.holdUntil = undefined;
      this.mark(at, usable(flags));
    }
    switch (event.state) {
      case 'visible':
        flags.visible = true;
        break;
      case 'hidden':
        flags.visible = false;
        break;
      case 'online':
        flags.online = true;
        break;
      case 'offline':
        flags.online = false;
        break;
      case 'freeze':
        flags.frozen = true;
        break;
      case 'resume':
        flags.frozen = false;
        break;
      case 'beforeunload':
        flags.holdUntil = event.t + LEAVING_HOLD_MS;
        break;
      case 'pagehide':
        flags.left = true;
        flags.holdUntil = undefined;
        break;
      case 'pageshow':
        flags.left = false;
        flags.frozen = false;
        flags.holdUntil = undefined;
        break;
    }
    this.mark(event.t, usable(flags) && flags.holdUntil === undefined);
  }

  private mark(from: number, active: boolean): void {
    const last = this.segments.at(-1);
    if ((last?.active ?? true) !== active) this.segments.push({ from, active });
  }
}

function freshFlags(): Flags {
  return { visible: true, online: true, frozen: false, left: false, holdUntil: undefined };
}

function usable(flags: Flags): boolean {
  return flags.visible && flags.online && !flags.frozen && !flags.left;
}

function segmentAt(segments: readonly Segment[], t: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.from <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function upperBound(events: readonly PageEvent[], t: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.t <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lowerBound(events: readonly PageEvent[], t: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.t < t) low = middle + 1;
    else high = middle;
  }
  return low;
}
