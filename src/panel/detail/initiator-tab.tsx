import type { CloseCalledEvent } from '../../model/events.ts';
import { usePanel } from '../context.ts';
import { t } from '../words.ts';
import type { DetailTabProps } from './detail.tsx';
import { parseStack, type StackFrame, shortPlace } from './stack.ts';

/** Where the page made the socket, and where it called `close()`. */
export function InitiatorTab({ socket }: DetailTabProps) {
  const calls = socket.closeCalls.filter((call) => call.stack !== undefined);
  return (
    <div class="initiator">
      <h3>{t('panel_initiator_new')}</h3>
      {socket.stack === undefined ? (
        <p class="hint">{t('panel_initiator_none')}</p>
      ) : (
        <Frames stack={socket.stack} />
      )}
      {calls.map((call, i) => (
        <CloseCall key={`${call.t} ${i}`} call={call} />
      ))}
    </div>
  );
}

function CloseCall({ call }: { call: CloseCalledEvent }) {
  return (
    <>
      <h3>
        {t('panel_initiator_close', {
          arguments: [
            call.code,
            call.reason === undefined ? undefined : JSON.stringify(call.reason),
          ]
            .filter((one) => one !== undefined)
            .join(', '),
        })}
      </h3>
      <Frames stack={call.stack ?? ''} />
    </>
  );
}

function Frames({ stack }: { stack: string }) {
  return (
    <ol class="frames">
      {parseStack(stack).map((frame, i) => (
        <li key={`${frame.raw} ${i}`}>
          <span class="mono frame-name">{frame.name || t('panel_initiator_anonymous')}</span>
          <Place frame={frame} />
        </li>
      ))}
    </ol>
  );
}

function Place({ frame }: { frame: StackFrame }) {
  const { platform } = usePanel();
  if (frame.url === undefined) return null;
  const place = shortPlace(frame);
  const full = `${frame.url}:${frame.line}:${frame.column}`;
  if (platform.openResource === undefined || !/^(https?|file|blob|webpack|data):/.test(frame.url)) {
    return (
      <span class="mono muted" title={full}>
        {place}
      </span>
    );
  }
  const { url, line = 1, column = 1 } = frame;
  return (
    <button
      type="button"
      class="link mono"
      title={full}
      onClick={() => platform.openResource?.(url, line, column)}
    >
      {place}
    </button>
  );
}
