import { median } from './chains/delays.ts';
import type { ChainState, Slot } from './chains/tracker.ts';
import { closePoint } from './evidence.ts';
import type { Hit, RuleContext } from './rule.ts';

/** Sockets looked at from the newest back. */
const WINDOW = 32;
/** Sockets that end together were ended by one thing, such as a restart: that is one observation. */
const ONE_MOMENT_MS = 1_000;

/** Ends of sockets, each after about the same time. */
export interface SteadyRun {
  /** In order of construction. */
  readonly slots: readonly Slot[];
  /** Of each slot, milliseconds. */
  readonly measures: readonly number[];
  /** Their median, milliseconds. */
  readonly level: number;
}

export interface Measure {
  /** Milliseconds; undefined where the socket says nothing either way. */
  of(slot: Slot): number | undefined;
  /** Whether a socket with that measure ended as those that are looked for. */
  belongs(slot: Slot, measure: number): boolean;
  /** Of all that were measured, at least this share must belong; by default any. */
  readonly share?: number;
}

/** The newest ends of a chain that came after about the same time, if there are `closes` of them. */
export function steadyRun(
  { slots }: ChainState,
  { of, belongs, share = 0 }: Measure,
  { closes, spread }: { readonly closes: number; readonly spread: number },
): SteadyRun | undefined {
  const found: Slot[] = [];
  const measures: number[] = [];
  let measured = 0;
  let latest = -Infinity;
  for (let i = Math.max(0, slots.length - WINDOW); i < slots.length; i++) {
    const slot = slots[i]!;
    const measure = of(slot);
    if (measure === undefined || slot.endedByPage || slot.socket.openAt === undefined) continue;
    const end = slot.socket.closeAt!;
    const kin = belongs(slot, measure);
    if (kin && Math.abs(end - latest) < ONE_MOMENT_MS) continue;
    measured++;
    if (!kin) continue;
    latest = end;
    found.push(slot);
    measures.push(measure);
  }
  if (found.length < closes || found.length < share * measured) return undefined;
  const kept = steady(measures, spread);
  if (kept.length < closes) return undefined;
  if (kept.length === found.length) return { slots: found, measures, level: median(measures) };
  const near = kept.map((at) => measures[at]!);
  return { slots: kept.map((at) => found[at]!), measures: near, level: median(near) };
}

/** What a finding of such a run says beside its sentence. */
export function steadyHit(
  { slots }: SteadyRun,
  context: RuleContext,
): Pick<Hit, 'evidence' | 'causes' | 'at' | 'sockets'> {
  const newest = slots.at(-1)!;
  return {
    evidence: slots.slice(-5).map(({ socket }) => closePoint(socket)),
    // A lost connection had no cause of the server's.
    ...(newest.socket.closedBy === 'server' ? { causes: context.causesOf(newest) } : {}),
    at: newest.socket.closeAt!,
    sockets: slots.map(({ socket }) => socket.id),
  };
}

/**
 * Places of the measures that stay within `spread` of their mean, a quarter of strays forgiven;
 * none where the others do not.
 */
function steady(measures: readonly number[], spread: number): readonly number[] {
  const level = median(measures);
  const near: number[] = [];
  let sum = 0;
  let squares = 0;
  for (const [at, measure] of measures.entries()) {
    // Taken from the level, so that the squares of long lives lose no digits.
    const off = measure - level;
    if (Math.abs(off) > 2 * spread * level) continue;
    near.push(at);
    sum += off;
    squares += off * off;
  }
  if (near.length === 0 || near.length * 4 < measures.length * 3) return [];
  const shift = sum / near.length;
  const average = level + shift;
  const deviation = Math.sqrt(Math.max(0, squares / near.length - shift ** 2));
  return average > 0 && deviation / average <= spread ? near : [];
}
