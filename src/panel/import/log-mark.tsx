import { usePanel } from '../context.ts';
import { t } from '../words.ts';

/** Colours of marks, in turn. */
const HUES = 6;

/** The letter of the log that a socket came from, in a merged session; nothing in others. */
export function LogMark({ socket }: { socket: string }) {
  const { store } = usePanel();
  const merged = store.current.value.header?.merged;
  if (merged === undefined) return null;
  const mark = socket.slice(0, Math.max(0, socket.indexOf(':')));
  const log = merged.find((one) => one.mark === mark);
  if (log === undefined) return null;
  return <Mark mark={mark} title={t('panel_import_mark', { name: log.name ?? mark })} />;
}

export function Mark({ mark, title }: { mark: string; title?: string }) {
  return (
    <span class={`log-mark log-mark-${hueOf(mark)}`} title={title}>
      {mark}
    </span>
  );
}

function hueOf(mark: string): number {
  let sum = 0;
  for (const letter of mark) sum = sum * 26 + letter.charCodeAt(0) - 97;
  return Math.abs(sum) % HUES;
}
