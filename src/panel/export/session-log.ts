import {
  type Breathe,
  type EventRows,
  inOrder,
  LOG_FORMAT,
  LOG_VERSION,
  type LogGenerator,
  type LogHeader,
  type SessionLog,
} from '../../log/index.ts';
import type { SessionEvent } from '../../model/events.ts';
import type { Session, SessionView } from '../session.ts';

/**
 * The session as a log: everything, or the events of some sockets with the page's.
 * A live session's log says where its watch ended, so that waiting rules stay honest.
 */
export function sessionLog(
  session: Session,
  generator: LogGenerator | undefined,
  sockets?: ReadonlySet<string>,
): SessionLog {
  const events = session.log.ordered().filter(isOf(sockets));
  return withEnd(headerFor(session, generator), events, session.live ? session.now : undefined);
}

/** The same as `sessionLog`, of the session as it is now, letting the page breathe. */
export async function sessionLogInSteps(
  session: Session,
  generator: LogGenerator | undefined,
  breathe: Breathe,
  sockets?: ReadonlySet<string>,
): Promise<SessionLog> {
  const header = headerFor(session, generator);
  const now = session.live ? session.now : undefined;
  const lists: EventRows[] = [];
  for (const list of session.log.lists()) {
    lists.push(sockets === undefined ? list : await picked(list, isOf(sockets), breathe));
  }
  return withEnd(header, await inOrder(lists, breathe), now);
}

/** Events looked at between two breaths. */
const STEP = 20_000;

async function picked(
  list: EventRows,
  keep: (event: SessionEvent) => boolean,
  breathe: Breathe,
): Promise<SessionEvent[]> {
  const kept: SessionEvent[] = [];
  for (let from = 0; from < list.length; from += STEP) {
    for (const event of list.slice(from, from + STEP)) if (keep(event)) kept.push(event);
    await breathe();
  }
  return kept;
}

/** Of these sockets or of the page; a handshake of no known socket may be any other's. */
function isOf(sockets: ReadonlySet<string> | undefined): (event: SessionEvent) => boolean {
  if (sockets === undefined) return () => true;
  return (event) =>
    'socket' in event && event.socket !== undefined
      ? sockets.has(event.socket)
      : event.type !== 'handshake';
}

/** Of every socket what may be secret, for a log of some: their texts may quote the others'. */
export function* secretsElsewhere(view: SessionView): Generator<SessionEvent> {
  for (const { id: socket, url, protocols, handshake } of view.sockets.values()) {
    yield { type: 'opening', t: 0, socket, url, ...(protocols && { protocols: [...protocols] }) };
    if (handshake !== undefined) yield handshake;
  }
}

/** What a file said of itself stays with it: what was taken out, dropped, merged. */
function headerFor(session: Session, own: LogGenerator | undefined): LogHeader {
  const { header } = session;
  const generator = header?.generator ?? session.generator ?? own;
  return {
    ...header,
    format: LOG_FORMAT,
    version: LOG_VERSION,
    startedAt: new Date(session.startedAt).toISOString(),
    ...(generator && { generator }),
  };
}

function withEnd(
  header: LogHeader,
  events: SessionEvent[],
  watchedUntil: number | undefined,
): SessionLog {
  if (watchedUntil !== undefined) {
    events.push({ type: 'end', t: Math.max(events.at(-1)?.t ?? 0, watchedUntil) });
  }
  return { ...header, events };
}

/** `websocket-close-2026-01-31T09-30-00.json`, sortable and safe on every file system. */
export function fileName(startedAt: number, extension: string): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `websocket-close-${time}.${extension}`;
}
