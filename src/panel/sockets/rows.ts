import type { SocketRecord } from '../../model/socket.ts';
import type { Chain } from '../../rules/types.ts';
import { livedMs, type Reconnect, reconnectOf } from '../facts.ts';
import { type MatchContext, matches } from '../filter/match.ts';
import type { Filter } from '../filter/parse.ts';
import type { SessionView } from '../session.ts';
import type { Column, Sort } from '../ui-state.ts';

export type Row =
  | { readonly kind: 'socket'; readonly key: string; readonly socket: SocketRecord }
  | {
      readonly kind: 'chain';
      readonly key: string;
      readonly chain: Chain;
      /** Sockets of the chain that pass the filter. */
      readonly shown: number;
      readonly collapsed: boolean;
    };

export interface RowOptions {
  readonly filter: Filter;
  readonly sort: Sort | undefined;
  readonly grouped: boolean;
  readonly collapsed: ReadonlySet<string>;
  codeName(code: number): string;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Sockets that pass the filter, whether their group is folded or not. */
  readonly matched: readonly SocketRecord[];
}

/** The grid's rows: filtered, sorted (stable, by construction first), grouped by chain on wish. */
export function rowsOf(view: SessionView, options: RowOptions): Rows {
  const context = matchContext(view, options.codeName);
  const all = [...view.sockets.values()];
  const matched =
    options.filter.terms.length === 0
      ? all
      : all.filter((socket) => matches(options.filter, socket, context));
  if (options.sort !== undefined) sortSockets(matched, options.sort, view, context);
  if (!options.grouped) return { rows: matched.map(socketRow), matched };

  const groups = new Map<string, { chain: Chain | undefined; sockets: SocketRecord[] }>();
  for (const socket of matched) {
    const chain = view.chainOf(socket.id);
    const id = chain?.id ?? '';
    let group = groups.get(id);
    if (group === undefined) {
      group = { chain, sockets: [] };
      groups.set(id, group);
    }
    group.sockets.push(socket);
  }
  const rows: Row[] = [];
  for (const { chain, sockets } of groups.values()) {
    const collapsed = chain !== undefined && options.collapsed.has(chain.id);
    if (chain !== undefined) {
      rows.push({
        kind: 'chain',
        key: `chain ${chain.id}`,
        chain,
        shown: sockets.length,
        collapsed,
      });
    }
    if (!collapsed) for (const socket of sockets) rows.push(socketRow(socket));
  }
  return { rows, matched };
}

export function matchContext(view: SessionView, codeName: (code: number) => string): MatchContext {
  return {
    now: view.now,
    leftAt: view.leftAt,
    reconnect: (socket) => reconnect(view, socket),
    findings: (socket) => view.findingsOf(socket.id),
    codeName,
  };
}

export function reconnect(view: SessionView, socket: SocketRecord): Reconnect {
  return reconnectOf(socket, {
    sockets: view.sockets,
    chain: view.chainOf(socket.id),
    now: view.now,
    live: view.live,
    leftAt: view.leftAt,
  });
}

const socketRows = new WeakMap<SocketRecord, Row>();

function socketRow(socket: SocketRecord): Row {
  let row = socketRows.get(socket);
  if (row === undefined) {
    row = { kind: 'socket', key: socket.id, socket };
    socketRows.set(socket, row);
  }
  return row;
}

const RECONNECT_ORDER: Readonly<Record<Reconnect['kind'], number>> = {
  never: 0,
  waiting: 1,
  'in-vain': 1,
  trying: 2,
  unknown: 3,
  replaced: 4,
  reloaded: 3,
  left: 5,
  beside: 5,
  'not-needed': 5,
  alive: 6,
};

function sortSockets(
  sockets: SocketRecord[],
  sort: Sort,
  view: SessionView,
  context: MatchContext,
): void {
  const keys = new Map<SocketRecord, string | number | undefined>();
  for (const socket of sockets) keys.set(socket, sortKey(socket, sort.column, view, context));
  const sign = sort.descending ? -1 : 1;
  const collator = new Intl.Collator();
  sockets.sort((a, b) => {
    const x = keys.get(a);
    const y = keys.get(b);
    // What is not known stands last in both directions.
    if (x === undefined || y === undefined) {
      return x === y ? a.index - b.index : x === undefined ? 1 : -1;
    }
    const order =
      typeof x === 'string' && typeof y === 'string'
        ? collator.compare(x, y)
        : (x as number) - (y as number);
    return order === 0 ? a.index - b.index : order * sign;
  });
}

function sortKey(
  socket: SocketRecord,
  column: Column,
  view: SessionView,
  context: MatchContext,
): string | number | undefined {
  switch (column) {
    case 'url':
      return socket.url;
    case 'state':
      return socket.state;
    case 'code':
      return socket.code;
    case 'reason':
      return socket.reason === '' ? undefined : socket.reason;
    case 'closedBy':
      return socket.closedBy;
    case 'lived':
      return livedMs(socket, view.now);
    case 'reconnect':
      return RECONNECT_ORDER[context.reconnect(socket).kind];
    case 'frame':
      return socket.documentUrl;
    case 'clean':
      return socket.wasClean === undefined ? undefined : socket.wasClean ? 1 : 0;
    case 'sent':
      return socket.sent.messages;
    case 'received':
      return socket.received.messages;
    case 'opened':
      return socket.openingAt ?? socket.firstAt;
    case 'protocol':
      return socket.protocol;
    case 'traffic':
      return socket.sent.bytes + socket.received.bytes;
  }
}
