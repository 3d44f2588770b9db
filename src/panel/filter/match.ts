import { hasEnded } from '../../model/life.ts';
import type { SocketRecord } from '../../model/socket.ts';
import type { Finding } from '../../rules/types.ts';
import { livedMs, type Reconnect, stateOf } from '../facts.ts';
import type { Filter, Test, WordKey } from './parse.ts';

/** What a filter may look at beside the record itself; asked for only where a term needs it. */
export interface MatchContext {
  readonly now: number;
  /** When documents were left. */
  readonly leftAt: ReadonlyMap<string, number>;
  reconnect(socket: SocketRecord): Reconnect;
  findings(socket: SocketRecord): readonly Finding[];
  /** The code's name in the panel's language, for free text. */
  codeName(code: number): string;
}

export function matches(filter: Filter, socket: SocketRecord, context: MatchContext): boolean {
  return filter.terms.every((term) => holds(term.test, socket, context) !== term.negated);
}

function holds(test: Test, socket: SocketRecord, context: MatchContext): boolean {
  switch (test.kind) {
    case 'text':
      return textOf(socket, context).includes(test.text);
    case 'number': {
      const value = numberOf(test.key, socket, context.now);
      return (
        value !== undefined && test.ranges.some(({ from, to }) => value >= from && value <= to)
      );
    }
    case 'word':
      return test.words.some((word) => wordHolds(test.key, word, socket, context));
    case 'pattern': {
      const values = stringsOf(test.key, socket, context);
      return test.patterns.some((pattern) => values.some((value) => fits(pattern, value)));
    }
  }
}

function textOf(socket: SocketRecord, context: MatchContext): string {
  // The document's address is not looked at: most often all sockets are of one page.
  const parts = [socket.url, socket.reason ?? '', socket.protocol ?? ''];
  if (socket.code !== undefined) parts.push(`${socket.code} ${context.codeName(socket.code)}`);
  return parts.join('\n').toLowerCase();
}

function numberOf(key: string, socket: SocketRecord, now: number): number | undefined {
  switch (key) {
    case 'code':
      return socket.code;
    case 'lived':
      return livedMs(socket, now);
    case 'sent':
      return socket.sent.messages;
    default:
      return socket.received.messages;
  }
}

function wordHolds(
  key: WordKey,
  word: string,
  socket: SocketRecord,
  context: MatchContext,
): boolean {
  if (key === 'closedBy') {
    return (
      (socket.code !== undefined || socket.closedBy !== undefined) &&
      (socket.closedBy ?? 'unknown') === word
    );
  }
  switch (word) {
    case 'connecting':
    case 'open':
    case 'closing':
      return stateOf(socket, context.leftAt) === word;
    case 'closed':
      return hasEnded(socket);
    case 'clean':
      return socket.wasClean === true;
    case 'unclean':
      return socket.wasClean === false;
    case 'replaced':
    case 'reloaded':
    case 'waiting':
      return context.reconnect(socket).kind === word;
    case 'never': {
      const { kind } = context.reconnect(socket);
      return kind === 'never' || kind === 'in-vain';
    }
    case 'worker':
      return socket.realm !== 'window';
    case 'frame':
      return socket.top === false;
    case 'finding':
      return context
        .findings(socket)
        .some((finding) => finding.verdict === 'failed' || finding.verdict === 'needs-review');
    case 'reason':
      return (socket.reason ?? '') !== '';
    case 'error':
      return socket.errors > 0;
    case 'handshake':
      return socket.handshake !== undefined;
    case 'preview':
      return socket.recent.hasPreviews;
    case 'messages':
      return socket.sent.messages + socket.received.messages > 0;
    default:
      return false;
  }
}

function stringsOf(key: string, socket: SocketRecord, context: MatchContext): string[] {
  switch (key) {
    case 'url':
      return [socket.url.toLowerCase()];
    case 'reason':
      return [(socket.reason ?? '').toLowerCase()];
    case 'frame': {
      const url = (socket.documentUrl ?? '').toLowerCase();
      return [url, hostOf(url)];
    }
    case 'protocol':
      return [(socket.protocol ?? '').toLowerCase()];
    case 'rule':
      return context
        .findings(socket)
        .filter((finding) => finding.verdict === 'failed' || finding.verdict === 'needs-review')
        .map((finding) => finding.rule);
    default:
      return context
        .findings(socket)
        .map((finding) => finding.causes?.[0]?.cause)
        .filter((cause) => cause !== undefined);
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

/** A part of the value fits; `*` stands for any run of characters. */
function fits(pattern: string, value: string): boolean {
  let at = 0;
  for (const part of pattern.split('*')) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
