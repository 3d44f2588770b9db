import { useRef, useState } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { download } from '../export/download.ts';
import { t } from '../words.ts';
import {
  type OwnRule,
  OwnRuleError,
  ownRuleFrom,
  ownRulesFrom,
  parseOwnRules,
  writeOwnRules,
} from './own-rules.ts';

const FIELDS = ['name', 'code', 'reason', 'url', 'meaning', 'advice'] as const;

/** The user's own rules: what they are, a form for one, exchange as JSON. */
export function OwnRulesView() {
  const { ownRules } = usePanel();
  const rules = ownRules.rules.value;
  const [editing, setEditing] = useState<OwnRule | 'new' | undefined>(undefined);
  const [said, setSaid] = useState('');
  const file = useRef<HTMLInputElement>(null);

  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    try {
      const read = parseOwnRules(await chosen.text());
      const ids = new Set(read.map((rule) => rule.id));
      ownRules.set(ownRulesFrom([...rules.filter((rule) => !ids.has(rule.id)), ...read]));
      setSaid(t('panel_own_imported', { count: read.length }));
    } catch (error) {
      setSaid(
        error instanceof OwnRuleError
          ? t('panel_import_failed', { file: chosen.name, reason: error.detail })
          : t('panel_import_failed', { file: chosen.name, reason: t('panel_import_unreadable') }),
      );
    }
  };

  return (
    <div class="rules-scroll own-rules">
      <p class="hint">{t('panel_own_intro')}</p>
      <div class="button-row">
        <button type="button" class="button" onClick={() => setEditing('new')}>
          {t('panel_own_add')}
        </button>
        <button type="button" class="button" onClick={() => file.current?.click()}>
          {t('panel_own_import')}
        </button>
        <button
          type="button"
          class="button"
          disabled={rules.length === 0}
          onClick={() =>
            download(
              new Blob([writeOwnRules(rules)], { type: 'application/json' }),
              'websocket-close-rules.json',
            )
          }
        >
          {t('panel_own_export')}
        </button>
        <input
          ref={file}
          type="file"
          class="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept=".json,application/json"
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p role="status" class={said === '' ? 'visually-hidden' : 'own-said'}>
        {said}
      </p>
      {editing !== undefined && (
        <OwnRuleForm
          key={editing === 'new' ? 'new' : editing.id}
          rule={editing === 'new' ? undefined : editing}
          onCancel={() => setEditing(undefined)}
          onSave={(rule) => {
            const at = rules.findIndex((one) => one.id === rule.id);
            ownRules.set(at < 0 ? [...rules, rule] : rules.with(at, rule));
            setEditing(undefined);
          }}
        />
      )}
      <ul class="rule-list">
        {rules.map((rule) => (
          <li class="rule" key={rule.id}>
            <span class="rule-name">{rule.name}</span>
            <span class="button-row">
              <button type="button" class="link" onClick={() => setEditing(rule)}>
                {t('panel_own_edit')}
              </button>
              <button
                type="button"
                class="link"
                onClick={() => ownRules.set(rules.filter((one) => one !== rule))}
              >
                {t('panel_own_delete')}
              </button>
            </span>
            <p class="mono muted break">
              {(['code', 'reason', 'url'] as const)
                .filter((field) => rule[field] !== undefined)
                .map((field) => `${field}: ${rule[field]}`)
                .join(' · ')}
            </p>
            <p class="break">{rule.meaning}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function OwnRuleForm(props: {
  rule: OwnRule | undefined;
  onSave: (rule: OwnRule) => void;
  onCancel: () => void;
}) {
  const { rule, onSave, onCancel } = props;
  const [problem, setProblem] = useState<OwnRuleError | undefined>(undefined);
  return (
    <form
      class="own-form"
      aria-label={t(rule === undefined ? 'panel_own_add' : 'panel_own_edit')}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const fields: Record<string, unknown> = { id: rule?.id ?? crypto.randomUUID() };
        for (const field of FIELDS) fields[field] = String(form.get(field) ?? '').trim();
        try {
          onSave(ownRuleFrom(fields));
        } catch (error) {
          if (!(error instanceof OwnRuleError)) throw error;
          setProblem(error);
        }
      }}
    >
      {FIELDS.map((field) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: one of two kinds of control stands inside.
        <label key={field}>
          <span>{t(`panel_own_${field}`)}</span>
          {field === 'meaning' || field === 'advice' ? (
            <textarea name={field} rows={2} aria-invalid={problem?.field === field}>
              {rule?.[field] ?? ''}
            </textarea>
          ) : (
            <input
              name={field}
              type="text"
              value={rule?.[field] ?? ''}
              placeholder={field === 'name' ? undefined : t(`panel_own_${field}_hint`)}
              aria-invalid={problem?.field === field}
              spellcheck={false}
            />
          )}
        </label>
      ))}
      {problem !== undefined && (
        <p class="error-text" role="alert">
          {t(problem.detail)}
        </p>
      )}
      <div class="button-row">
        <button type="submit" class="button button-primary">
          {t('panel_own_save')}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('panel_own_cancel')}
        </button>
      </div>
    </form>
  );
}
