import type { SessionEvent } from '../model/events.ts';
import { LOG_FORMAT, LOG_VERSION, type MergedLog, type SessionLog } from './types.ts';

export interface LogToMerge {
  readonly log: SessionLog;
  /** Shown to people, such as the file's name. */
  readonly name?: string;
}

/**
 * Puts several logs on one clock: t = 0 is the earliest `startedAt`. Ids of sockets and
 * documents get the mark of their log (`a:s1`), so that equal ids stay apart; `merged` in the
 * header tells which mark is which log. Clocks of different machines are taken at their word.
 */
export function mergeLogs(logs: readonly LogToMerge[]): SessionLog {
  const starts = logs.map(({ log }) => Date.parse(log.startedAt));
  const start = Math.min(...starts);
  const merged: MergedLog[] = [];
  const events: SessionEvent[] = [];
  let dropped = 0;
  let lastEnd: SessionEvent | undefined;
  for (const [index, { log, name }] of logs.entries()) {
    const mark = markOf(index);
    const shift = starts[index]! - start;
    merged.push({ mark, name, startedAt: log.startedAt, generator: log.generator });
    dropped += log.dropped ?? 0;
    for (const event of log.events) {
      const moved = marked(event, mark, shift);
      // A watch that ended says nothing of the others: only the last end is one of the whole.
      if (moved.type !== 'end') events.push(moved);
      else if (lastEnd === undefined || moved.t > lastEnd.t) lastEnd = moved;
    }
  }
  events.sort((a, b) => a.t - b.t);
  if (lastEnd !== undefined) {
    events.push({ type: 'end', t: Math.max(lastEnd.t, events.at(-1)?.t ?? 0) });
  }
  return {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    startedAt: new Date(Number.isFinite(start) ? start : 0).toISOString(),
    dropped,
    merged,
    events,
  };
}

/** a, b, … z, aa, ab, … */
function markOf(index: number): string {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : markOf(Math.floor(index / 26) - 1) + letter;
}

function marked(event: SessionEvent, mark: string, shift: number): SessionEvent {
  const copy: Record<string, unknown> = { ...event, t: event.t + shift };
  if ('firstT' in event && event.firstT !== undefined) copy.firstT = event.firstT + shift;
  for (const name of ['socket', 'document'] as const) {
    const id = copy[name];
    if (typeof id === 'string') copy[name] = `${mark}:${id}`;
  }
  // Pages without a document are pages of their own log all the same.
  if (event.type === 'page' || event.type === 'opening') copy.document ??= `${mark}:`;
  return copy as unknown as SessionEvent;
}
