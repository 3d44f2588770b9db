import type { CloseCalledEvent } from './events.ts';
import { handshakeStatus } from './handshake-status.ts';
import { type Message, message } from './message.ts';
import type { PageHistory } from './page-history.ts';
import type { ClosedBy, SocketRecord } from './socket.ts';

/** Firefox closes a page's sockets with 1001 some 15 ms after a navigation starts. */
const NAVIGATION_WINDOW_MS = 1_000;
/** Chrome reports what died in the back/forward cache right after `pageshow`. */
const RESTORE_WINDOW_MS = 1_000;
/** A cable pulled shows as `offline` a moment before or after the sockets notice. */
const OFFLINE_WINDOW_MS = 5_000;

export interface ClosedByAnswer {
  readonly closedBy: ClosedBy;
  readonly evidence: readonly Message[];
}

/** The call that began the closing handshake: it did not throw and the socket was not yet closing. */
export function effectiveCloseCall(socket: SocketRecord): CloseCalledEvent | undefined {
  return socket.closeCalls.find(
    (call) => call.error === undefined && (call.readyState === undefined || call.readyState < 2),
  );
}

/**
 * It never opened and an `error` event came: it is closed by then, and the `close` event follows
 * at once. Where none follows, the browser itself refused to connect: Chrome fires `error` alone
 * where the page's Content Security Policy forbids the address.
 */
export function endedByError(socket: SocketRecord): boolean {
  return (
    socket.errorAt !== undefined &&
    socket.openingAt !== undefined &&
    socket.openAt === undefined &&
    socket.closeAt === undefined &&
    socket.received.messages === 0
  );
}

/** Firefox holds 200 sockets at once, Chrome 255 that have yet to open; both fail the next at once. */
const BROWSER_LIMIT = 200;

/**
 * The browser itself refused it, since so many others were connecting or open: the page sees
 * 1006 before open, and no request was ever made.
 */
export function crowdedOut(socket: SocketRecord): boolean {
  const { beside = 0, openAt, closeAt, code, handshake, received } = socket;
  if (beside < BROWSER_LIMIT || openAt !== undefined || received.messages > 0) return false;
  if (closeAt === undefined || code !== 1006 || effectiveCloseCall(socket) !== undefined)
    return false;
  // What was asked of a server was let through. A switch of protocols is another's answer.
  if (handshake === undefined || handshake.status === 101) return true;
  return handshake.error?.includes('INSUFFICIENT_RESOURCES') === true;
}

/** Who ended a socket that has a close event or went away with its document. Never certain. */
export function inferClosedBy(socket: SocketRecord, page: PageHistory | undefined): ClosedByAnswer {
  const call = effectiveCloseCall(socket);
  const { closeAt } = socket;
  if (closeAt === undefined) {
    if (call !== undefined) return answer('page', message('evidence_closed_by_page_call'));
    if (socket.seenBy === 'browser')
      return answer('unknown', message('evidence_closed_by_unobserved'));
    if (endedByError(socket)) return answer('browser', message('evidence_closed_by_refusal'));
    return answer('browser', message('evidence_closed_by_document_left'));
  }
  const code = socket.code ?? 1006;
  if (call !== undefined && call.t <= closeAt) {
    const asked = call.code ?? 1005;
    // A peer that answers gives the code back; another one was on its way already.
    if (code !== asked && code !== 1000 && code !== 1005 && code !== 1006) {
      return answer(
        'server',
        message('evidence_closed_by_server_code', { code }),
        message('evidence_closed_by_both', { code: asked }),
      );
    }
    return answer(
      'page',
      message('evidence_closed_by_page_call_before', { ms: Math.round(closeAt - call.t) }),
    );
  }
  if (code === 1006 || code === 1015) return withoutFrame(socket, closeAt, page);
  if (code === 1001 && socket.reason === '' && socket.wasClean !== false) {
    const leaving = page?.lastBefore(closeAt, ['beforeunload', 'pagehide']);
    if (leaving !== undefined && closeAt - leaving.t <= NAVIGATION_WINDOW_MS) {
      return answer(
        'browser',
        message('evidence_closed_by_navigation', { ms: Math.round(closeAt - leaving.t) }),
      );
    }
  }
  return answer(
    'server',
    code === 1005
      ? message('evidence_closed_by_server_without_code')
      : message('evidence_closed_by_server_frame', { code }),
  );
}

function withoutFrame(
  socket: SocketRecord,
  closeAt: number,
  page: PageHistory | undefined,
): ClosedByAnswer {
  const restored = page?.lastBefore(closeAt, ['pageshow']);
  if (restored?.persisted === true && closeAt - restored.t <= RESTORE_WINDOW_MS) {
    return answer(
      'browser',
      message('evidence_closed_by_bfcache', { ms: Math.round(closeAt - restored.t) }),
    );
  }
  const { handshake } = socket;
  if (socket.openAt === undefined && socket.received.messages === 0) {
    const status = handshakeStatus(handshake);
    if (status >= 300) return answer('server', message('evidence_closed_by_http', { status }));
    if (crowdedOut(socket) && !offlineNear(page, closeAt)) {
      return answer('browser', message('evidence_closed_by_crowd', { count: socket.beside ?? 0 }));
    }
    if (handshake?.error !== undefined) {
      return answer(
        'network',
        message('evidence_closed_by_handshake_error', { error: handshake.error }),
      );
    }
    if (offlineNear(page, closeAt)) {
      return answer('network', message('evidence_closed_by_offline'));
    }
    return answer('unknown', message('evidence_closed_by_never_opened'));
  }
  if (handshake?.error !== undefined) {
    return answer('browser', message('evidence_closed_by_protocol', { error: handshake.error }));
  }
  return offlineNear(page, closeAt)
    ? answer('network', message('evidence_closed_by_offline'))
    : answer('network', message('evidence_closed_by_no_frame'));
}

function offlineNear(page: PageHistory | undefined, t: number): boolean {
  const last = page?.lastBefore(t, ['offline', 'online']);
  if (last?.state === 'offline') return true;
  return page?.firstAfter(t, ['offline'], t + OFFLINE_WINDOW_MS) !== undefined;
}

function answer(closedBy: ClosedBy, ...evidence: Message[]): ClosedByAnswer {
  return { closedBy, evidence };
}
