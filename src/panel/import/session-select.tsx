import { usePanel } from '../context.ts';
import { Icon } from '../icons.tsx';
import { t } from '../words.ts';
import { namesOf } from './names.ts';

/** The open sessions side by side, where there are several: one is shown, some can be merged. */
export function SessionSelect() {
  const { store, ui } = usePanel();
  const sessions = store.sessions.value;
  if (sessions.length < 2) return null;
  const names = namesOf(sessions);
  return (
    <>
      <select
        class="session-select"
        aria-label={t('panel_session')}
        value={String(sessions.indexOf(store.current.value))}
        onChange={(event) => {
          const next = sessions[Number(event.currentTarget.value)];
          if (next !== undefined) store.show(next);
        }}
      >
        {names.map((name, index) => (
          <option key={name} value={String(index)}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_import_merge')}
        title={t('panel_import_merge_hint')}
        onClick={() => {
          ui.dialog.value = 'merge';
        }}
      >
        <Icon name="merge" />
      </button>
    </>
  );
}
