import { Dialog } from '../dialog.tsx';
import { FILTER_KEYS } from '../filter/parse.ts';
import { t } from '../words.ts';
import { Legend } from './legend.tsx';

const KEYS: readonly (readonly [keys: readonly string[], id: string])[] = [
  [['↑', '↓', 'Home', 'End', 'PgUp', 'PgDn'], 'panel_key_move'],
  [['Enter'], 'panel_key_open'],
  [['Esc'], 'panel_key_leave'],
  [['←', '→'], 'panel_key_fold'],
  [['Ctrl/⌘', 'F'], 'panel_key_filter'],
  [['Alt', '1–3'], 'panel_key_tabs'],
  [['Alt', '←', '→'], 'panel_key_move_column'],
  [['Shift', '←', '→'], 'panel_key_size_column'],
  [['←', '→', '+', '−', '0'], 'panel_key_lanes'],
  [['?'], 'panel_key_help'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('panel_help_title')} class="help" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled by keys. */}
      <section class="help-columns" aria-label={t('panel_help_title')} tabIndex={0}>
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
        <section>
          <Legend />
        </section>
      </section>
    </Dialog>
  );
}
