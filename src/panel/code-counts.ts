import type { CodeCounts } from './codes/index.ts';
import type { SessionView } from './session.ts';

let last: { view: SessionView; counts: CodeCounts } | undefined;

/** How often each code ended a socket of the session. */
export function countCodes(view: SessionView): CodeCounts {
  if (last?.view === view) return last.counts;
  const counts = new Map<number, number>();
  for (const { code } of view.sockets.values()) {
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  last = { view, counts };
  return counts;
}
