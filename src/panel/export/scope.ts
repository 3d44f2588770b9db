import type { Breathe } from '../../log/index.ts';
import { nameOfCode } from '../../model/close-codes.ts';
import { matches } from '../filter/match.ts';
import { parseFilter } from '../filter/parse.ts';
import type { SessionView } from '../session.ts';
import { matchContext } from '../sockets/rows.ts';
import { t } from '../words.ts';

export type ExportScope = 'all' | 'filtered' | 'selected';

/** What the user had filtered and selected as the dialog was opened. */
export interface Chosen {
  readonly filter: string;
  /** A socket's id, or `chain ` and a chain's. */
  readonly selected: string | undefined;
}

export function hasFilter({ filter }: Chosen): boolean {
  return parseFilter(filter).terms.length > 0;
}

/** The selected socket, or all of the selected chain; none where nothing is selected. */
export function selectedSockets(view: SessionView, { selected }: Chosen): readonly string[] {
  if (selected === undefined) return [];
  if (view.sockets.has(selected)) return [selected];
  return view.chains.find((chain) => `chain ${chain.id}` === selected)?.sockets ?? [];
}

/** Ids of the sockets that leave; undefined for all. */
export async function socketsOf(
  scope: ExportScope,
  view: SessionView,
  chosen: Chosen,
  breathe: Breathe,
): Promise<ReadonlySet<string> | undefined> {
  if (scope === 'all') return undefined;
  if (scope === 'selected') return new Set(selectedSockets(view, chosen));
  const filter = parseFilter(chosen.filter);
  const context = matchContext(view, (code) => t(nameOfCode(code)));
  const ids = new Set<string>();
  for (const socket of [...view.sockets.values()]) {
    if (matches(filter, socket, context)) ids.add(socket.id);
    await breathe();
  }
  return ids;
}
