import type { Translator } from '../../i18n/index.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { Chain } from '../../rules/types.ts';
import { clipped, plain } from '../plain.ts';
import type { Style } from './style.ts';

/** Sockets of a chain drawn before and after the gap that stands for the rest. */
const FIRST = 6;
const LAST = 4;

/**
 * A chain as lines: one a socket, drawn over the chain's time. `·` opening handshake, `━` open,
 * `✕` ended by anything but the page, `●` ended by the page or normally, `▸` not ended.
 */
export function chainLines(
  chain: Chain,
  diagnosis: Diagnosis,
  { t, duration }: Translator,
  style: Style,
): string[] {
  const sockets = chain.sockets.flatMap((id) => diagnosis.sockets.get(id) ?? []);
  const from = Math.min(...sockets.map(beginning));
  const to = Math.max(...sockets.map((one) => one.closeAt ?? one.lastAt), from + 1);
  const bars = Math.max(16, Math.round(style.width * 0.36));
  const names = Math.min(12, Math.max(2, ...sockets.map(({ id }) => [...plain(id)].length)));
  const delays = new Map<string, number>();
  for (const { ended, by } of chain.replacements) {
    const before = diagnosis.sockets.get(ended)?.closeAt;
    const after = by === undefined ? undefined : diagnosis.sockets.get(by)?.openingAt;
    if (by !== undefined && before !== undefined && after !== undefined) {
      delays.set(by, after - before);
    }
  }
  const line = (socket: SocketRecord): string => {
    const bar = barOf(socket, from, to, bars);
    const delay = delays.get(socket.id);
    const came = delay === undefined ? '' : `${t('cli_came_back', { ms: Math.max(0, delay) })} · `;
    const name = clipped(plain(socket.id), names).padEnd(names);
    return `  ${name} ${bar} ${came}${endOf(socket, { t, duration }, style)}`;
  };
  const verdict = verdictText(chain, t);
  const head = [
    `${style.bold(clipped(plain(chain.endpoint), style.width - 4))}`,
    `  ${t('cli_chain', { count: sockets.length, verdict })}`,
  ];
  if (sockets.length <= FIRST + LAST + 1) return [...head, ...sockets.map(line)];
  const left = sockets.length - FIRST - LAST;
  return [
    ...head,
    ...sockets.slice(0, FIRST).map(line),
    style.dim(`  ${t('cli_more_sockets', { count: left })}`),
    ...sockets.slice(-LAST).map(line),
  ];
}

function verdictText(chain: Chain, t: Translator['t']): string {
  return t(`cli_verdict_${chain.verdict.replaceAll('-', '_')}`);
}

function beginning(socket: SocketRecord): number {
  return socket.openingAt ?? socket.firstAt;
}

function barOf(socket: SocketRecord, from: number, to: number, width: number): string {
  const column = (time: number): number =>
    Math.min(width - 1, Math.max(0, Math.floor(((time - from) / (to - from)) * width)));
  const start = column(beginning(socket));
  const open = socket.openAt === undefined ? undefined : column(socket.openAt);
  const end = column(socket.closeAt ?? to);
  const cells = Array.from({ length: width }, (_, at) => {
    if (at < start || at > end) return ' ';
    if (at === end) return endMark(socket);
    return open === undefined || at < open ? '·' : '━';
  });
  return cells.join('');
}

function endMark(socket: SocketRecord): string {
  if (socket.state === 'gone') return '◌';
  if (socket.closeAt === undefined) return '▸';
  const quiet = socket.closedBy === 'page' || socket.closedBy === 'browser' || socket.code === 1000;
  return quiet ? '●' : '✕';
}

function endOf(
  socket: SocketRecord,
  { t, duration }: Pick<Translator, 't' | 'duration'>,
  style: Style,
): string {
  const began = beginning(socket);
  if (socket.closeAt === undefined) {
    const state = t(`cli_state_${socket.state}`);
    return `${state} · ${duration(socket.lastAt - began)}`;
  }
  const reason = socket.reason ? ` “${clipped(plain(socket.reason), 60)}”` : '';
  const by = t(`cli_by_${socket.closedBy ?? 'unknown'}`);
  const code = socket.code === 1000 ? `${socket.code}` : style.bold(`${socket.code}`);
  return `${code}${reason} ${by}, ${t('cli_lived', { ms: socket.closeAt - began })}`;
}
