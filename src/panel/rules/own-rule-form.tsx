import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Message, message } from '../../model/message.ts';
import { t } from '../words.ts';
import { type OwnRule, OwnRuleError, ownRuleFrom } from './own-rules.ts';

const FIELDS = ['name', 'code', 'reason', 'url', 'meaning', 'advice'] as const;
type Field = (typeof FIELDS)[number];
const NEEDED: ReadonlySet<Field> = new Set<Field>(['name', 'meaning']);

/** A form for one rule of the user's. A refused rule stays as it was typed, its fault beside its field. */
export function OwnRuleForm(props: {
  rule: OwnRule | undefined;
  /** The code that a new rule begins with. */
  code?: string | undefined;
  onSave: (rule: OwnRule) => void;
  onCancel: () => void;
}) {
  const { rule, code, onSave, onCancel } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Readonly<Record<Field, string>>>(
    () =>
      Object.fromEntries(
        FIELDS.map((field) => [field, rule?.[field] ?? (field === 'code' ? (code ?? '') : '')]),
      ) as Record<Field, string>,
  );
  /** What is wrong, by field. */
  const [faults, setFaults] = useState<Partial<Readonly<Record<string, Message>>>>({});
  const focus = (field: string) =>
    (form.current?.elements.namedItem(field) as HTMLElement | null)?.focus();
  useEffect(() => focus('name'), []);
  useEffect(() => {
    const first = FIELDS.find((field) => faults[field] !== undefined);
    if (first !== undefined) focus(first);
  }, [faults]);

  const save = () => {
    const fields = Object.fromEntries(FIELDS.map((field) => [field, typed[field].trim()]));
    const missing = [...NEEDED].filter((field) => fields[field] === '');
    if (missing.length > 0) {
      setFaults(
        Object.fromEntries(missing.map((field) => [field, message('panel_own_error_missing')])),
      );
      return;
    }
    try {
      onSave(ownRuleFrom({ id: rule?.id ?? crypto.randomUUID(), ...fields }));
    } catch (error) {
      if (!(error instanceof OwnRuleError)) throw error;
      setFaults({ [error.field ?? 'name']: error.detail });
    }
  };
  const fault = (field: Field) => {
    const wrong = faults[field];
    if (wrong === undefined) return undefined;
    // In the words of the form, where a file's error names the key.
    const { id: said, params } = wrong;
    return t(said, { ...params, field: t(`panel_own_${field}`) });
  };
  return (
    <form
      ref={form}
      class="own-form"
      aria-label={t(rule === undefined ? 'panel_own_add' : 'panel_own_edit')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {FIELDS.map((field) => {
        const wrong = fault(field);
        const control = {
          name: field,
          value: typed[field],
          required: NEEDED.has(field),
          'aria-invalid': wrong !== undefined,
          'aria-labelledby': `${id}-${field}`,
          'aria-describedby': wrong === undefined ? undefined : `${id}-${field}-fault`,
          onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
            setTyped({ ...typed, [field]: event.currentTarget.value }),
        };
        return (
          // biome-ignore lint/a11y/noLabelWithoutControl: one of two kinds of control stands inside.
          <label key={field}>
            <span id={`${id}-${field}`}>
              {t(`panel_own_${field}`)}
              {NEEDED.has(field) && <span class="muted"> ({t('panel_own_needed')})</span>}
            </span>
            {field === 'meaning' || field === 'advice' ? (
              <textarea {...control} rows={2} />
            ) : (
              <input
                {...control}
                type="text"
                placeholder={field === 'name' ? undefined : t(`panel_own_${field}_hint`)}
                spellcheck={false}
              />
            )}
            {wrong !== undefined && (
              <span class="error-text" role="alert" id={`${id}-${field}-fault`}>
                {wrong}
              </span>
            )}
          </label>
        );
      })}
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
