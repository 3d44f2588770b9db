import { nameOfCode } from '../../model/close-codes.ts';
import type { SessionEvent, TrafficEvent } from '../../model/events.ts';
import { type Message, message } from '../../model/message.ts';

export interface TimelineItem {
  /** Session milliseconds. */
  readonly t: number;
  readonly kind: SessionEvent['type'];
  readonly text: Message;
}

/** Runs of one direction closer together than this are told as one. */
const JOIN_MS = 1_000;

/** A socket's events, messages in runs, as lines for people. Events are ordered by `t`. */
export function timelineOf(events: readonly SessionEvent[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let run:
    | { type: 'send' | 'receive'; t: number; last: number; count: number; bytes: number }
    | undefined;
  const end = () => {
    if (run !== undefined) {
      items.push({
        t: run.t,
        kind: run.type,
        text: message(`panel_event_${run.type}`, { count: run.count, bytes: run.bytes }),
      });
    }
    run = undefined;
  };
  for (const event of events) {
    if (event.type === 'send' || event.type === 'receive') {
      const at = event.firstT ?? event.t;
      if (run?.type !== event.type || at - run.last > JOIN_MS) {
        end();
        run = { type: event.type, t: at, last: event.t, count: 0, bytes: 0 };
      }
      run.count += event.count ?? 1;
      run.bytes += event.bytes;
      run.last = event.t;
      continue;
    }
    end();
    items.push({ t: event.t, kind: event.type, text: lifecycleText(event as LifecycleEvent) });
  }
  end();
  return items.sort((a, b) => a.t - b.t);
}

type LifecycleEvent = Exclude<SessionEvent, TrafficEvent>;

function lifecycleText(event: LifecycleEvent): Message {
  switch (event.type) {
    case 'opening':
      return message('panel_event_opening');
    case 'open':
      return event.protocol
        ? message('panel_event_open_protocol', { protocol: event.protocol })
        : message('panel_event_open');
    case 'close-called': {
      const asked = `${event.code ?? ''}${event.reason ? `, ${JSON.stringify(event.reason)}` : ''}`;
      if (event.error !== undefined) {
        return message('panel_event_close_threw', { arguments: asked, error: event.error });
      }
      if (event.readyState === 3) return message('panel_event_close_late', { arguments: asked });
      return message('panel_event_close_called', { arguments: asked });
    }
    case 'error':
      return message('panel_event_error');
    case 'close': {
      const params = {
        code: String(event.code),
        name: nameOfCode(event.code),
        reason: event.reason,
        clean: message(event.wasClean ? 'panel_event_clean' : 'panel_event_unclean'),
      };
      return message(event.reason ? 'panel_event_close_reason' : 'panel_event_close', params);
    }
    case 'handshake':
      return event.error
        ? message('panel_event_handshake_error', { error: event.error })
        : message('panel_event_handshake', {
            status: `${event.status ?? '?'} ${event.statusText ?? ''}`.trim(),
          });
    case 'page':
      return message(`panel_event_page_${event.state}`);
    case 'drill':
      return message('panel_event_drill', { kind: event.kind });
    case 'dropped':
      return message('panel_event_dropped', { count: event.count });
    case 'end':
      return message('panel_event_end');
  }
}
