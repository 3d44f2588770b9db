import type { SessionEvent } from '../../../src/model/events.ts';

export interface Life {
  readonly id?: string;
  readonly url?: string;
  readonly at?: number;
  /** null: it never opened. */
  readonly openAfter?: number | null;
  readonly closeAt?: number;
  readonly code?: number;
  readonly reason?: string;
  readonly wasClean?: boolean;
  readonly document?: string;
  readonly documentUrl?: string;
  readonly top?: boolean;
  readonly stack?: string;
  /** The page calls `close()` this long before the close. */
  readonly pageCalls?: boolean;
  readonly sends?: readonly number[];
  readonly preview?: string;
}

/** The events of one socket's life, in order. */
export function life(options: Life = {}): SessionEvent[] {
  const { id = 's1', url = 'wss://a.test/feed', at = 0, openAfter = 50 } = options;
  const events: SessionEvent[] = [
    {
      t: at,
      type: 'opening',
      socket: id,
      url,
      document: options.document ?? 'd1',
      documentUrl: options.documentUrl ?? 'https://a.test/',
      top: options.top ?? true,
      stack: options.stack ?? 'at connect (https://a.test/app.js:1:2)',
    },
  ];
  if (openAfter !== null) events.push({ t: at + openAfter, type: 'open', socket: id });
  for (const t of options.sends ?? []) {
    events.push({
      t,
      type: 'send',
      socket: id,
      kind: 'text',
      bytes: 10,
      ...(options.preview !== undefined && { preview: options.preview }),
    });
  }
  if (options.closeAt !== undefined) {
    const { code = 1001, reason = '', wasClean = code !== 1006 } = options;
    if (options.pageCalls) {
      events.push({
        t: options.closeAt - 5,
        type: 'close-called',
        socket: id,
        code,
        reason,
        readyState: 1,
      });
    }
    if (!wasClean) events.push({ t: options.closeAt - 1, type: 'error', socket: id });
    events.push({ t: options.closeAt, type: 'close', socket: id, code, reason, wasClean });
  }
  return events.sort((a, b) => a.t - b.t);
}

/** The same events on the wall clock, as the link tells them. */
export function onWallClock(events: readonly SessionEvent[], start: number): SessionEvent[] {
  return events.map((event) => ({ ...event, t: event.t + start }));
}
