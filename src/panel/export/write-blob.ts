import {
  exportFormats,
  exportLog,
  type FormatId,
  type RedactionChoice,
  redactInSteps,
  type SessionLog,
} from '../../log/index.ts';
import { createDiagnosis } from '../../rules/create-diagnosis.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { RuleSettings } from '../../rules/types.ts';
import { words } from '../words.ts';

export interface WriteBlobOptions {
  /** The user's, for formats that tell findings. */
  readonly settings?: RuleSettings;
  /** Share of the work that is done, about. */
  readonly onProgress?: (share: number) => void;
}

/** A task of diagnosing may take this long before the page breathes. */
const SLICE_MS = 8;

/** A log in any format, redacted, written in pieces; the page breathes between them. */
export async function writeBlob(
  log: SessionLog,
  choice: RedactionChoice,
  form: FormatId,
  gzip: boolean,
  options: WriteBlobOptions = {},
): Promise<Blob> {
  const { settings, onProgress = () => {} } = options;
  const clean = await redactInSteps(log, choice, nextTask);
  const parts: BlobPart[] = [];
  const pieces = exportLog(clean, form, {
    gzip,
    breathe: nextTask,
    creator: { name: 'WebSocket Close Inspector', version: log.generator?.version ?? '' },
    words: words.value,
    diagnose: (redacted) => diagnoseInSteps(redacted, settings, onProgress),
  });
  for await (const piece of pieces) {
    parts.push(piece);
    onProgress(1 - 1 / (parts.length + 1));
  }
  const { mediaType } = exportFormats.find((one) => one.id === form)!;
  return new Blob(parts, { type: gzip ? 'application/gzip' : mediaType });
}

async function diagnoseInSteps(
  log: SessionLog,
  settings: RuleSettings | undefined,
  onProgress: (share: number) => void,
): Promise<Diagnosis> {
  const diagnosis = createDiagnosis(settings);
  let until = performance.now() + SLICE_MS;
  for (const [i, event] of log.events.entries()) {
    diagnosis.push(event);
    if (performance.now() < until) continue;
    onProgress(i / log.events.length);
    await nextTask();
    until = performance.now() + SLICE_MS;
  }
  const last = log.events.at(-1);
  if (last !== undefined && last.type !== 'end') diagnosis.push({ type: 'end', t: last.t });
  return diagnosis;
}

function nextTask(): Promise<void> {
  return new Promise((next) => setTimeout(next));
}
