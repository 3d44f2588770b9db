import {
  gzipped as compressed,
  exportFormats,
  exportLog,
  type FormatId,
  type RedactionChoice,
  redactInSteps,
  type SessionLog,
} from '../../log/index.ts';
import type { SessionEvent } from '../../model/events.ts';
import { createDiagnosis } from '../../rules/create-diagnosis.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { RuleSettings } from '../../rules/types.ts';
import { createBreath } from '../breath.ts';
import { words } from '../words.ts';

export interface WriteBlobOptions {
  /** The user's, for formats that tell findings. */
  readonly settings?: RuleSettings;
  /** Share of the work that is done, about. */
  readonly onProgress?: (share: number) => void;
  /** About how many bytes it will be, for the progress. */
  readonly bytes?: number;
  /** Events of the session that do not leave, whose secrets the log may quote. */
  readonly others?: Iterable<SessionEvent>;
  /** Calls the work off: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A log in another form, with what was taken out of it. */
export interface ExportFile {
  readonly blob: Blob;
  /** Its beginning as text, for people to see what leaves. */
  readonly beginning: string;
  /** Values taken out, by redaction. */
  readonly replaced: Readonly<Record<string, number>>;
}

/** Bytes of the beginning that is kept. */
const BEGINNING = 8 * 1024;
/** Bytes held here before they are handed to a blob, which the browser may keep elsewhere. */
const HELD = 4 * 1024 * 1024;

/** Share of the whole work, about: each begins where the one before ends. */
const REDACTED = 0.35;
const DIAGNOSED = 0.7;

/** A log in any format, redacted, written in pieces; the page breathes between them. */
export async function writeFile(
  log: SessionLog,
  choice: RedactionChoice,
  form: FormatId,
  options: WriteBlobOptions = {},
): Promise<ExportFile> {
  const { settings, signal, others, onProgress = () => {} } = options;
  const breathe = createBreath(signal);
  const count = Math.max(1, log.events.length);
  let steps = 0;
  const breatheOn = () => {
    // It breathes after every thousand events.
    onProgress(Math.min(1, (++steps * 1000) / count) * REDACTED);
    return breathe();
  };
  const clean = await redactInSteps(log, choice, breatheOn, others);
  let begun = REDACTED;
  const pieces = exportLog(clean, form, {
    breathe,
    creator: { name: 'WebSocket Close Inspector', version: log.generator?.version ?? '' },
    words: words.value,
    diagnose: async (redacted) => {
      const diagnosis = await diagnoseInSteps(redacted, settings, breathe, (share) =>
        onProgress(REDACTED + share * (DIAGNOSED - REDACTED)),
      );
      begun = DIAGNOSED;
      return diagnosis;
    },
  });
  const blobs: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  let bytes = 0;
  let beginning: string | undefined;
  for await (const piece of pieces) {
    beginning ??= startOf(piece);
    parts.push(piece);
    held += piece.length;
    bytes += piece.length;
    if (held >= HELD) {
      blobs.push(new Blob(parts));
      parts = [];
      held = 0;
    }
    const { bytes: expected = bytes * 2 } = options;
    onProgress(begun + Math.min(1, bytes / expected) * (1 - begun));
  }
  const { mediaType } = exportFormats.find((one) => one.id === form)!;
  return {
    blob: new Blob([...blobs, ...parts], { type: mediaType }),
    beginning: beginning ?? '',
    replaced: clean.redaction?.replaced ?? {},
  };
}

/** The same as `writeFile`, gzipped on wish. */
export async function writeBlob(
  log: SessionLog,
  choice: RedactionChoice,
  form: FormatId,
  gzip: boolean,
  options: WriteBlobOptions = {},
): Promise<Blob> {
  const { blob } = await writeFile(log, choice, form, options);
  return gzip ? gzipped(blob, options.signal) : blob;
}

/** Bytes asked for at once: each reading of a blob costs a way to another process. */
const READ = 2 * 1024 * 1024;
/** Bytes compressed between two breaths: browsers do it in the page's own time. */
const COMPRESSED = 128 * 1024;

/** By the platform, in small pieces. */
export async function gzipped(blob: Blob, signal?: AbortSignal): Promise<Blob> {
  const breathe = createBreath(signal);
  const pieces = async function* (): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (let at = 0; at < blob.size; at += READ) {
      const bytes = new Uint8Array(await blob.slice(at, at + READ).arrayBuffer());
      for (let from = 0; from < bytes.length; from += COMPRESSED) {
        yield bytes.subarray(from, from + COMPRESSED);
        await breathe();
      }
    }
  };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of compressed(pieces())) parts.push(part);
  return new Blob(parts, { type: 'application/gzip' });
}

/** As text: whole characters only. */
function startOf(piece: Uint8Array): string {
  return new TextDecoder().decode(piece.subarray(0, BEGINNING), { stream: true });
}

async function diagnoseInSteps(
  log: SessionLog,
  settings: RuleSettings | undefined,
  breathe: () => Promise<void> | void,
  onProgress: (share: number) => void,
): Promise<Diagnosis> {
  const diagnosis = createDiagnosis(settings);
  for (const [i, event] of log.events.entries()) {
    diagnosis.push(event);
    // Asked after every event: some cost as much as a thousand others.
    const breath = breathe();
    if (breath === undefined) continue;
    onProgress(i / log.events.length);
    await breath;
  }
  const last = log.events.at(-1);
  if (last !== undefined && last.type !== 'end') diagnosis.push({ type: 'end', t: last.t });
  return diagnosis;
}
