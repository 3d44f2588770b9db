import type { Chain } from '../../rules/types.ts';
import { endOf } from '../facts.ts';
import type { SessionView } from '../session.ts';
import { t } from '../words.ts';
import { reconnect } from './rows.ts';

/** As many sockets of one chain at once are a pool: the delays of one are not those of another. */
const POOL = 3;

const known = new WeakMap<Chain, { readonly sockets: number; readonly most: number }>();

/** Whether several sockets of the chain live side by side, so that it has no rhythm of its own. */
export function isPool(chain: Chain, view: SessionView): boolean {
  return sideBySide(chain, view) >= POOL;
}

/** Most sockets of the chain that were alive at one time; one that replaces another early counts too. */
function sideBySide(chain: Chain, view: SessionView): number {
  const before = known.get(chain);
  if (before?.sockets === chain.sockets.length) return before.most;
  const steps: [t: number, by: 1 | -1][] = [];
  for (const id of chain.sockets) {
    const socket = view.sockets.get(id);
    if (socket === undefined || socket.openAt === undefined) continue;
    steps.push([socket.openAt, 1]);
    const end = endOf(socket);
    if (end !== undefined) steps.push([end, -1]);
  }
  steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let now = 0;
  let most = 0;
  for (const [, by] of steps) {
    now += by;
    if (now > most) most = now;
  }
  known.set(chain, { sockets: chain.sockets.length, most });
  return most;
}

/** The verdict on a chain in words. Where the page ended its last socket on purpose, nothing is missing. */
export function chainVerdict(chain: Chain, view: SessionView): string {
  const abreast = sideBySide(chain, view);
  if (abreast >= POOL) return t('panel_chain_pool', { count: abreast });
  if (chain.verdict === 'no-reconnect') {
    const last = view.sockets.get(chain.sockets.at(-1) ?? '');
    if (last !== undefined && reconnect(view, last).kind === 'not-needed') {
      return t('panel_chain_not_needed');
    }
  }
  return t(`verdict_${chain.verdict.replaceAll('-', '_')}`);
}
