import { useRef } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { Icon } from '../icons.tsx';
import { SessionSelect } from '../import/session-select.tsx';
import type { Importing } from '../import/use-import.ts';
import { countSerious } from '../rules/serious.ts';
import { TabList } from '../tabs.tsx';
import { t } from '../words.ts';

export function Toolbar({ importing }: { importing: Importing }) {
  const { ui, store, platform, settings } = usePanel();
  const file = useRef<HTMLInputElement>(null);
  const failed = countSerious(store.view.value.findings, settings.metas);
  const session = store.current.value;
  return (
    <header class="toolbar">
      <TabList
        class="tabs-main"
        prefix="panel"
        label={t('panel_views')}
        value={ui.tab.value}
        onChange={(id) => {
          ui.tab.value = id;
        }}
        tabs={[
          { id: 'sockets' as const, label: t('panel_sockets') },
          {
            id: 'rules' as const,
            label: t('panel_rules'),
            badge:
              failed > 0 ? (
                // The name of the tab stays "Rules"; the status bar tells the number in words.
                <span class="badge" aria-hidden="true">
                  {failed > 99 ? '99+' : failed}
                </span>
              ) : undefined,
          },
          { id: 'codes' as const, label: t('panel_codes') },
        ]}
      />
      <span class="toolbar-space" />
      <SessionSelect />
      {session.live && platform.setRecording !== undefined && (
        <button
          type="button"
          class={`icon-button record ${ui.paused.value ? '' : 'record-on'}`}
          aria-pressed={!ui.paused.value}
          aria-label={t('panel_record')}
          title={t(ui.paused.value ? 'panel_record_paused' : 'panel_record_on')}
          onClick={() => {
            ui.paused.value = !ui.paused.value;
          }}
        >
          <Icon name="record" filled={!ui.paused.value} />
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_clear')}
        title={t(session.live ? 'panel_clear_live' : 'panel_clear_file')}
        onClick={() => store.clear()}
      >
        <Icon name="clear" />
      </button>
      {session.live && (
        <label class="check keep-log" title={t('panel_keep_log_hint')}>
          <input
            type="checkbox"
            checked={store.keepLog.value}
            onChange={(event) => {
              store.keepLog.value = event.currentTarget.checked;
            }}
          />
          <span>{t('panel_keep_log')}</span>
        </label>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_import')}
        title={t('panel_import_hint')}
        onClick={() => file.current?.click()}
      >
        <Icon name="import" />
      </button>
      <input
        ref={file}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept=".json,.ndjson,.jsonl,.gz,.har,application/json"
        multiple
        onChange={(event) => {
          void importing.open([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_export')}
        title={t('panel_export_hint')}
        onClick={() => {
          ui.dialog.value = 'export';
        }}
      >
        <Icon name="export" />
      </button>
      <span class="icon-button language-button">
        <Icon name="language" />
        <select
          class="language"
          aria-label={t('panel_language')}
          title={t('panel_language')}
          value={ui.language.value}
          onChange={(event) => {
            ui.language.value = event.currentTarget.value as 'auto' | 'en' | 'vi';
          }}
        >
          <option value="auto">{t('panel_language_auto')}</option>
          <option value="en">English</option>
          <option value="vi">Tiếng Việt</option>
        </select>
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={t('panel_help')}
        title={t('panel_help')}
        onClick={() => {
          ui.dialog.value = 'help';
        }}
      >
        <Icon name="help" />
      </button>
    </header>
  );
}
