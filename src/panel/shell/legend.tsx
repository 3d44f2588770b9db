import type { ComponentChildren } from 'preact';
import type { Outcome } from '../facts.ts';
import { FLAG_SIGNS } from '../lanes/ruler.tsx';
import { Mark } from '../mark.tsx';
import { t } from '../words.ts';

const MARKS: readonly Outcome[] = [
  'open',
  'connecting',
  'closing',
  'normal',
  'leaving',
  'refused',
  'application',
  'broken',
  'unseen',
];

/** What every sign of the grid and of the lanes stands for. */
export function Legend() {
  return (
    <>
      <h3>{t('panel_help_marks')}</h3>
      <ul class="legend">
        {MARKS.map((outcome) => (
          <Entry key={outcome} sign={<Mark outcome={outcome} />}>
            {t(`panel_outcome_${outcome}`)}
          </Entry>
        ))}
      </ul>
      <h3>{t('panel_help_reconnect')}</h3>
      <ul class="legend">
        <Entry sign={<Sign kind="replaced">↻</Sign>}>{t('panel_help_replaced')}</Entry>
        <Entry sign={<Sign kind="trying">↺</Sign>}>{t('panel_help_trying')}</Entry>
        <Entry sign={<Sign kind="none">⤷</Sign>}>{t('panel_help_reloaded')}</Entry>
        <Entry sign={<Sign kind="waiting">…</Sign>}>{t('panel_help_waiting')}</Entry>
        <Entry sign={<Sign kind="never">↛</Sign>}>{t('panel_help_never_expected')}</Entry>
        <Entry sign={<Sign kind="none">–</Sign>}>{t('panel_help_never')}</Entry>
      </ul>
      <h3>{t('panel_help_lanes')}</h3>
      <p class="muted">{t('panel_help_lane_end')}</p>
      <ul class="legend">
        {(['opening', 'open', 'closing', 'gap'] as const).map((part) => (
          <Entry key={part} sign={<span class={`swatch swatch-${part}`} />}>
            {t(`panel_help_lane_${part}`)}
          </Entry>
        ))}
        {(['hidden', 'offline'] as const).map((band) => (
          <Entry key={band} sign={<span class={`swatch ruler-band-${band}`} />}>
            {t(`panel_lanes_${band}`)}
          </Entry>
        ))}
        {(['navigation', 'freeze'] as const).map((flag) => (
          <Entry key={flag} sign={<span class={`flag-${flag}`}>{FLAG_SIGNS[flag]}</span>}>
            {t(`panel_lanes_${flag}`)}
          </Entry>
        ))}
      </ul>
    </>
  );
}

function Entry({ sign, children }: { sign: ComponentChildren; children: ComponentChildren }) {
  return (
    <li>
      <span class="legend-sign" aria-hidden="true">
        {sign}
      </span>
      <span>{children}</span>
    </li>
  );
}

function Sign({ kind, children }: { kind: string; children: ComponentChildren }) {
  return (
    <span class={`reconnect reconnect-${kind}`}>
      <span class="sign">{children}</span>
    </span>
  );
}
