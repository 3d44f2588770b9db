import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { usePanel } from '../context.ts';
import { ruleText } from '../rules/rule-text.ts';
import { isSerious } from '../rules/serious.ts';
import { t } from '../words.ts';

/** Says new failed findings to those who do not see the badge, at most one every few seconds. */
const PAUSE_MS = 3_000;

export function LiveRegion() {
  const { store, settings } = usePanel();
  const said = useSignal('');
  const known = useRef<Set<string> | undefined>(undefined);
  const last = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<number | undefined>(undefined);
  /** Counts the pauses that are over. */
  const rested = useSignal(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useSignalEffect(() => {
    void rested.value;
    const view = store.view.value;
    if (!view.live) return;
    const failed = view.findings.filter((finding) => isSerious(finding, settings.metas));
    const keys = failed.map(
      (finding) => `${finding.rule} ${finding.endpoint} ${finding.sockets.length}`,
    );
    const before = known.current;
    if (before === undefined) {
      known.current = new Set(keys);
      return;
    }
    const fresh = failed.filter((_, i) => !before.has(keys[i]!));
    if (fresh.length === 0) return;
    const now = performance.now();
    const wait = last.current + PAUSE_MS - now;
    if (wait > 0) {
      // What comes meanwhile is said with it, even if nothing changes any more.
      timer.current ??= window.setTimeout(() => {
        timer.current = undefined;
        rested.value += 1;
      }, wait);
      return;
    }
    last.current = now;
    known.current = new Set(keys);
    const [first] = fresh;
    const text =
      fresh.length === 1 && first !== undefined
        ? t('panel_live_finding', {
            title: ruleText(first.rule, 'title'),
            endpoint: first.endpoint,
          })
        : t('panel_live_findings', { count: fresh.length });
    // The same words again are no change, and would not be heard.
    said.value = said.peek() === text ? `${text}\u00a0` : text;
  });
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {said.value}
    </div>
  );
}
