import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { exportFormats } from '../../log/index.ts';
import { copyText } from '../clipboard.ts';
import { usePanel } from '../context.ts';
import { Dialog } from '../dialog.tsx';
import { t } from '../words.ts';
import { download } from './download.ts';
import { type Choices, type DraftState, ExportDraft, FIRST_CHOICES } from './draft.ts';
import { ExportChoices } from './export-choices.tsx';
import { ExportPreview } from './export-preview.tsx';
import { fileName } from './session-log.ts';

/** Longer texts would hold the page while they are copied. */
const COPY_BYTES = 8 * 1024 * 1024;

/** What leaves, in which form, with what taken out; then Save or Copy. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { store, ui, generator, settings } = usePanel();
  const session = useMemo(() => {
    store.flush();
    return store.current.peek();
  }, []);
  const chosen = useMemo(
    () => ({ filter: ui.filter.peek(), selected: ui.selected.peek() }),
    [session],
  );
  const draft = useMemo(
    () => new ExportDraft({ session, chosen, generator, settings: settings.value.peek() }),
    [session],
  );
  const [choices, setChoices] = useState<Choices>(FIRST_CHOICES);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const save = useRef<HTMLButtonElement>(null);
  const state = draft.state.value;

  useEffect(() => {
    save.current?.focus();
    return () => draft.close();
  }, [draft]);

  const choose = (news: Partial<Choices>) => {
    const next = { ...choices, ...news };
    setChoices(next);
    setSaid('');
    draft.choose(next);
  };

  /** Makes the file and hands it on; says how that ended. */
  const make = async (hand: (blob: Blob) => Promise<string> | string) => {
    if (busy) return;
    setBusy(true);
    setSaid('');
    try {
      setSaid(await hand(await draft.file()));
    } catch (error) {
      const cancelled = error instanceof DOMException && error.name === 'AbortError';
      setSaid(
        cancelled
          ? t('panel_export_cancelled')
          : t('panel_export_failed', { reason: String(error) }),
      );
    } finally {
      setBusy(false);
    }
  };
  const onSave = () =>
    make((blob) => {
      const { extension } = exportFormats.find((one) => one.id === choices.form)!;
      const file = fileName(session.startedAt, choices.gzip ? `${extension}.gz` : extension);
      download(blob, file);
      return t('panel_export_saved', { file });
    });
  const onCopy = () =>
    make(async (blob) => {
      const copied = await copyText(await blob.text());
      return t(copied ? 'panel_copied' : 'panel_copy_failed');
    });

  const noCopy = choices.gzip
    ? t('panel_export_copy_gzip')
    : (state.bytes ?? 0) > COPY_BYTES
      ? t('panel_export_copy_too_long')
      : undefined;
  return (
    <Dialog title={t('panel_export_title')} class="export" onClose={onClose}>
      <div class="export-columns">
        <ExportChoices
          choices={choices}
          choose={choose}
          chosen={chosen}
          view={session.view.value}
          replaced={state.replaced}
          disabled={busy}
        />
        <ExportPreview state={state} />
      </div>
      <footer class="dialog-foot">
        <span class="export-said">
          <span class="muted" role="status">
            {said || sizeText(state)}
          </span>
          {busy && state.progress !== undefined && (
            <progress value={state.progress} aria-label={t('panel_export_writing')} />
          )}
        </span>
        {busy && (
          <button type="button" class="button" onClick={() => draft.cancel()}>
            {t('panel_export_cancel')}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => void onCopy()}
          disabled={noCopy !== undefined}
          title={noCopy}
        >
          {t('panel_export_copy')}
        </button>
        <button
          type="button"
          class="button button-primary"
          ref={save}
          aria-busy={busy}
          onClick={() => void onSave()}
        >
          {t('panel_export_save')}
        </button>
      </footer>
    </Dialog>
  );
}

function sizeText({ events, bytes, written }: DraftState): string {
  if (events === undefined) return t('panel_export_gathering');
  if (bytes === undefined) return t('panel_export_size_unknown', { count: events });
  const id = written ? 'panel_export_size_exact' : 'panel_export_size';
  return t(id, { count: events, sizeBytes: bytes });
}
