import { useMemo } from 'preact/hooks';
import { endOf } from '../../model/life.ts';
import { usePanel } from '../context.ts';
import { GRACE_MS, outcomeOf } from '../facts.ts';
import { clockTime } from '../sockets/cells.tsx';
import { reconnect } from '../sockets/rows.ts';
import { t, words } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { timelineOf } from './timeline.ts';

/** More lines than this are cut in the middle: the beginning and the end tell the story. */
const MAX_LINES = 400;

export function TimelineTab({ socket, view }: DetailTabProps) {
  const { store } = usePanel();
  const { log } = store.current.value;
  const items = useMemo(
    () => timelineOf(log.storyOf(socket.id, socket.document, socket.firstAt, socket.lastAt)),
    [log, socket.id, socket.lastAt, socket.state, socket.sent.messages, socket.received.messages],
  );
  const zero = socket.openingAt ?? socket.firstAt;
  const hidden = Math.max(0, items.length - MAX_LINES);
  const shown =
    hidden === 0
      ? items
      : [...items.slice(0, MAX_LINES / 2), ...items.slice(items.length - MAX_LINES / 2)];
  const { duration } = words.value;
  // That nothing came is what happened: it stands where it was known.
  const nobody = reconnect(view, socket).kind === 'never' ? endOf(socket) : undefined;
  return (
    <ol class="timeline">
      {shown.map((item, i) => (
        <>
          {hidden > 0 && i === MAX_LINES / 2 && (
            <li class="timeline-cut muted" key="cut">
              {t('panel_timeline_cut', { count: hidden })}
            </li>
          )}
          <li
            key={`${item.t} ${item.kind} ${i}`}
            class={`timeline-item timeline-${item.kind} ended-${outcomeOf(socket)}`}
          >
            <time title={clockTime(view.startedAt + item.t)}>
              {item.t >= zero ? `+${duration(item.t - zero)}` : `−${duration(zero - item.t)}`}
            </time>
            <span class="timeline-dot" aria-hidden="true" />
            <span class="break">{t(item.text)}</span>
          </li>
        </>
      ))}
      {nobody !== undefined && (
        <li class="timeline-item timeline-nobody">
          <time title={clockTime(view.startedAt + nobody + GRACE_MS)}>
            +{duration(nobody + GRACE_MS - zero)}
          </time>
          <span class="timeline-dot" aria-hidden="true" />
          <span class="break">{t('panel_event_nobody')}</span>
        </li>
      )}
    </ol>
  );
}
