import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type Message, message } from '../../model/message.ts';
import { usePanel } from '../context.ts';
import type { Session } from '../session.ts';
import { importFile } from './import-file.ts';
import { mergeSessions } from './merge-sessions.ts';

/** Work that takes long enough to be shown. */
export interface ImportWork {
  readonly what: Message;
  readonly share: number;
}

export interface Importing {
  /** Opens the files one by one, side by side with what is open. */
  readonly open: (files: readonly File[]) => Promise<void>;
  /** Opens one session of several, on one clock. */
  readonly merge: (sessions: readonly Session[]) => Promise<void>;
  /** Calls off what is under way; what is open already stays. */
  readonly cancel: () => void;
  readonly work: Signal<ImportWork | undefined>;
  readonly errors: Signal<readonly Message[]>;
  readonly notes: Signal<readonly Message[]>;
  /** Sessions that came together: the user may want them merged. */
  readonly together: Signal<readonly Session[]>;
}

export function useImport(): Importing {
  const { store, generator } = usePanel();
  const work = useSignal<ImportWork | undefined>(undefined);
  const errors = useSignal<readonly Message[]>([]);
  const notes = useSignal<readonly Message[]>([]);
  const together = useSignal<readonly Session[]>([]);
  const running = useRef<AbortController | undefined>(undefined);

  /** One thing at a time: a new one calls off the one before. */
  const start = (): AbortSignal => {
    running.current?.abort();
    running.current = new AbortController();
    errors.value = [];
    together.value = [];
    return running.current.signal;
  };
  const showing = (signal: AbortSignal, what: Message) => (share: number) => {
    if (!signal.aborted) work.value = { what, share };
  };
  const ended = (signal: AbortSignal) => {
    if (!signal.aborted) work.value = undefined;
  };

  return {
    work,
    errors,
    notes,
    together,
    async open(files) {
      if (files.length === 0) return;
      const signal = start();
      notes.value = [];
      const opened: Session[] = [];
      for (const [index, file] of files.entries()) {
        const { name } = file;
        const what =
          files.length === 1
            ? message('panel_import_reading', { file: name })
            : message('panel_import_reading_of', {
                file: name,
                index: index + 1,
                count: files.length,
              });
        const report = await importFile(store, file, showing(signal, what), signal);
        if (report.session !== undefined) opened.push(report.session);
        if (signal.aborted) return;
        ended(signal);
        if (report.error !== undefined) errors.value = [...errors.value, report.error];
        notes.value = [...notes.value, ...report.notes];
      }
      if (opened.length > 1) together.value = opened;
    },
    async merge(sessions) {
      const signal = start();
      const show = showing(signal, message('panel_import_merging'));
      try {
        await mergeSessions(store, sessions, { generator, signal, onProgress: show });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      ended(signal);
    },
    cancel() {
      running.current?.abort();
      work.value = undefined;
    },
  };
}
