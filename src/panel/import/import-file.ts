import { headerOf, LogError, type ReadLog, readLog, refusal } from '../../log/index.ts';
import { type Message, message } from '../../model/message.ts';
import { createBreath } from '../breath.ts';
import { EventList } from '../event-list.ts';
import type { Session } from '../session.ts';
import type { SessionStore } from '../session-store.ts';

export interface ImportReport {
  /** What the file does not tell, for the user. */
  readonly notes: readonly Message[];
  readonly error?: Message;
  /** Undefined where the file was refused, or the reading called off. */
  readonly session?: Session;
}

/** Reading that takes less long shows no progress. */
const SLOW_MS = 300;

/**
 * Opens a file beside what is open. A bad file changes nothing and is told with its place;
 * so does a reading that `signal` calls off, without an error.
 */
export async function importFile(
  store: SessionStore,
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<ImportReport> {
  let begun: Begun;
  try {
    const events = new EventList();
    const breathe = createBreath(signal);
    const read = await readLog(counted(file, onProgress), { breathe, into: events });
    begun = begin(store, file.name, read, events);
  } catch (error) {
    if (signal?.aborted) return { notes: [] };
    const reason = error instanceof LogError ? refusal(error) : message('panel_import_unreadable');
    return { notes: [], error: message('panel_import_failed', { file: file.name, reason }) };
  }
  return { notes: begun.notes, session: await begun.session };
}

interface Begun {
  readonly notes: readonly Message[];
  readonly session: Promise<Session>;
}

/** A function of its own, so that nothing keeps the events alive but who takes them in. */
function begin(store: SessionStore, name: string, read: ReadLog, events: EventList): Begun {
  const { log, notes } = read;
  const header = headerOf(log);
  const startedAt = Date.parse(log.startedAt);
  return {
    notes: notes.map((note) => message('panel_import_note', { file: name, note })),
    session: store.openFile({
      name,
      startedAt: Number.isFinite(startedAt) ? startedAt : 0,
      events,
      generator: log.generator as Readonly<Record<string, unknown>> | undefined,
      header,
    }),
  };
}

/** The file's bytes; progress is told by them, since nobody knows what they unpack to. */
async function* counted(
  file: File,
  onProgress: (share: number) => void,
): AsyncGenerator<Uint8Array> {
  const slow = performance.now() + SLOW_MS;
  const reader = file.stream().getReader();
  let bytes = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
      bytes += next.value.length;
      if (performance.now() > slow) onProgress(Math.min(1, bytes / Math.max(1, file.size)));
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
