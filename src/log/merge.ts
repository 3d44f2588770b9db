import type { SessionEvent } from '../model/events.ts';
import { type Breathe, inOrder } from './in-steps.ts';
import { MarkNumbers } from './mark-numbers.ts';
import { allRecords } from './redaction/records.ts';
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
  const plan = planOf(logs);
  const ends: SessionEvent[] = [];
  const events: SessionEvent[] = [];
  for (const { log, mark, shift, renumber } of plan.logs) {
    for (const event of log.events) {
      const moved = marked(renumber(event), mark, shift);
      if (moved.type === 'end') ends.push(moved);
      else events.push(moved);
    }
  }
  events.sort((a, b) => a.t - b.t);
  return { ...plan.header, events: withEnd(events, ends) };
}

/** The same as `mergeLogs`, letting a page's other tasks run in between. */
export async function mergeLogsInSteps(
  logs: readonly LogToMerge[],
  breathe: Breathe,
): Promise<SessionLog> {
  const plan = planOf(logs);
  const ends: SessionEvent[] = [];
  const lists: SessionEvent[][] = [];
  for (const { log, mark, shift, renumber } of plan.logs) {
    const events: SessionEvent[] = [];
    for (const [index, event] of log.events.entries()) {
      const moved = marked(renumber(event), mark, shift);
      if (moved.type === 'end') ends.push(moved);
      else events.push(moved);
      if (index % STEP === STEP - 1) await breathe();
    }
    lists.push(events);
  }
  return { ...plan.header, events: withEnd(await inOrder(lists, breathe), ends) };
}

/** Events marked between two breaths: some milliseconds. */
const STEP = 2000;

function planOf(logs: readonly LogToMerge[]) {
  const starts = logs.map(({ log }) => Date.parse(log.startedAt));
  const start = Math.min(...starts);
  const marks = logs.map((_, index) => markOf(index));
  const numbers = new MarkNumbers();
  const merged = logs.map(
    ({ log, name }, index): MergedLog => ({
      mark: marks[index]!,
      name,
      startedAt: log.startedAt,
      generator: log.generator,
    }),
  );
  return {
    header: {
      format: LOG_FORMAT,
      version: LOG_VERSION,
      startedAt: new Date(Number.isFinite(start) ? start : 0).toISOString(),
      dropped: logs.reduce((sum, { log }) => sum + (log.dropped ?? 0), 0),
      merged,
      ...labelsOfAll(logs),
      ...redactionOfAll(logs),
    } as const,
    logs: logs.map(({ log }, index) => ({
      log,
      mark: marks[index]!,
      shift: starts[index]! - start,
      renumber: numbers.next(log),
    })),
  };
}

/** Labels that all logs share; of the others one would speak for all. */
function labelsOfAll(logs: readonly LogToMerge[]): Pick<SessionLog, 'labels'> {
  const [first, ...others] = logs.map(({ log }) => log.labels ?? {});
  const shared = Object.entries(first ?? {}).filter(([name, text]) =>
    others.every((labels) => Object.hasOwn(labels, name) && labels[name] === text),
  );
  return shared.length === 0 ? {} : { labels: Object.fromEntries(shared) };
}

/** What was taken out of any of them; a reader must not think that it was never there. */
function redactionOfAll(logs: readonly LogToMerge[]): Pick<SessionLog, 'redaction'> {
  const records = logs.flatMap(({ log }) => log.redaction ?? []);
  return records.length === 0 ? {} : { redaction: allRecords(records) };
}

/** A watch that ended says nothing of the others: only the last end is one of the whole. */
function withEnd(events: SessionEvent[], ends: readonly SessionEvent[]): SessionEvent[] {
  if (ends.length > 0) {
    const t = ends.reduce((last, end) => Math.max(last, end.t), events.at(-1)?.t ?? 0);
    events.push({ type: 'end', t });
  }
  return events;
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
