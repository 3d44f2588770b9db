import type { CauseId } from '../rules/types.ts';
import { causeMore } from './cause-text.ts';
import { t } from './words.ts';

/** What to do about a cause, if it is the one. */
export function CauseFix({ cause }: { cause: CauseId }) {
  const fix = causeMore(cause, 'fix');
  return fix === '' ? null : (
    <span class="cause-fix">
      <span class="muted">{t('panel_cause_fix')}:</span> {fix}
    </span>
  );
}
