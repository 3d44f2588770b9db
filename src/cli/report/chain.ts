import type { Translator } from '../../i18n/index.ts';
import { beginningOf, delaysInto, laneText, spanOf } from '../../log/export/lanes.ts';
import type { SocketRecord } from '../../model/socket.ts';
import { tellChain } from '../../rules/chains/told.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import type { Chain } from '../../rules/types.ts';
import { clipped, plain } from '../plain.ts';
import type { Style } from './style.ts';

/** Sockets of a chain drawn before and after the gap that stands for the rest. */
const FIRST = 6;
const LAST = 4;

/** A chain as lines: one a socket, drawn over the chain's time (see `laneText`). */
export function chainLines(
  chain: Chain,
  diagnosis: Diagnosis,
  { t, duration }: Translator,
  style: Style,
): string[] {
  const sockets = chain.sockets.flatMap((id) => diagnosis.sockets.get(id) ?? []);
  const span = spanOf(sockets);
  const bars = Math.max(16, Math.round(style.width * 0.36));
  const names = sockets.reduce(
    (most, { id }) => Math.min(12, Math.max(most, [...plain(id)].length)),
    2,
  );
  const delays = delaysInto(chain.replacements, diagnosis.sockets);
  const line = (socket: SocketRecord): string => {
    const bar = laneText(socket, span, bars);
    const delay = delays.get(socket.id);
    const came = delay === undefined ? '' : `${t('cli_came_back', { ms: delay })} · `;
    const name = clipped(plain(socket.id), names).padEnd(names);
    return `  ${name} ${bar} ${came}${endOf(socket, { t, duration }, style)}`;
  };
  const verdict = t(tellChain(chain, diagnosis.sockets));
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

function endOf(
  socket: SocketRecord,
  { t, duration }: Pick<Translator, 't' | 'duration'>,
  style: Style,
): string {
  const began = beginningOf(socket);
  if (socket.closeAt === undefined) {
    const state = t(`cli_state_${socket.state}`);
    return `${state} · ${duration(socket.lastAt - began)}`;
  }
  const reason = socket.reason ? ` “${clipped(plain(socket.reason), 60)}”` : '';
  const by = t(`cli_by_${socket.closedBy ?? 'unknown'}`);
  const code = socket.code === 1000 ? `${socket.code}` : style.bold(`${socket.code}`);
  return `${code}${reason} ${by}, ${t('cli_lived', { ms: socket.closeAt - began })}`;
}
