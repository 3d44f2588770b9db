import { LogError, readLog, refusal } from '../../log/index.ts';
import { type Message, message } from '../../model/message.ts';
import type { SessionStore } from '../session-store.ts';

export interface ImportReport {
  readonly notes: readonly Message[];
  readonly error?: Message;
}

/** Opens a file beside what is open. A bad file changes nothing and is told with its place. */
export async function importFile(
  store: SessionStore,
  file: File,
  onProgress: (share: number) => void,
): Promise<ImportReport> {
  const slow = performance.now() + 300;
  try {
    const { log, notes } = await readLog(file.stream(), {
      breathe: () => new Promise((next) => setTimeout(next)),
      onProgress: (characters) => {
        if (performance.now() > slow) onProgress(Math.min(1, characters / Math.max(1, file.size)));
      },
    });
    const startedAt = Date.parse(log.startedAt);
    await store.openFile({
      name: file.name,
      startedAt: Number.isFinite(startedAt) ? startedAt : 0,
      events: log.events,
      generator: log.generator as Readonly<Record<string, unknown>> | undefined,
    });
    return { notes };
  } catch (error) {
    return {
      notes: [],
      error: message('panel_import_failed', {
        file: file.name,
        reason: error instanceof LogError ? refusal(error) : message('panel_import_unreadable'),
      }),
    };
  }
}
