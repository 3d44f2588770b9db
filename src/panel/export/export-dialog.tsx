import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  describeRedaction,
  exportFormats,
  type FormatId,
  type RedactionChoice,
  redactionOptions,
} from '../../log/index.ts';
import { copyText } from '../clipboard.ts';
import { usePanel } from '../context.ts';
import { Dialog } from '../dialog.tsx';
import { matches } from '../filter/match.ts';
import { parseFilter } from '../filter/parse.ts';
import { matchContext } from '../sockets/rows.ts';
import { t } from '../words.ts';
import { type ExportScope, fileName, sessionLog } from './session-log.ts';
import { writeBlob } from './write-blob.ts';

/** What leaves, in which form, with what taken out; then Save or Copy. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { store, ui, generator, settings } = usePanel();
  const session = store.current.value;
  const filter = useMemo(() => parseFilter(ui.filter.value), []);
  const [scope, setScope] = useState<ExportScope>('all');
  const [form, setForm] = useState<FormatId>('json');
  const [gzip, setGzip] = useState(false);
  const [choice, setChoice] = useState<RedactionChoice>({});
  const [progress, setProgress] = useState<number | undefined>(undefined);
  const [said, setSaid] = useState('');
  const save = useRef<HTMLButtonElement>(null);

  const log = useMemo(() => {
    const { sockets } = session.view.value;
    let ids: Set<string> | undefined;
    if (scope === 'filtered') {
      const context = matchContext(session.view.value, (code) => String(code));
      ids = new Set(
        [...sockets.values()].filter((one) => matches(filter, one, context)).map((one) => one.id),
      );
    } else if (scope === 'selected') ids = new Set([ui.selected.value ?? '']);
    return sessionLog(session, generator, ids);
  }, [scope]);
  const preview = useMemo(() => describeRedaction(log, choice), [log, choice]);

  useEffect(() => save.current?.focus(), []);

  const write = (): Promise<Blob> => {
    const slow = performance.now() + 300;
    return writeBlob(log, choice, form, gzip, {
      settings: settings.value.value,
      onProgress: (share) => {
        if (performance.now() > slow) setProgress(share);
      },
    }).finally(() => setProgress(undefined));
  };

  const onSave = async () => {
    const blob = await write();
    const { extension: plain } = exportFormats.find((one) => one.id === form)!;
    const extension = `${plain}${gzip ? '.gz' : ''}`;
    download(blob, fileName(session.startedAt, extension));
    setSaid(t('panel_export_saved'));
  };
  const onCopy = async () => {
    const copied = await copyText(await (await write()).text());
    setSaid(t(copied ? 'panel_copied' : 'panel_copy_failed'));
  };

  const canFilter = filter.terms.length > 0;
  const canSelect = ui.selected.value !== undefined && !ui.selected.value.startsWith('chain ');
  return (
    <Dialog title={t('panel_export_title')} class="export" onClose={onClose}>
      <div class="export-columns">
        <div class="export-choices">
          <fieldset>
            <legend>{t('panel_export_what')}</legend>
            <Radio
              name="scope"
              value="all"
              now={scope}
              set={setScope}
              label={t('panel_export_all')}
            />
            {canFilter && (
              <Radio
                name="scope"
                value="filtered"
                now={scope}
                set={setScope}
                label={t('panel_export_filtered')}
              />
            )}
            {canSelect && (
              <Radio
                name="scope"
                value="selected"
                now={scope}
                set={setScope}
                label={t('panel_export_selected')}
              />
            )}
          </fieldset>
          <fieldset>
            <legend>{t('panel_export_form')}</legend>
            <select
              aria-label={t('panel_export_form')}
              value={form}
              onChange={(event) => setForm(event.currentTarget.value as FormatId)}
            >
              {exportFormats.map(({ id, label, complete }) => (
                <option key={id} value={id}>
                  {complete ? t(label) : t('panel_export_one_way', { format: t(label) })}
                </option>
              ))}
            </select>
            <label class="check">
              <input
                type="checkbox"
                checked={gzip}
                onChange={(event) => setGzip(event.currentTarget.checked)}
              />
              {t('panel_export_gzip')}
            </label>
          </fieldset>
          <fieldset>
            <legend>{t('panel_export_redact')}</legend>
            {redactionOptions.map((option) => (
              <label class="check" key={option.id} title={t(option.hint)}>
                <input
                  type="checkbox"
                  checked={choice[option.id] ?? option.byDefault}
                  onChange={(event) =>
                    setChoice({ ...choice, [option.id]: event.currentTarget.checked })
                  }
                />
                <span>
                  {t(option.label)}
                  {(preview.replaced[option.id] ?? 0) > 0 && (
                    <span class="badge badge-quiet">{preview.replaced[option.id]}</span>
                  )}
                </span>
              </label>
            ))}
          </fieldset>
        </div>
        <section class="export-preview" aria-label={t('panel_export_preview')}>
          <h3>{t('panel_export_preview')}</h3>
          {preview.samples.length === 0 ? (
            <p class="muted">{t('panel_export_nothing_redacted')}</p>
          ) : (
            <ul>
              {preview.samples.map((sample) => (
                <li key={`${sample.field} ${sample.before}`}>
                  <span class="muted">{sample.field}</span>
                  <del class="mono break">{sample.before}</del>
                  {sample.after !== undefined && <ins class="mono break">{sample.after}</ins>}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      <footer class="dialog-foot">
        <span class="muted" role="status">
          {progress === undefined ? (
            said || t('panel_export_size', { count: log.events.length, sizeBytes: preview.bytes })
          ) : (
            <progress value={progress} aria-label={t('panel_export_writing')} />
          )}
        </span>
        <button type="button" class="button" onClick={() => void onCopy()} disabled={gzip}>
          {t('panel_export_copy')}
        </button>
        <button
          type="button"
          class="button button-primary"
          ref={save}
          onClick={() => void onSave()}
        >
          {t('panel_export_save')}
        </button>
      </footer>
    </Dialog>
  );
}

function Radio<T extends string>(props: {
  name: string;
  value: T;
  now: T;
  set: (value: T) => void;
  label: string;
}) {
  return (
    <label class="check">
      <input
        type="radio"
        name={props.name}
        checked={props.now === props.value}
        onChange={() => props.set(props.value)}
      />
      {props.label}
    </label>
  );
}

/** Saves a blob as a file. The address is kept a while: Firefox reads it after the click. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
