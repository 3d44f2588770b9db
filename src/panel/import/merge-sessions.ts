import { type LogGenerator, type LogToMerge, mergeLogsInSteps } from '../../log/index.ts';
import { createBreath } from '../breath.ts';
import { sessionLogInSteps } from '../export/session-log.ts';
import type { Session } from '../session.ts';
import type { SessionStore } from '../session-store.ts';
import { t } from '../words.ts';
import { namesOf } from './names.ts';

export interface MergeOptions {
  /** Stands for the live session. */
  readonly generator?: LogGenerator;
  /** Calls the work off: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/** Progress is told once the work has lasted this long. */
const SLOW_MS = 300;
/** Longer names would push the rest out of sight. */
const NAME = 80;

/**
 * Opens one session with all that the given ones hold, on the clock of the earliest; they stay
 * open. A merged session merges again into its parts' marks: `a:b:s1`.
 */
export async function mergeSessions(
  store: SessionStore,
  sessions: readonly Session[],
  options: MergeOptions = {},
): Promise<Session> {
  const { generator, signal, onProgress = () => {} } = options;
  const breathe = createBreath(signal);
  const slow = performance.now() + SLOW_MS;
  const names = namesOf(sessions);
  store.flush();
  const logs: LogToMerge[] = [];
  for (const [index, session] of sessions.entries()) {
    logs.push({ log: await sessionLogInSteps(session, generator, breathe), name: names[index] });
  }
  const total = logs.reduce((sum, { log }) => sum + log.events.length, 0);
  let breaths = 0;
  const log = await mergeLogsInSteps(logs, () => {
    // Marking breathes every 2,000 events, sorting a few times as often.
    breaths += 1;
    if (performance.now() > slow) onProgress(Math.min(0.95, (breaths * 1_000) / (total + 1)));
    return breathe();
  });
  const { events, ...header } = log;
  const name = t('panel_import_merged_name', { names: names.join(' + ') });
  return store.openFile({
    name: name.length > NAME ? `${name.slice(0, NAME)}…` : name,
    startedAt: Date.parse(log.startedAt),
    events,
    header,
  });
}
