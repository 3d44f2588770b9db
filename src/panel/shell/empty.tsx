import { usePanel } from '../context.ts';
import { t } from '../words.ts';

/** What to do when nothing was seen yet. */
export function EmptySockets() {
  const { store, platform } = usePanel();
  const live = store.current.value.live;
  return (
    <div class="empty">
      <h2>{t(live ? 'panel_empty_live_title' : 'panel_empty_file_title')}</h2>
      <p>{t(live ? 'panel_empty_live' : 'panel_empty_file')}</p>
      {live && (
        <ul>
          <li>{t('panel_empty_hint_before')}</li>
          <li>{t('panel_empty_hint_frames')}</li>
          <li>{t('panel_empty_hint_codes')}</li>
        </ul>
      )}
      {live && platform.reload !== undefined && (
        <button type="button" class="button" onClick={() => platform.reload?.()}>
          {t('panel_reload_page')}
        </button>
      )}
    </div>
  );
}
