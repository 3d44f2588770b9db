import type { Translator } from '../i18n/index.ts';
import { message } from '../model/message.ts';
import { RULES } from '../rules/registry.ts';
import type { Threshold } from '../rules/types.ts';
import { type Arguments, UsageError } from './arguments.ts';

/** @throws UsageError for a rule or threshold that does not exist, or a value out of its range. */
export function refuseUnknown({ rules, settings }: Arguments): void {
  for (const rule of rules) metaOf(rule);
  for (const [rule, chosen] of Object.entries(settings.thresholds ?? {})) {
    const { thresholds } = metaOf(rule);
    for (const [threshold, value] of Object.entries(chosen)) {
      const known = Object.hasOwn(thresholds, threshold) ? thresholds[threshold] : undefined;
      if (known === undefined) {
        const names = Object.keys(thresholds).join(', ') || '–';
        throw new UsageError(message('cli_error_no_threshold', { rule, threshold, known: names }));
      }
      if (value < known.min || value > known.max) {
        const range = { min: String(known.min), max: String(known.max) };
        throw new UsageError(message('cli_error_threshold_range', { rule, threshold, ...range }));
      }
    }
  }
}

function metaOf(rule: string) {
  const found = RULES.find(({ meta }) => meta.id === rule);
  if (found === undefined) throw new UsageError(message('cli_error_no_rule', { rule }));
  return found.meta;
}

/** Every rule with its thresholds, for the help. */
export function ruleList({ t }: Translator): string {
  const lines = RULES.flatMap(({ meta }) => [
    `  ${meta.id}`,
    ...Object.entries(meta.thresholds).map(([name, one]) => `      ${name}=${valueText(one)}`),
  ]);
  return [t('cli_rules'), ...lines].join('\n');
}

function valueText({ default: value, min, max, unit }: Threshold): string {
  return `${value} (${unit}, ${min}–${max})`;
}
