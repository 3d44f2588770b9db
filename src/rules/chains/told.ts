import { crowdedOut, effectiveCloseCall } from '../../model/closed-by.ts';
import { endOf, hasEnded } from '../../model/life.ts';
import { type Message, message } from '../../model/message.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Chain } from '../types.ts';

/** As many sockets of one chain at once are a pool: the delays of one are not those of another. */
const POOL = 3;

type Sockets = ReadonlyMap<string, SocketRecord>;

const known = new WeakMap<Chain, { readonly sockets: number; readonly most: number }>();

/** Whether several sockets of the chain live side by side, so that it has no rhythm of its own. */
export function isPool(chain: Chain, sockets: Sockets): boolean {
  return sideBySide(chain, sockets) >= POOL;
}

/** The verdict on a chain for a reader. Where the page ended its last socket on purpose, nothing is missing. */
export function tellChain(chain: Chain, sockets: Sockets): Message {
  const abreast = sideBySide(chain, sockets);
  if (abreast >= POOL) return message('chain_pool', { count: abreast });
  const last = sockets.get(chain.sockets.at(-1) ?? '');
  if (last?.seenBy === 'browser') return message('chain_unseen');
  if (chain.verdict === 'reconnected' && chain.data.attempts === 0) {
    return message('chain_handed_over');
  }
  return chain.verdict === 'no-reconnect' && last !== undefined && endedOnPurpose(last)
    ? message('chain_not_needed')
    : message(`verdict_${chain.verdict.replaceAll('-', '_')}`);
}

/** Its page closed it or left it: nobody is expected back. */
export function endedOnPurpose(socket: SocketRecord): boolean {
  const { seenBy, closedBy } = socket;
  if (seenBy === 'browser' || !hasEnded(socket)) return false;
  if (closedBy === 'browser') return !crowdedOut(socket);
  return closedBy === 'page' || effectiveCloseCall(socket) !== undefined;
}

/** Most sockets of the chain that were open at one time; one that replaces another early counts too. */
function sideBySide(chain: Chain, sockets: Sockets): number {
  const before = known.get(chain);
  if (before?.sockets === chain.sockets.length) return before.most;
  const steps: [t: number, by: 1 | -1][] = [];
  for (const id of chain.sockets) {
    const socket = sockets.get(id);
    if (socket?.openAt === undefined) continue;
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
