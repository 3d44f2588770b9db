import { usePanel } from '../context.ts';
import { Notice } from '../shell/notice.tsx';
import { t } from '../words.ts';
import { Mark } from './log-mark.tsx';
import type { Importing } from './use-import.ts';

/** What came of opening files: what is under way, refused, missing, and what can be merged. */
export function ImportNotices({ importing }: { importing: Importing }) {
  const { store } = usePanel();
  const work = importing.work.value;
  const together = importing.together.value;
  const merged = store.current.value.header?.merged;
  return (
    <>
      {work !== undefined && (
        <Notice kind="info">
          {t(work.what)}
          <progress class="import-progress" value={work.share} aria-label={t(work.what)} />
          <button type="button" class="button" onClick={importing.cancel}>
            {t('panel_import_cancel')}
          </button>
        </Notice>
      )}
      {importing.errors.value.map((error) => (
        <Notice
          key={JSON.stringify(error)}
          kind="error"
          onClose={() => {
            importing.errors.value = importing.errors.value.filter((one) => one !== error);
          }}
        >
          {t(error)}
        </Notice>
      ))}
      {importing.notes.value.map((note) => (
        <Notice
          key={JSON.stringify(note)}
          kind="info"
          onClose={() => {
            importing.notes.value = importing.notes.value.filter((one) => one !== note);
          }}
        >
          {t(note)}
        </Notice>
      ))}
      {together.length > 1 && (
        <Notice
          kind="info"
          onClose={() => {
            importing.together.value = [];
          }}
        >
          {t('panel_import_opened', { count: together.length })}
          <button type="button" class="button" onClick={() => void importing.merge(together)}>
            {t('panel_import_merge_these')}
          </button>
        </Notice>
      )}
      {merged !== undefined && merged.length > 0 && (
        <Notice kind="info">
          {t('panel_import_legend')}
          {merged.map(({ mark, name }) => (
            <span key={mark} class="merge-legend">
              <Mark mark={mark} /> {name ?? ''}
            </span>
          ))}
        </Notice>
      )}
    </>
  );
}
