import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Translator } from '../../i18n/index.ts';
import { codeText, lookUpCode } from '../../model/close-codes.ts';
import { Mark } from '../mark.tsx';
import { type CodeCounts, choiceGroups, numberText } from './choices.ts';
import { outcomeOfCode } from './outcome.ts';
import { searchCodes } from './search.ts';

export interface CodeListProps {
  readonly words: Translator;
  readonly counts: CodeCounts;
  readonly selected: number | undefined;
  readonly onSelect: (code: number) => void;
}

/**
 * The search box and the list of all codes. A listbox: one stop of the tab key,
 * arrows, Home and End move the choice; Arrow down in the box goes to the list,
 * Enter takes the first hit.
 */
export function CodeList({ words, counts, selected, onSelect }: CodeListProps) {
  const { t } = words;
  const [query, setQuery] = useState('');
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const all = choiceGroups(counts, selected === undefined ? [] : [selected]);
  const groups = searchCodes(all, query, words, counts);
  const codes = groups.flatMap((group) => group.codes);
  const optionId = (code: number) => `${id}-${code}`;

  const choose = (code: number | undefined) => {
    if (code !== undefined) onSelect(code);
  };

  useEffect(() => {
    // Also for a code that was chosen elsewhere in the panel.
    if (selected === undefined) return;
    document.getElementById(`${id}-${selected}`)?.scrollIntoView({ block: 'nearest' });
  }, [selected, id]);

  const onListKey = (event: KeyboardEvent) => {
    const at = selected === undefined ? -1 : codes.indexOf(selected);
    const to = {
      ArrowDown: Math.min(at + 1, codes.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: codes.length - 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(codes[to]);
  };

  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.focus();
      if (selected === undefined || !codes.includes(selected)) choose(codes[0]);
    } else if (event.key === 'Enter') {
      choose(codes[0]);
    } else if (event.key === 'Escape' && query !== '') {
      // Only where there is something to clear; else the panel's own Escape.
      event.stopPropagation();
      setQuery('');
    }
  };

  return (
    <div class="codes-list">
      <input
        type="search"
        class="codes-search"
        aria-label={t('panel_codes_search')}
        placeholder={t('panel_codes_search_hint')}
        aria-controls={`${id}-list`}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onSearchKey}
      />
      <p class="codes-found" role="status">
        {query.trim() === '' ? '' : t('panel_codes_found', { count: codes.length })}
      </p>
      <div
        ref={list}
        id={`${id}-list`}
        class="codes-options"
        role="listbox"
        tabIndex={0}
        aria-label={t('panel_codes_list')}
        aria-activedescendant={
          selected !== undefined && codes.includes(selected) ? optionId(selected) : undefined
        }
        onKeyDown={onListKey}
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a listbox.
          <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
            <div class="codes-group" id={`${id}-${group.id}`} role="presentation">
              {t(`panel_codes_group_${group.id}`)}
            </div>
            {group.codes.map((code) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox has the keys.
              // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus.
              <div
                key={code}
                id={optionId(code)}
                class="codes-option"
                role="option"
                aria-selected={code === selected}
                onClick={() => onSelect(code)}
              >
                <Mark outcome={outcomeOfCode(code)} />
                <span class="codes-number">{numberText(code, counts)}</span>
                <span class="codes-words">
                  <span class="codes-name">{t(codeText(lookUpCode(code), 'name'))}</span>{' '}
                  <span class="codes-short">{t(codeText(lookUpCode(code), 'short'))}</span>
                </span>
                {counts.has(code) && (
                  <span class="codes-count" title={t('panel_codes_in_session')}>
                    <span class="visually-hidden">{t('panel_codes_in_session')} </span>
                    {words.number(counts.get(code) ?? 0)}
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
        {codes.length === 0 && <p class="codes-none">{t('panel_codes_none', { query })}</p>}
      </div>
    </div>
  );
}
