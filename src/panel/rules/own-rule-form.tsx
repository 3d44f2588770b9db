import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../words.ts';
import { type OwnRule, OwnRuleError, ownRuleFrom } from './own-rules.ts';

const FIELDS = ['name', 'code', 'reason', 'url', 'meaning', 'advice'] as const;
type Field = (typeof FIELDS)[number];
const NEEDED: ReadonlySet<Field> = new Set<Field>(['name', 'meaning']);

/** A form for one rule of the user's. A refused rule stays as it was typed, its fault beside its field. */
export function OwnRuleForm(props: {
  rule: OwnRule | undefined;
  onSave: (rule: OwnRule) => void;
  onCancel: () => void;
}) {
  const { rule, onSave, onCancel } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Readonly<Record<Field, string>>>(
    () =>
      Object.fromEntries(FIELDS.map((field) => [field, rule?.[field] ?? ''])) as Record<
        Field,
        string
      >,
  );
  const [problem, setProblem] = useState<OwnRuleError | undefined>(undefined);
  const focus = (field: string) =>
    (form.current?.elements.namedItem(field) as HTMLElement | null)?.focus();
  useEffect(() => focus('name'), []);
  useEffect(() => {
    if (problem?.field !== undefined) focus(problem.field);
  }, [problem]);

  const save = () => {
    const fields = Object.fromEntries(FIELDS.map((field) => [field, typed[field].trim()]));
    try {
      onSave(ownRuleFrom({ id: rule?.id ?? crypto.randomUUID(), ...fields }));
    } catch (error) {
      if (!(error instanceof OwnRuleError)) throw error;
      setProblem(error);
    }
  };
  const fault = (field: Field) => {
    if (problem?.field !== field) return undefined;
    // In the words of the form, where a file's error names the key.
    const { id: said, params } = problem.detail;
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
          'aria-describedby': wrong === undefined ? undefined : `${id}-fault`,
          onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
            setTyped({ ...typed, [field]: event.currentTarget.value }),
        };
        return (
          // biome-ignore lint/a11y/noLabelWithoutControl: one of two kinds of control stands inside.
          <label key={field}>
            <span>
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
              <span class="error-text" role="alert" id={`${id}-fault`}>
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
