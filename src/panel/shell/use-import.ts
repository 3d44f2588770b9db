import { type Signal, useSignal } from '@preact/signals';
import type { Message } from '../../model/message.ts';
import { usePanel } from '../context.ts';
import { importFile } from '../export/import-file.ts';

export interface Importing {
  readonly open: (files: readonly File[]) => Promise<void>;
  /** Share read so far, while it takes long enough to be shown. */
  readonly progress: Signal<number | undefined>;
  readonly errors: Signal<readonly Message[]>;
  readonly notes: Signal<readonly Message[]>;
}

export function useImport(): Importing {
  const { store } = usePanel();
  const progress = useSignal<number | undefined>(undefined);
  const errors = useSignal<readonly Message[]>([]);
  const notes = useSignal<readonly Message[]>([]);
  return {
    progress,
    errors,
    notes,
    async open(files) {
      errors.value = [];
      notes.value = [];
      for (const file of files) {
        const report = await importFile(store, file, (share) => {
          progress.value = share;
        });
        progress.value = undefined;
        if (report.error !== undefined) errors.value = [...errors.value, report.error];
        notes.value = [...notes.value, ...report.notes];
      }
    },
  };
}
