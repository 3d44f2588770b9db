import { handshakeStatus } from '../../model/handshake-status.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Diagnosis } from '../../rules/diagnosis.ts';
import { beginningOf, delaysInto } from './lanes.ts';

type Cell = string | number | boolean | undefined;

/** What a spreadsheet would take for a formula, also in the wide forms of East Asian input. */
const FORMULA = /^[\s\p{Control}]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The same inside a cell, where a spreadsheet that splits at semicolons, tabs, commas or lines
 * begins a cell of its own; quotes in the middle of what it takes for a cell do not stop it.
 * Looking back from the sign only: from every place, long runs of spaces would cost their square.
 */
const INNER_FORMULA =
  /[=+\-@\uff1d\uff0b\uff0d\uff20](?<=[;,\t\n\v\f\r\u0085\u2028\u2029][\s\p{Control}"']*.)/gu;

/**
 * One row a socket, RFC 4180, with a byte order mark so that spreadsheets read UTF-8. A text
 * that would be a formula gets an apostrophe in front, whatever separator the reader splits at.
 *
 * @param startedAt wall clock of t = 0
 */
export function* csvTexts(diagnosis: Diagnosis, startedAt: string): Generator<string> {
  const start = Date.parse(startedAt);
  const replacedBy = new Map<string, string>();
  const delays = new Map<string, number>();
  for (const { replacements } of diagnosis.chains) {
    for (const { ended, by } of replacements) if (by !== undefined) replacedBy.set(ended, by);
    for (const [id, ms] of delaysInto(replacements, diagnosis.sockets)) delays.set(id, ms);
  }
  const columns: readonly [string, (socket: SocketRecord) => Cell][] = [
    ['socket', ({ id }) => id],
    ['url', ({ url }) => url],
    ['endpoint', ({ id }) => diagnosis.chainOf(id)?.endpoint],
    ['document', ({ documentUrl, document }) => documentUrl ?? document],
    ['realm', ({ realm }) => realm],
    ['api', ({ api }) => api],
    ['opened', (socket) => new Date(start + beginningOf(socket)).toISOString()],
    ['subprotocol', ({ protocol }) => protocol],
    ['state', ({ state }) => state],
    ['http_status', ({ handshake }) => handshake && handshakeStatus(handshake)],
    ['close_code', ({ code }) => code],
    ['close_reason', ({ reason }) => reason],
    ['was_clean', ({ wasClean }) => wasClean],
    ['closed_by', ({ closedBy }) => closedBy],
    ['lived_ms', (socket) => lived(socket)],
    ['sent_messages', ({ sent }) => sent.messages],
    ['sent_bytes', ({ sent }) => sent.bytes],
    ['received_messages', ({ received }) => received.messages],
    ['received_bytes', ({ received }) => received.bytes],
    ['replaced_by', ({ id }) => replacedBy.get(id)],
    ['delay_ms', ({ id }) => delays.get(id)],
    ['chain_verdict', ({ id }) => diagnosis.chainOf(id)?.verdict],
    ['failed_rules', ({ id }) => failed(diagnosis, id)],
  ];
  yield `\ufeff${columns.map(([name]) => name).join(',')}\r\n`;
  for (const socket of diagnosis.sockets.values()) {
    yield `${columns.map(([, value]) => cellText(value(socket))).join(',')}\r\n`;
  }
}

export function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const inner = cell.replace(INNER_FORMULA, "'$&");
  const safe = FORMULA.test(cell) ? `'${inner}` : inner;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function lived(socket: SocketRecord): number | undefined {
  return socket.closeAt === undefined ? undefined : socket.closeAt - beginningOf(socket);
}

function failed(diagnosis: Diagnosis, id: string): string {
  const rules = diagnosis
    .findingsOf(id)
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ rule }) => rule);
  return [...new Set(rules)].join(' ');
}
