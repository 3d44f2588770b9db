import { median } from './chains/delays.ts';
import type { Lives } from './chains/lives.ts';
import type { ChainState } from './chains/tracker.ts';
import { endsOf } from './evidence.ts';
import type { Hit, RuleContext } from './rule.ts';

/** Sockets looked at from the newest back. */
const WINDOW = 32;
/** Sockets that end together were ended by one thing, such as a restart: that is one observation. */
const ONE_MOMENT_MS = 1_000;

/** Ends of sockets, each after about the same time. */
export interface SteadyRun {
  /** Indexes of their slots, in order. */
  readonly places: readonly number[];
  /** Of each slot, milliseconds. */
  readonly measures: readonly number[];
  /** Their median, milliseconds. */
  readonly level: number;
}

export interface Measure {
  /** Of the slot at an index, milliseconds; NaN where it says nothing either way. */
  of(lives: Lives, index: number): number;
  /** Whether a socket with that measure ended as those that are looked for. */
  belongs(lives: Lives, index: number, measure: number): boolean;
  /** Of all that were measured, at least this share must belong; by default any. */
  readonly share?: number;
}

/** The newest ends of a chain that came after about the same time, if there are `closes` of them. */
export function steadyRun(
  { slots, lives }: ChainState,
  { of, belongs, share = 0 }: Measure,
  { closes, spread }: { readonly closes: number; readonly spread: number },
): SteadyRun | undefined {
  const found: number[] = [];
  const measures: number[] = [];
  let measured = 0;
  let latest = -Infinity;
  for (let at = Math.max(0, slots.length - WINDOW); at < slots.length; at++) {
    const measure = of(lives, at);
    if (Number.isNaN(measure) || lives.endedByPage(at) || !lives.opened(at)) continue;
    const end = lives.closeAt(at);
    const kin = belongs(lives, at, measure);
    if (kin && Math.abs(end - latest) < ONE_MOMENT_MS) continue;
    measured++;
    if (!kin) continue;
    latest = end;
    found.push(at);
    measures.push(measure);
  }
  if (found.length < closes || found.length < share * measured) return undefined;
  const level = median(measures);
  const kept = steady(measures, level, spread);
  if (kept.length < closes) return undefined;
  if (kept.length === found.length) return { places: found, measures, level };
  const near = kept.map((at) => measures[at]!);
  return { places: kept.map((at) => found[at]!), measures: near, level: median(near) };
}

/** What a finding of such a run says beside its sentence. */
export function steadyHit(
  chain: ChainState,
  { places }: SteadyRun,
  context: RuleContext,
): Pick<Hit, 'evidence' | 'causes' | 'at' | 'sockets'> {
  const newest = chain.slots[places.at(-1)!]!;
  return {
    ...endsOf(chain, places),
    // A lost connection had no cause of the server's.
    ...(newest.socket.closedBy === 'server' ? { causes: context.causesOf(newest) } : {}),
  };
}

/**
 * Places of the measures that stay within `spread` of their mean, a quarter of strays forgiven;
 * none where the others do not.
 * @param level their median
 */
function steady(measures: readonly number[], level: number, spread: number): readonly number[] {
  const near: number[] = [];
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < measures.length; at++) {
    // Taken from the level, so that the squares of long lives lose no digits.
    const off = measures[at]! - level;
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
