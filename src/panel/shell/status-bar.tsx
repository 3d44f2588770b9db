import { useComputed } from '@preact/signals';
import { nameOfCode } from '../../model/close-codes.ts';
import { usePanel } from '../context.ts';
import { stateOf } from '../facts.ts';
import { matches } from '../filter/match.ts';
import { parseFilter } from '../filter/parse.ts';
import { isSerious } from '../rules/serious.ts';
import { matchContext } from '../sockets/rows.ts';
import { t } from '../words.ts';

/** The totals, and what could not be seen. */
export function StatusBar() {
  const { store, ui, settings } = usePanel();
  const text = useComputed(() => {
    const view = store.view.value;
    const filter = parseFilter(ui.filter.value);
    const context = matchContext(view, (code) => t(nameOfCode(code)));
    let open = 0;
    let unseen = 0;
    let matched = 0;
    for (const socket of view.sockets.values()) {
      if (stateOf(socket, view.leftAt) === 'open') open += 1;
      if (socket.seenBy === 'browser') unseen += 1;
      if (filter.terms.length > 0 && matches(filter, socket, context)) matched += 1;
    }
    const total = view.sockets.size;
    let failed = 0;
    let noted = 0;
    let review = 0;
    for (const finding of view.findings) {
      if (isSerious(finding, settings.metas)) failed += 1;
      else if (finding.verdict === 'failed') noted += 1;
      else if (finding.verdict === 'needs-review') review += 1;
    }
    const restarts = store.status.value?.backgroundRestarts ?? 0;
    return {
      totals: [
        filter.terms.length > 0
          ? t('panel_total_filtered', { matched, total })
          : t('panel_total_sockets', { count: total }),
        t('panel_total_open', { count: open }),
        t('panel_total_findings', { count: failed }),
        noted > 0 ? t('panel_total_noted', { count: noted }) : '',
        review > 0 ? t('panel_total_review', { count: review }) : '',
        view.dropped > 0 ? t('panel_total_dropped', { count: view.dropped }) : '',
      ].filter((part) => part !== ''),
      restarts: view.live && restarts > 0 ? t('panel_total_restarts', { count: restarts }) : '',
      coverage: unseen > 0 ? t('panel_coverage', { count: unseen }) : '',
    };
  });
  const { totals, restarts, coverage } = text.value;
  return (
    <footer class="status-bar">
      <span class="totals">{totals.join(' · ')}</span>
      {restarts !== '' && (
        <span class="muted" title={t('panel_total_restarts_why')}>
          {restarts}
        </span>
      )}
      {coverage !== '' && (
        <span class="coverage" title={coverage}>
          {coverage}
        </span>
      )}
    </footer>
  );
}
