import { Dialog } from '../dialog.tsx';
import type { Outcome } from '../facts.ts';
import { FILTER_KEYS } from '../filter/parse.ts';
import { Mark } from '../mark.tsx';
import { t } from '../words.ts';

const KEYS: readonly (readonly [keys: readonly string[], id: string])[] = [
  [['↑', '↓', 'Home', 'End', 'PgUp', 'PgDn'], 'panel_key_move'],
  [['Enter'], 'panel_key_open'],
  [['Esc'], 'panel_key_leave'],
  [['←', '→'], 'panel_key_fold'],
  [['Ctrl/⌘', 'F'], 'panel_key_filter'],
  [['Alt', '1–3'], 'panel_key_tabs'],
  [['Alt', '←', '→'], 'panel_key_move_column'],
  [['Shift', '←', '→'], 'panel_key_size_column'],
  [['?'], 'panel_key_help'],
];

const MARKS: readonly Outcome[] = [
  'open',
  'connecting',
  'normal',
  'leaving',
  'refused',
  'application',
  'broken',
  'unseen',
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('panel_help_title')} class="help" onClose={onClose}>
      <div class="help-columns">
        <section>
          <h3>{t('panel_help_keys')}</h3>
          <dl class="keys">
            {KEYS.map(([keys, id]) => (
              <>
                <dt key={id}>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd key={`${id} text`}>{t(id)}</dd>
              </>
            ))}
          </dl>
          <h3>{t('panel_help_marks')}</h3>
          <ul class="legend">
            {MARKS.map((outcome) => (
              <li key={outcome}>
                <Mark outcome={outcome} /> {t(`panel_outcome_${outcome}`)}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{t('panel_help_filter')}</h3>
          <p>{t('panel_help_filter_text')}</p>
          <dl class="keys keys-filter">
            {FILTER_KEYS.map((key) => (
              <>
                <dt key={key} class="mono">
                  {key}:
                </dt>
                <dd key={`${key} text`}>{t(`panel_filter_hint_${key}`)}</dd>
              </>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
