import { useEffect, useRef, useState } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { download } from '../export/download.ts';
import { t } from '../words.ts';
import { OwnRuleForm } from './own-rule-form.tsx';
import {
  type OwnRule,
  OwnRuleError,
  ownRulesFrom,
  parseOwnRules,
  writeOwnRules,
} from './own-rules.ts';

/** The user's own rules: what they are, a form for one, exchange as JSON. */
export function OwnRulesView() {
  const { ownRules, ui } = usePanel();
  const rules = ownRules.rules.value;
  /** The code that brought the user here: for one new rule. */
  const [code, setCode] = useState(ui.rules.draft.peek());
  const [editing, setEditing] = useState<OwnRule | 'new' | undefined>(
    code === undefined ? undefined : 'new',
  );
  useEffect(() => {
    ui.rules.draft.value = undefined;
  }, []);
  const [said, setSaid] = useState('');
  /** Deleted a moment ago, and its place: to be taken back. */
  const [gone, setGone] = useState<{ rule: OwnRule; at: number } | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const leave = () => {
    setEditing(undefined);
    setCode(undefined);
    add.current?.focus();
  };

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
        <button ref={add} type="button" class="button" onClick={() => setEditing('new')}>
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
      {gone !== undefined && (
        <button
          type="button"
          class="link"
          onClick={() => {
            ownRules.set(rules.toSpliced(gone.at, 0, gone.rule));
            setGone(undefined);
            setSaid('');
          }}
        >
          {t('panel_own_undo')}
        </button>
      )}
      {editing !== undefined && (
        <OwnRuleForm
          key={editing === 'new' ? 'new' : editing.id}
          rule={editing === 'new' ? undefined : editing}
          code={editing === 'new' ? code : undefined}
          onCancel={leave}
          onSave={(rule) => {
            const at = rules.findIndex((one) => one.id === rule.id);
            ownRules.set(at < 0 ? [...rules, rule] : rules.with(at, rule));
            setSaid(t('panel_own_saved', { name: rule.name }));
            leave();
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
                onClick={() => {
                  setGone({ rule, at: rules.indexOf(rule) });
                  setSaid(t('panel_own_deleted', { name: rule.name }));
                  ownRules.set(rules.filter((one) => one !== rule));
                  add.current?.focus();
                }}
              >
                {t('panel_own_delete')}
              </button>
            </span>
            <p class="mono muted break">
              {(['code', 'reason', 'url'] as const)
                .filter((field) => rule[field] !== undefined)
                .map((field) => `${t(`panel_own_${field}`)}: ${rule[field]}`)
                .join(' · ')}
            </p>
            <p class="break">{rule.meaning}</p>
            {rule.advice !== undefined && (
              <p class="break">
                <span class="muted">{t('panel_own_advice')}:</span> {rule.advice}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
