import { endOf } from '../../model/life.ts';
import type { SocketRecord } from '../../model/socket.ts';

/** Time that a lane spans, session milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function beginningOf(socket: SocketRecord): number {
  return socket.openingAt ?? socket.firstAt;
}

export function spanOf(sockets: readonly SocketRecord[]): Span {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const socket of sockets) {
    from = Math.min(from, beginningOf(socket));
    to = Math.max(to, endOf(socket) ?? socket.lastAt);
  }
  return Number.isFinite(from) ? { from, to: Math.max(to, from + 1) } : { from: 0, to: 1 };
}

/**
 * A socket drawn as text over a span: `·` opening handshake, `━` open, then how it ended: `✕`
 * by anything but the page, `●` by the page or normally, `▸` not ended, `◌` gone with its page.
 */
export function laneText(socket: SocketRecord, { from, to }: Span, width: number): string {
  const column = (time: number): number =>
    Math.min(width - 1, Math.max(0, Math.floor(((time - from) / (to - from)) * width)));
  const start = column(beginningOf(socket));
  const open = socket.openAt === undefined ? width : column(socket.openAt);
  const end = Math.max(start, column(endOf(socket) ?? to));
  const cells = Array.from({ length: width }, (_, at) => {
    if (at < start || at > end) return ' ';
    if (at === end) return endMark(socket);
    return at < open ? '·' : '━';
  });
  return cells.join('');
}

function endMark(socket: SocketRecord): string {
  if (socket.state === 'gone') return '◌';
  if (endOf(socket) === undefined) return '▸';
  if (socket.closeAt === undefined) return '✕';
  const quiet = socket.closedBy === 'page' || socket.closedBy === 'browser' || socket.code === 1000;
  return quiet ? '●' : '✕';
}

/** Close to construction, of every socket that took another's place. */
export function delaysInto(
  replacements: readonly { readonly ended: string; readonly by?: string }[],
  sockets: ReadonlyMap<string, SocketRecord>,
): ReadonlyMap<string, number> {
  const delays = new Map<string, number>();
  for (const { ended, by } of replacements) {
    if (by === undefined) continue;
    const before = sockets.get(ended)?.closeAt;
    const after = sockets.get(by)?.openingAt;
    if (before !== undefined && after !== undefined) delays.set(by, Math.max(0, after - before));
  }
  return delays;
}
