import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { Dialog } from '../dialog.tsx';
import type { Session } from '../session.ts';
import { t, words } from '../words.ts';
import { namesOf } from './names.ts';
import type { Importing } from './use-import.ts';

function timeOf(session: Session): string {
  return new Date(session.startedAt).toLocaleString(words.value.locale);
}

/** Which of the open sessions go on one clock. */
export function MergeDialog(props: {
  readonly importing: Importing;
  readonly onClose: () => void;
}) {
  const { store } = usePanel();
  const sessions = store.sessions.value;
  const names = namesOf(sessions);
  const [ticked, setTicked] = useState<ReadonlySet<Session>>(
    // A merged session holds the others already.
    () => new Set(sessions.filter((one) => one.header?.merged === undefined && one.log.size > 0)),
  );
  const go = useRef<HTMLButtonElement>(null);
  useEffect(() => go.current?.focus(), []);
  const chosen = sessions.filter((one) => ticked.has(one));
  return (
    <Dialog title={t('panel_import_merge')} class="merge" onClose={props.onClose}>
      <div class="merge-choices">
        <p class="muted">{t('panel_import_merge_text')}</p>
        {sessions.map((session, index) => (
          <label class="check" key={names[index]}>
            <input
              type="checkbox"
              checked={ticked.has(session)}
              onChange={(event) => {
                const next = new Set(ticked);
                if (event.currentTarget.checked) next.add(session);
                else next.delete(session);
                setTicked(next);
              }}
            />
            <span class="break">
              {names[index]}{' '}
              <span class="muted">{t('panel_import_began', { time: timeOf(session) })}</span>
            </span>
          </label>
        ))}
      </div>
      <footer class="dialog-foot">
        <span />
        <button
          type="button"
          class="button button-primary"
          ref={go}
          disabled={chosen.length < 2}
          onClick={() => {
            props.onClose();
            void props.importing.merge(chosen);
          }}
        >
          {t('panel_import_merge_do')}
        </button>
      </footer>
    </Dialog>
  );
}
