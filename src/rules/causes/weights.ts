import type { CauseId } from '../types.ts';

type Weights = Readonly<Partial<Record<CauseId, number>>>;
type Entries = readonly (readonly [CauseId, number])[];

const kept = new WeakMap<Weights, Entries>();
const NONE: Entries = [];

/** A table's causes with their weights. The tables never change: each is taken apart once. */
export function weightsOf(table: Weights | undefined): Entries {
  if (table === undefined) return NONE;
  let entries = kept.get(table);
  if (entries === undefined) {
    entries = Object.entries(table) as [CauseId, number][];
    kept.set(table, entries);
  }
  return entries;
}
