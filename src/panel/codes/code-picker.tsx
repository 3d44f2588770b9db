import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Translator } from '../../i18n/index.ts';
import {
  type CodeCounts,
  choiceGroups,
  LAST_CODE,
  numberText,
  parseCode,
  titleOf,
} from './choices.ts';

export interface CodePickerProps {
  readonly words: Translator;
  readonly label: string;
  readonly counts: CodeCounts;
  /** Undefined: no code, which only an optional picker may show. */
  readonly value: number | undefined;
  readonly optional?: boolean;
  readonly onChange: (code: number | undefined) => void;
}

const OTHER = 'other';
const NONE = 'none';

/** A select of every code; its last entry opens a box for any number at all. */
export function CodePicker(props: CodePickerProps) {
  const { words, label, counts, value, optional = false, onChange } = props;
  const { t } = words;
  const [typing, setTyping] = useState(false);
  const select = useRef<HTMLSelectElement>(null);
  const shown = typing ? OTHER : `${value ?? NONE}`;
  useLayoutEffect(() => {
    // After the options: one that came with this render can only be taken now.
    if (select.current !== null && select.current.value !== shown) select.current.value = shown;
  });
  const groups = choiceGroups(counts, value === undefined ? [] : [value]);
  return (
    <div class="codes-picker">
      <label>
        <span>{label}</span>
        <select
          ref={select}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            setTyping(chosen === OTHER);
            if (chosen !== OTHER) onChange(chosen === NONE ? undefined : Number(chosen));
          }}
        >
          {optional && (
            <option value={NONE} selected={shown === NONE}>
              {t('panel_codes_no_third')}
            </option>
          )}
          {groups.map((group) => (
            <optgroup key={group.id} label={t(`panel_codes_group_${group.id}`)}>
              {group.codes.map((code) => (
                <option key={code} value={code} selected={shown === `${code}`}>
                  {`${numberText(code, counts)} ${t(titleOf(code, counts))}`}
                </option>
              ))}
            </optgroup>
          ))}
          <option value={OTHER} selected={shown === OTHER}>
            {t('panel_codes_another')}
          </option>
        </select>
      </label>
      {typing && (
        <input
          type="number"
          min={0}
          max={LAST_CODE}
          step={1}
          placeholder="4401"
          aria-label={t('panel_codes_by_number', { label })}
          ref={(box) => box?.focus()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.stopPropagation();
            if (event.key === 'Escape') event.currentTarget.value = '';
            // The box goes with its focus, which reads the number first.
            select.current?.focus();
          }}
          onBlur={(event) => {
            const code = parseCode(event.currentTarget.value);
            setTyping(false);
            if (code !== undefined) onChange(code);
          }}
        />
      )}
    </div>
  );
}
