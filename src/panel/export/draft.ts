import { type ReadonlySignal, signal } from '@preact/signals';
import {
  describeRedaction,
  type FormatId,
  type LogGenerator,
  type RedactionChoice,
  type RedactionSample,
  type SessionLog,
} from '../../log/index.ts';
import type { SessionEvent } from '../../model/events.ts';
import type { RuleSettings } from '../../rules/types.ts';
import { createBreath } from '../breath.ts';
import type { Session } from '../session.ts';
import { type Chosen, type ExportScope, socketsOf } from './scope.ts';
import { secretsElsewhere, sessionLogInSteps } from './session-log.ts';
import { type ExportFile, gzipped, writeFile } from './write-blob.ts';

/** What the boxes of the dialog say. */
export interface Choices {
  readonly scope: ExportScope;
  readonly form: FormatId;
  readonly gzip: boolean;
  readonly redaction: RedactionChoice;
}

export const FIRST_CHOICES: Choices = { scope: 'all', form: 'json', gzip: false, redaction: {} };

/** What is about to leave, as far as it is known. */
export interface DraftState {
  /** Undefined while the log is gathered. */
  readonly events?: number;
  readonly samples: readonly RedactionSample[];
  /** Values taken out, by redaction; of a long log those of a sample, until it is written. */
  readonly replaced: Readonly<Record<string, number>>;
  readonly beginning?: string;
  /** The beginning is that of a log cut short: the whole is long, and written on demand. */
  readonly cut: boolean;
  /** Bytes of the file; about, where it is not written yet. */
  readonly bytes?: number;
  readonly written: boolean;
  /** Share of the writing that is done, where it takes long enough to be told. */
  readonly progress?: number;
}

export interface DraftOptions {
  readonly session: Session;
  readonly chosen: Chosen;
  readonly generator?: LogGenerator;
  /** The user's, for formats that tell findings. */
  readonly settings?: RuleSettings;
}

/** Logs of up to so many events are written at once, to show exactly what leaves. */
const AT_ONCE = 50_000;
/** Events of a longer log that are written to show how it begins. */
export const CUT = 1_000;
/** Events looked at for samples: some milliseconds. */
const LOOK = 2_000;
/** Work that takes less long shows no progress. */
const SLOW_MS = 300;

const EMPTY: DraftState = { samples: [], replaced: {}, cut: false, written: false };

/**
 * The file that the dialog is about: gathered and written in steps, anew with every choice, and
 * called off when it is not wanted any more.
 */
export class ExportDraft {
  readonly #options: DraftOptions;
  readonly #state = signal<DraftState>(EMPTY);
  readonly #closed = new AbortController();
  /** A session goes on while the dialog is open; each scope is gathered once. */
  readonly #logs = new Map<ExportScope, Promise<SessionLog>>();
  #choices: Choices = FIRST_CHOICES;
  #turn = new AbortController();
  #plain: { readonly key: string; readonly file: Promise<ExportFile> } | undefined;

  constructor(options: DraftOptions) {
    this.#options = options;
    this.choose(FIRST_CHOICES);
  }

  get state(): ReadonlySignal<DraftState> {
    return this.#state;
  }

  /** Shows what would leave under these choices. */
  choose(choices: Choices): void {
    const other = keyOf(choices) !== keyOf(this.#choices);
    this.#choices = choices;
    if (other) this.#callOff();
    this.#state.value = { ...this.#state.value, written: false, progress: undefined };
    void this.#show(choices).catch(() => {
      // Called off for another choice; failures of the writing are told by `file`.
    });
  }

  /** The file of the present choices. Rejected where it was called off. */
  async file(): Promise<Blob> {
    const choices = this.#choices;
    const { signal } = this.#turn;
    const log = await this.#log(choices.scope);
    signal.throwIfAborted();
    const { blob } = await this.#write(choices, log);
    if (!choices.gzip) return blob;
    const packed = await gzipped(blob, signal);
    this.#tell(choices, { bytes: packed.size });
    return packed;
  }

  /** Calls off the writing; the choices stay. */
  cancel(): void {
    this.#callOff();
    this.#state.value = { ...this.#state.value, progress: undefined };
  }

  close(): void {
    this.#closed.abort();
    this.#callOff();
  }

  #callOff(): void {
    this.#turn.abort();
    this.#turn = new AbortController();
    this.#plain = undefined;
  }

  #log(scope: ExportScope): Promise<SessionLog> {
    let log = this.#logs.get(scope);
    if (log === undefined) {
      log = this.#gather(scope);
      this.#logs.set(scope, log);
    }
    return log;
  }

  /** Sockets that stay here may be quoted by those that leave. */
  #others(scope: ExportScope): Iterable<SessionEvent> {
    return scope === 'all' ? [] : secretsElsewhere(this.#options.session.view.peek());
  }

  async #gather(scope: ExportScope): Promise<SessionLog> {
    const { session, chosen, generator } = this.#options;
    const breathe = createBreath(this.#closed.signal);
    const ids = await socketsOf(scope, session.view.peek(), chosen, breathe);
    return sessionLogInSteps(session, generator, breathe, ids);
  }

  async #show(choices: Choices): Promise<void> {
    if (!this.#logs.has(choices.scope)) this.#state.value = EMPTY;
    const log = await this.#log(choices.scope);
    if (choices !== this.#choices) return;
    const seen = describeRedaction(log, choices.redaction, {
      look: LOOK,
      others: this.#others(choices.scope),
    });
    const telling = choices.form === 'json' || choices.form === 'ndjson';
    this.#state.value = {
      ...this.#state.value,
      events: log.events.length,
      samples: seen.samples,
      replaced: seen.replaced,
      bytes: telling && !choices.gzip ? seen.bytes : undefined,
      written: false,
      progress: undefined,
    };
    if (log.events.length <= AT_ONCE) {
      await this.#write(choices, log);
      if (choices === this.#choices && choices.gzip) await this.file();
      return;
    }
    const short = { ...log, events: log.events.slice(0, CUT) };
    const { signal } = this.#turn;
    const { beginning } = await writeFile(short, choices.redaction, choices.form, {
      settings: this.#options.settings,
      signal,
      others: this.#others(choices.scope),
    });
    if (!this.#state.peek().written) this.#tell(choices, { beginning, cut: true });
  }

  /** Written once for the same choices, whether gzipped or not. */
  async #write(choices: Choices, log: SessionLog): Promise<ExportFile> {
    const key = keyOf(choices);
    if (this.#plain?.key !== key) {
      const slow = performance.now() + SLOW_MS;
      const file = writeFile(log, choices.redaction, choices.form, {
        settings: this.#options.settings,
        signal: this.#turn.signal,
        others: this.#others(choices.scope),
        bytes: this.#state.peek().bytes,
        onProgress: (progress) => {
          if (performance.now() > slow) this.#tell(choices, { progress });
        },
      });
      this.#plain = { key, file };
      file.catch(() => {
        if (this.#plain?.file === file) this.#plain = undefined;
      });
    }
    const file = await this.#plain!.file;
    const { blob, beginning, replaced } = file;
    this.#tell(choices, {
      beginning,
      replaced,
      cut: false,
      written: true,
      progress: undefined,
      ...(!choices.gzip && { bytes: blob.size }),
    });
    return file;
  }

  /** Unless another choice was made meanwhile. */
  #tell(choices: Choices, news: Partial<DraftState>): void {
    if (keyOf(choices) !== keyOf(this.#choices)) return;
    this.#state.value = { ...this.#state.value, ...news };
  }
}

/** What a plain file depends on. */
function keyOf({ scope, form, redaction }: Choices): string {
  const boxes = Object.entries(redaction).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([scope, form, boxes]);
}
