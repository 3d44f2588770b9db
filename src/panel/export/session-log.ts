import { LOG_FORMAT, LOG_VERSION, type LogGenerator, type SessionLog } from '../../log/index.ts';
import type { SessionEvent } from '../../model/events.ts';
import type { Session } from '../session.ts';

export type ExportScope = 'all' | 'filtered' | 'selected';

/**
 * The session as a log: everything, or the events of some sockets with the page's.
 * A live session's log says where its watch ended, so that waiting rules stay honest.
 */
export function sessionLog(
  session: Session,
  generator: LogGenerator | undefined,
  sockets?: ReadonlySet<string>,
): SessionLog {
  let events: SessionEvent[] = session.log.ordered();
  if (sockets !== undefined) {
    events = events.filter((event) =>
      'socket' in event && event.socket !== undefined
        ? sockets.has(event.socket)
        : event.type !== 'handshake',
    );
  }
  if (session.live) {
    const last = events.at(-1)?.t ?? 0;
    events.push({ type: 'end', t: Math.max(last, session.now) });
  }
  return {
    format: LOG_FORMAT,
    version: LOG_VERSION,
    startedAt: new Date(session.startedAt).toISOString(),
    ...((session.generator ?? generator) && { generator: session.generator ?? generator }),
    events,
  };
}

/** `websocket-close-2026-01-31T09-30-00.json`, sortable and safe on every file system. */
export function fileName(startedAt: number, extension: string): string {
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  return `websocket-close-${time}.${extension}`;
}
