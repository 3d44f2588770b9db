import { useState } from 'preact/hooks';
import type { TrafficRun } from '../../model/traffic-runs.ts';
import { usePanel } from '../context.ts';
import { t, words } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';

/** The last messages before the close, newest last. */
export function MessagesTab({ socket, view }: DetailTabProps) {
  const { ui, platform } = usePanel();
  const { bytes } = words.value;
  const end = socket.closeAt ?? view.now;
  const runs = [...socket.recent];
  const switchable = view.live && platform.setRecording !== undefined;
  const withPreviews = socket.recent.hasPreviews;
  // The counters know of those, too, that the window of runs has lost.
  const earlier =
    socket.sent.messages +
    socket.received.messages -
    runs.reduce((sum, { count }) => sum + count, 0);
  return (
    <div class="messages">
      {(!withPreviews || switchable) && (
        <p class="hint">
          {!withPreviews &&
            t(
              switchable && ui.previews.value
                ? 'panel_messages_previews_next'
                : 'panel_messages_no_previews',
            )}{' '}
          {switchable && (
            <label class="check">
              <input
                type="checkbox"
                checked={ui.previews.value}
                onChange={(event) => {
                  ui.previews.value = event.currentTarget.checked;
                }}
              />
              {t('panel_messages_record_previews')}
            </label>
          )}
        </p>
      )}
      {runs.length === 0 ? (
        <p class="muted">{t('panel_messages_none')}</p>
      ) : (
        <ol class="message-list">
          {earlier > 0 && <li class="muted">{t('panel_messages_earlier', { count: earlier })}</li>}
          {runs.map((run, i) => (
            <li key={`${run.from} ${i}`} class={`message message-${run.direction}`}>
              <span class="message-sign" aria-hidden="true">
                {run.direction === 'send' ? '↑' : '↓'}
              </span>
              <span class="message-head">
                {t(`panel_message_${run.direction}_${run.kind}`, { count: run.count })}
                <span class="muted">
                  {' '}
                  {bytes(run.bytes)}
                  {run.count > 1 &&
                    `, ${t('panel_message_largest', { largestBytes: run.largest })}`}
                </span>
              </span>
              <time class="muted">
                {socket.closeAt === undefined
                  ? t('panel_message_ago', { agoMs: Math.max(0, end - run.to) })
                  : t('panel_message_before', { beforeMs: Math.max(0, end - run.to) })}
              </time>
              {run.preview !== undefined && <Preview run={run} preview={run.preview} />}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Preview({ run, preview }: { run: TrafficRun; preview: string }) {
  const [folded, setFolded] = useState(true);
  const pretty = run.kind === 'text' ? prettyJson(preview) : undefined;
  if (run.kind === 'binary') return <pre class="preview">{hex(preview)}</pre>;
  return (
    <div class="preview-box">
      <pre class="preview" dir="auto">
        {pretty !== undefined && !folded ? pretty : preview}
      </pre>
      {pretty !== undefined && (
        <button
          type="button"
          class="link"
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {t(folded ? 'panel_preview_unfold' : 'panel_preview_fold')}
        </button>
      )}
    </div>
  );
}

function prettyJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Cut at the preview's end, or not JSON at all: shown as it came.
    return undefined;
  }
}

/** Hex digits in groups of two, sixteen a line; other text is left as it is. */
function hex(preview: string): string {
  const digits = preview.replaceAll(/\s/g, '');
  if (!/^[0-9a-f]*$/i.test(digits)) return preview;
  return (digits.match(/.{1,32}/g) ?? [])
    .map(
      (line, i) =>
        `${(i * 16).toString(16).padStart(4, '0')}  ${(line.match(/../g) ?? []).join(' ')}`,
    )
    .join('\n');
}
