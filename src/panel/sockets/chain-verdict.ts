import type { Chain } from '../../rules/types.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';
import { reconnect } from './rows.ts';

/** The verdict on a chain in words. Where the page ended its last socket on purpose, nothing is missing. */
export function chainVerdict(chain: Chain, view: SessionView): string {
  if (chain.verdict === 'no-reconnect') {
    const last = view.sockets.get(chain.sockets.at(-1) ?? '');
    if (last !== undefined && reconnect(view, last).kind === 'not-needed') {
      return t('panel_chain_not_needed');
    }
  }
  return t(`verdict_${chain.verdict.replaceAll('-', '_')}`);
}
