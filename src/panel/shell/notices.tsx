import { usePanel } from '../context.ts';
import { ImportNotices } from '../import/import-notices.tsx';
import type { Importing } from '../import/use-import.ts';
import { t } from '../words.ts';
import { Notice } from './notice.tsx';

/** What stands between the user and a complete picture, with the button that mends it. */
export function Notices({ importing }: { importing: Importing }) {
  const { store, ui, platform } = usePanel();
  const status = store.status.value;
  const session = store.current.value;
  const { live } = session;
  const progress = slowProgress(store.view.value.progress);
  return (
    <div class="notices">
      {live && status?.problem === 'reload-needed' && (
        <Notice kind="warning">
          {t('panel_notice_reload')}
          {platform.reload !== undefined && (
            <button type="button" class="button" onClick={() => platform.reload?.()}>
              {t('panel_reload_page')}
            </button>
          )}
        </Notice>
      )}
      {live && status?.problem === 'no-site-access' && (
        <Notice kind="warning">
          {t('panel_notice_no_access')}
          {platform.requestAccess !== undefined && (
            <button type="button" class="button" onClick={() => platform.requestAccess?.()}>
              {t('panel_grant_access')}
            </button>
          )}
        </Notice>
      )}
      {live && status?.problem === 'restricted-page' && (
        <Notice kind="info">{t('panel_notice_restricted')}</Notice>
      )}
      {live && ui.paused.value && (
        <Notice kind="info">
          {t('panel_notice_paused')}
          <button type="button" class="button" onClick={() => (ui.paused.value = false)}>
            {t('panel_resume')}
          </button>
        </Notice>
      )}
      {live && status !== undefined && !status.connected && (
        <Notice kind="info">{t('panel_notice_disconnected')}</Notice>
      )}
      {!live && store.live !== undefined && (
        <Notice kind="info">
          {t('panel_notice_saved', { name: session.name })}
          <button type="button" class="button" onClick={() => store.closeSession(session)}>
            {t('panel_close_saved')}
          </button>
        </Notice>
      )}
      <ImportNotices importing={importing} />
      {progress !== undefined && (
        <progress class="progress" value={progress} aria-label={t('panel_progress')} />
      )}
    </div>
  );
}

/** A few events on their way are no news. */
function slowProgress(progress: number | undefined): number | undefined {
  return progress !== undefined && progress > 0 ? progress : undefined;
}
