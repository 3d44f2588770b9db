import { useComputed } from '@preact/signals';
import { nameOfCode } from '../../model/close-codes.ts';
import { usePanel } from '../context.ts';
import { matches } from '../filter/match.ts';
import { parseFilter } from '../filter/parse.ts';
import { matchContext } from '../sockets/rows.ts';
import { t } from '../words.ts';

/** The totals, and what could not be seen. */
export function StatusBar() {
  const { store, ui } = usePanel();
  const text = useComputed(() => {
    const view = store.view.value;
    const filter = parseFilter(ui.filter.value);
    const context = matchContext(view, (code) => t(nameOfCode(code)));
    let open = 0;
    let unseen = 0;
    let matched = 0;
    for (const socket of view.sockets.values()) {
      if (socket.state === 'open') open += 1;
      if (socket.seenBy === 'browser') unseen += 1;
      if (filter.terms.length > 0 && matches(filter, socket, context)) matched += 1;
    }
    const total = view.sockets.size;
    let failed = 0;
    let review = 0;
    for (const { verdict } of view.findings) {
      if (verdict === 'failed') failed += 1;
      else if (verdict === 'needs-review') review += 1;
    }
    const restarts = store.status.value?.backgroundRestarts ?? 0;
    return {
      totals: [
        filter.terms.length > 0
          ? t('panel_total_filtered', { matched, total })
          : t('panel_total_sockets', { count: total }),
        t('panel_total_open', { count: open }),
        t('panel_total_findings', { count: failed }),
        review > 0 ? t('panel_total_review', { count: review }) : '',
        view.dropped > 0 ? t('panel_total_dropped', { count: view.dropped }) : '',
        view.live && restarts > 0 ? t('panel_total_restarts', { count: restarts }) : '',
      ].filter((part) => part !== ''),
      coverage: unseen > 0 ? t('panel_coverage', { count: unseen }) : '',
    };
  });
  const { totals, coverage } = text.value;
  return (
    <footer class="status-bar">
      <span class="totals">{totals.join(' · ')}</span>
      {coverage !== '' && <span class="coverage">{coverage}</span>}
    </footer>
  );
}
