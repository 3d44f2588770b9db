import { useState } from 'preact/hooks';
import type { RuleMeta, Threshold } from '../../rules/types.ts';
import { usePanel } from '../context.ts';
import { t, words } from '../words.ts';
import { ruleText } from './rule-text.ts';

/** Every rule: on or off, its thresholds, the endpoints that it leaves alone. */
export function RuleSettingsView() {
  const { settings } = usePanel();
  const suppressed = settings.value.value.suppressed ?? [];
  return (
    <div class="rules-scroll">
      <ul class="rule-list">
        {settings.metas.map((meta) => (
          <RuleRow key={meta.id} meta={meta} />
        ))}
      </ul>
      {suppressed.length > 0 && (
        <section class="suppressed">
          <h2>{t('panel_suppressed_title')}</h2>
          <ul>
            {suppressed.map(({ rule, endpoint }) => (
              <li key={`${rule} ${endpoint}`}>
                <span>
                  {ruleText(rule, 'title')} <span class="mono muted">{endpoint}</span>
                </span>
                <button
                  type="button"
                  class="button"
                  onClick={() => settings.unsuppress(rule, endpoint)}
                >
                  {t('panel_suppressed_restore')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function RuleRow({ meta }: { meta: RuleMeta }) {
  const { settings } = usePanel();
  // Read so that the row follows the settings.
  void settings.value.value;
  const title = ruleText(meta.id, 'title');
  const thresholds = Object.entries(meta.thresholds);
  return (
    <li class="rule">
      <label class="check rule-name">
        <input
          type="checkbox"
          checked={settings.isOn(meta.id)}
          onChange={(event) => settings.setOn(meta.id, event.currentTarget.checked)}
        />
        <span>{title}</span>
      </label>
      <span class={`severity severity-${meta.severity}`}>
        {t(`panel_severity_${meta.severity}`)}
      </span>
      <p class="muted">{ruleText(meta.id, 'why')}</p>
      {thresholds.length > 0 && (
        <div class="thresholds">
          {thresholds.map(([name, threshold]) => (
            <ThresholdField key={name} rule={meta.id} name={name} threshold={threshold} />
          ))}
        </div>
      )}
    </li>
  );
}

/** What one step of a unit is worth in the threshold's own unit. */
const SCALE: Readonly<Record<Threshold['unit'], number>> = {
  ms: 1000,
  count: 1,
  ratio: 1,
  bytes: 1,
};

function ThresholdField(props: { rule: string; name: string; threshold: Threshold }) {
  const { rule, name, threshold } = props;
  const { settings } = usePanel();
  const { number } = words.value;
  const scale = SCALE[threshold.unit];
  const value = settings.threshold(rule, name) ?? threshold.default;
  const [bad, setBad] = useState(false);
  const key = `rule_threshold_${name}`;
  return (
    <label class="threshold">
      <span>{words.value.has(key) ? t(key) : spaced(name)}</span>
      <input
        type="number"
        min={threshold.min / scale}
        max={threshold.max / scale}
        step="any"
        value={value / scale}
        aria-invalid={bad}
        onChange={(event) => {
          // What was emptied goes back to what it was.
          if (event.currentTarget.value === '') {
            event.currentTarget.value = String(value / scale);
            setBad(false);
            return;
          }
          const wanted = event.currentTarget.valueAsNumber * scale;
          const fits = wanted >= threshold.min && wanted <= threshold.max;
          setBad(!fits);
          if (fits)
            settings.setThreshold(rule, name, wanted === threshold.default ? undefined : wanted);
        }}
      />
      {unitOf(threshold) !== '' && <span class="muted">{unitOf(threshold)}</span>}
      {bad && (
        <span class="error-text" role="alert">
          {t('panel_threshold_range', {
            min: number(threshold.min / scale),
            max: number(threshold.max / scale),
          })}
        </span>
      )}
      {value !== threshold.default && !bad && (
        <button
          type="button"
          class="link"
          onClick={() => settings.setThreshold(rule, name, undefined)}
        >
          {t('panel_threshold_default', { value: number(threshold.default / scale) })}
        </button>
      )}
    </label>
  );
}

function unitOf({ unit, max }: Threshold): string {
  if (unit === 'count') return '';
  if (unit === 'ratio') return max > 1 ? '×' : '';
  return t(`panel_unit_${unit}`);
}

function spaced(name: string): string {
  return name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).replace(/ ms$/, '');
}
