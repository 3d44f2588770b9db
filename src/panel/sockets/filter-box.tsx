import { useComputed, useSignal } from '@preact/signals';
import type { TargetedKeyboardEvent } from 'preact';
import { useRef } from 'preact/hooks';
import { nameOfCode } from '../../model/close-codes.ts';
import type { CauseId } from '../../rules/types.ts';
import { causeText } from '../cause-text.ts';
import { usePanel } from '../context.ts';
import { type Completion, complete, type SeenValues } from '../filter/complete.ts';
import { parseFilter } from '../filter/parse.ts';
import { Icon } from '../icons.tsx';
import { ruleText } from '../rules/rule-text.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';

const LIST_ID = 'filter-completions';

/** The filter with its completions. Escape empties it, Tab or Enter takes a completion. */
export function FilterBox({ view, onLeave }: { view: SessionView; onLeave: () => void }) {
  const { ui } = usePanel();
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal(false);
  const chosen = useSignal(-1);
  const caret = useSignal(0);
  const errors = useComputed(() => parseFilter(ui.filter.value).errors);
  const list = open.value ? complete(ui.filter.value, caret.value, seenIn(view)) : [];

  const take = (completion: Completion) => {
    const text = ui.filter.value;
    const ready = !completion.insert.endsWith(':');
    const insert = ready ? `${completion.insert} ` : completion.insert;
    ui.filter.value =
      text.slice(0, completion.from) + insert + text.slice(completion.to).trimStart();
    const at = completion.from + insert.length;
    caret.value = at;
    chosen.value = -1;
    open.value = !ready;
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  };

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    const pick = list[chosen.value];
    switch (event.key) {
      case 'ArrowDown':
        if (!open.value) open.value = true;
        else if (list.length > 0) chosen.value = (chosen.value + 1) % list.length;
        break;
      case 'ArrowUp':
        if (list.length > 0) chosen.value = (chosen.value <= 0 ? list.length : chosen.value) - 1;
        break;
      case 'Tab':
        if (pick === undefined || event.shiftKey) return;
        take(pick);
        break;
      case 'Enter':
        if (pick !== undefined) take(pick);
        else {
          open.value = false;
          onLeave();
        }
        break;
      case 'Escape':
        if (open.value && list.length > 0) open.value = false;
        else if (ui.filter.value !== '') {
          ui.filter.value = '';
          open.value = false;
        } else onLeave();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const error = errors.value[0];
  const expanded = list.length > 0;
  return (
    <div class="filter">
      <Icon name="filter" />
      <input
        ref={input}
        id="filter"
        type="text"
        role="combobox"
        spellcheck={false}
        autocomplete="off"
        placeholder={t('panel_filter_placeholder')}
        aria-label={t('panel_filter')}
        aria-expanded={expanded}
        aria-controls={expanded ? LIST_ID : undefined}
        aria-autocomplete="list"
        aria-activedescendant={
          chosen.value >= 0 && expanded ? `${LIST_ID}-${chosen.value}` : undefined
        }
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : 'filter-error'}
        value={ui.filter.value}
        onInput={(event) => {
          ui.filter.value = event.currentTarget.value;
          caret.value = event.currentTarget.selectionStart ?? event.currentTarget.value.length;
          chosen.value = -1;
          open.value = true;
        }}
        onClick={(event) => {
          caret.value = event.currentTarget.selectionStart ?? 0;
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          open.value = false;
        }}
      />
      {ui.filter.value !== '' && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('panel_filter_clear')}
          title={t('panel_filter_clear')}
          onClick={() => {
            ui.filter.value = '';
            input.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
      {error !== undefined && !expanded && (
        <div class="filter-error" id="filter-error" role="status">
          {t(error.message)}
        </div>
      )}
      {expanded && (
        <div
          class="completions"
          id={LIST_ID}
          role="listbox"
          aria-label={t('panel_filter_completions')}
        >
          {list.map((completion, i) => (
            // biome-ignore lint/a11y: reached through the input's active descendant.
            <div
              key={completion.insert}
              id={`${LIST_ID}-${i}`}
              role="option"
              class="completion"
              aria-selected={i === chosen.value}
              onMouseDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              <span class="mono">{completion.insert}</span>
              <span class="muted">{hintOf(completion.insert)}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What a key is for; of a rule, a cause or a code its name in words. */
function hintOf(insert: string): string {
  if (insert.endsWith(':')) return t(`panel_filter_hint_${insert.replace(/[-:]/g, '')}`);
  const value = insert.replaceAll('"', '');
  if (/^\d{4}$/.test(value)) return t(nameOfCode(Number(value)));
  const title = ruleText(value, 'title');
  if (title !== value) return title;
  const cause = causeText(value as CauseId);
  return cause === value ? '' : cause;
}

const MAX_SEEN = 40;

function seenIn(view: SessionView): SeenValues {
  const codes = new Set<string>();
  const hosts = new Set<string>();
  const frames = new Set<string>();
  const rules = new Set<string>();
  const causes = new Set<string>();
  for (const socket of view.sockets.values()) {
    if (socket.code !== undefined && codes.size < MAX_SEEN) codes.add(String(socket.code));
    if (hosts.size < MAX_SEEN) hosts.add(hostOf(socket.url));
    if (socket.documentUrl !== undefined && frames.size < MAX_SEEN) {
      frames.add(hostOf(socket.documentUrl));
    }
  }
  for (const finding of view.findings) {
    if (finding.verdict === 'passed' || finding.verdict === 'not-applicable') continue;
    rules.add(finding.rule);
    const cause = finding.causes?.[0]?.cause;
    if (cause !== undefined) causes.add(cause);
  }
  hosts.delete('');
  frames.delete('');
  return {
    code: [...codes].sort(),
    url: [...hosts],
    frame: [...frames],
    rule: [...rules],
    cause: [...causes],
  };
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
