import { message } from '../model/message.ts';
import { causeName, closePoint, ratio } from './evidence.ts';
import { SILENT, type SocketRule } from './rule.ts';
import type { CauseId } from './types.ts';

/** Causes that an ordinary end has, too. */
const ORDINARY = new Set<CauseId>([
  'unknown',
  'server-shutdown',
  'server-restart',
  'session-expired',
  'idle-timeout',
  'replaced-or-kicked',
]);
/** Many causes of next to no likelihood are no suspicion. */
const LEAST = 0.18;
/** All went well, unless it says that it did not. */
const DONE =
  /\b(?:success(?:ful(?:ly)?)?|completed?|received|refreshed|authenticated|no (?:more )?errors?)\b/i;
const DENIED = /\b(?:not|never|in|un|cannot|can't|failed|invalid|denied|refused)\b/i;

function soundsDone(reason: string): boolean {
  return DONE.test(reason) && !DENIED.test(reason);
}

/** What tells that the server named the error in a message, shortly before. */
const SAID_BEFORE = 'evidence_last_message';

/** 1000 (or 1005) whose reason, or the message before it, tells of an error, so that clients will not reconnect. */
export const normalClosureForError: SocketRule = {
  scope: 'socket',
  onEnd: true,
  meta: {
    id: 'normal-closure-for-error',
    severity: 'warning',
    thresholds: { confidence: ratio(0.6, 0.3, 1), suspicion: ratio(0.3, 0.2, 1) },
    spec: 'RFC 6455 §7.4.1',
    requires: ['close', 'reason'],
  },
  check({ socket, slot }, context) {
    const { code, reason } = socket;
    if (socket.closedBy !== 'server' || (code !== 1000 && code !== 1005)) return SILENT;
    // Most ordinary ends: no reason, and nothing known of what was said before.
    if (!reason && !socket.recent.hasPreviews) return SILENT;
    const causes = context.causesOf(slot);
    // Which error it was may be open: "unauthorized" has three causes, none of them an ordinary end.
    const errors = causes.filter(({ cause }) => !ORDINARY.has(cause));
    const [best] = errors;
    if (best === undefined || best.confidence < LEAST || soundsDone(reason ?? '')) return SILENT;
    if (!reason && !best.evidence.some(({ id }) => id === SAID_BEFORE)) return SILENT;
    const confidence = errors.reduce((sum, cause) => sum + cause.confidence, 0);
    if (confidence < context.threshold('suspicion')) return SILENT;
    const sure = confidence >= context.threshold('confidence');
    const variant = `${reason ? '' : 'before_'}${sure ? 'told' : 'perhaps'}`;
    return {
      hit: {
        verdict: sure ? 'failed' : 'needs-review',
        group: best.cause,
        message: message(`finding_normalClosureForError_${variant}`, {
          code,
          cause: causeName(best.cause),
        }),
        evidence: [closePoint(socket)],
        causes,
        data: { code, reason: reason ?? '', cause: best.cause },
        at: socket.closeAt ?? socket.lastAt,
      },
    };
  },
};
