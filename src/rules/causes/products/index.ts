import type { SocketRecord } from '../../../model/socket.ts';
import type { CauseId } from '../../types.ts';
import { centrifugo } from './centrifugo.ts';
import { colyseus } from './colyseus.ts';
import { discordGateway, discordVoice } from './discord.ts';
import { graphqlTransportWs } from './graphql.ts';
import { guacamole } from './guacamole.ts';
import { hocuspocus } from './hocuspocus.ts';
import { liveblocks } from './liveblocks.ts';
import { obsWebSocket } from './obs.ts';
import { okx } from './okx.ts';
import { pusher } from './pusher.ts';
import { assemblyAi, deepgram, speechmatics } from './speech.ts';
import { twitchEventSub } from './twitch.ts';
import type { ProductClose, ProductTable } from './types.ts';

export const PRODUCTS: readonly ProductTable[] = [
  graphqlTransportWs,
  pusher,
  centrifugo,
  discordGateway,
  discordVoice,
  twitchEventSub,
  obsWebSocket,
  liveblocks,
  okx,
  colyseus,
  guacamole,
  hocuspocus,
  deepgram,
  assemblyAi,
  speechmatics,
];

/** Of each code the products that have it, with their lines for it, in the order of `PRODUCTS`. */
const BY_CODE = new Map<
  number,
  { readonly table: ProductTable; readonly closes: ProductClose[] }[]
>();
for (const table of PRODUCTS) {
  for (const close of table.closes) {
    const users = BY_CODE.get(close.code) ?? [];
    BY_CODE.set(close.code, users);
    const own = users.find((user) => user.table === table);
    if (own === undefined) users.push({ table, closes: [close] });
    else own.closes.push(close);
  }
}

/** A line of a product's table that fits this close. */
export interface ProductMatch {
  readonly product: string;
  readonly cause: CauseId;
  /** The socket is the product's by its URL or subprotocol, not by the reason alone. */
  readonly recognised: boolean;
}

function recognises(table: ProductTable, socket: SocketRecord): boolean {
  if (table.url?.test(socket.url) === true) return true;
  const pattern = table.subprotocol;
  if (pattern === undefined) return false;
  if (socket.protocol !== undefined && pattern.test(socket.protocol)) return true;
  return (socket.protocols ?? []).some((protocol) => pattern.test(protocol));
}

/** The first product whose table has this close; undefined where none has. */
export function findProduct(socket: SocketRecord): ProductMatch | undefined {
  const { code, reason = '' } = socket;
  if (code === undefined) return undefined;
  for (const { table, closes } of BY_CODE.get(code) ?? []) {
    const line = closes.find((close) => close.reason === undefined || close.reason.test(reason));
    if (line === undefined) continue;
    const recognised = recognises(table, socket);
    if (!recognised && !(table.selfEvident === true && line.reason !== undefined)) continue;
    return { product: table.product, cause: line.cause, recognised };
  }
  return undefined;
}
