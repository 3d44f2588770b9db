import { exportFormats, type FormatId, redactionOptions } from '../../log/index.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';
import type { Choices } from './draft.ts';
import { type Chosen, type ExportScope, hasFilter, selectedSockets } from './scope.ts';

/** Which sockets, which format, and what is taken out. */
export function ExportChoices(props: {
  readonly choices: Choices;
  readonly choose: (news: Partial<Choices>) => void;
  readonly chosen: Chosen;
  readonly view: SessionView;
  /** Values taken out, by redaction. */
  readonly replaced: Readonly<Record<string, number>>;
  readonly disabled: boolean;
}) {
  const { choices, choose, chosen, view, replaced, disabled } = props;
  const selected = selectedSockets(view, chosen);
  const group = chosen.selected?.startsWith('chain ') === true && selected.length > 0;
  const keepsSecrets = redactionOptions.some(
    ({ id, byDefault }) => !(choices.redaction[id] ?? byDefault),
  );
  const scope = (value: ExportScope, label: string, why?: string) => (
    <label class="check" title={why}>
      <input
        type="radio"
        name="scope"
        checked={choices.scope === value}
        disabled={why !== undefined}
        onChange={() => choose({ scope: value })}
      />
      {label}
    </label>
  );
  return (
    <div class="export-choices">
      <fieldset disabled={disabled}>
        <legend>{t('panel_export_what')}</legend>
        {scope('all', t('panel_export_all'))}
        {scope(
          'filtered',
          t('panel_export_filtered'),
          hasFilter(chosen) ? undefined : t('panel_export_no_filter'),
        )}
        {scope(
          'selected',
          group
            ? t('panel_export_selected_group', { count: selected.length })
            : t('panel_export_selected'),
          selected.length > 0 ? undefined : t('panel_export_no_selection'),
        )}
      </fieldset>
      <fieldset disabled={disabled}>
        <legend>{t('panel_export_form')}</legend>
        <select
          aria-label={t('panel_export_form')}
          value={choices.form}
          onChange={(event) => choose({ form: event.currentTarget.value as FormatId })}
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
            checked={choices.gzip}
            onChange={(event) => choose({ gzip: event.currentTarget.checked })}
          />
          {t('panel_export_gzip')}
        </label>
      </fieldset>
      <fieldset disabled={disabled}>
        <legend>{t('panel_export_redact')}</legend>
        {redactionOptions.map(({ id, label, hint, byDefault }) => (
          <label class="check" key={id} title={t(hint)}>
            <input
              type="checkbox"
              checked={choices.redaction[id] ?? byDefault}
              onChange={(event) =>
                choose({ redaction: { ...choices.redaction, [id]: event.currentTarget.checked } })
              }
            />
            <span>
              {t(label)}
              {(replaced[id] ?? 0) > 0 && <span class="badge badge-quiet">{replaced[id]}</span>}
            </span>
          </label>
        ))}
        {keepsSecrets && (
          <p class="export-warning" role="status">
            {t('panel_export_warning')}
          </p>
        )}
      </fieldset>
    </div>
  );
}
