import { abnormalClosure } from './abnormal-closure.ts';
import { backoffResetOnOpen } from './backoff-reset-on-open.ts';
import { goingAwayByPage } from './going-away-by-page.ts';
import { handshakeRejected } from './handshake-rejected.ts';
import { hungClosingHandshake } from './hung-closing-handshake.ts';
import { invalidCloseCall } from './invalid-close-call.ts';
import { missingReconnection } from './missing-reconnection.ts';
import { normalClosureForError } from './normal-closure-for-error.ts';
import { overlappingReconnections } from './overlapping-reconnections.ts';
import { policyViolation } from './policy-violation.ts';
import { policyViolationMisused } from './policy-violation-misused.ts';
import { policyViolationRetryLoop } from './policy-violation-retry-loop.ts';
import { policyViolationWithoutReason } from './policy-violation-without-reason.ts';
import { reconnectionAbandoned } from './reconnection-abandoned.ts';
import { reconnectionStorm } from './reconnection-storm.ts';
import { reconnectionWithoutBackoff } from './reconnection-without-backoff.ts';
import { recurringGoingAway } from './recurring-going-away.ts';
import { retryHintIgnored } from './retry-hint-ignored.ts';
import type { Rule } from './rule.ts';
import { serverClosure } from './server-closure.ts';
import { silentIdleTimeout } from './silent-idle-timeout.ts';
import { socketLeak } from './socket-leak.ts';

/** Every rule. A rule's file, its id and its place here go together: a test holds them so. */
export const RULES: readonly Rule[] = [
  policyViolation,
  policyViolationRetryLoop,
  policyViolationMisused,
  policyViolationWithoutReason,
  missingReconnection,
  reconnectionWithoutBackoff,
  reconnectionStorm,
  backoffResetOnOpen,
  reconnectionAbandoned,
  overlappingReconnections,
  retryHintIgnored,
  recurringGoingAway,
  goingAwayByPage,
  handshakeRejected,
  abnormalClosure,
  silentIdleTimeout,
  normalClosureForError,
  invalidCloseCall,
  hungClosingHandshake,
  socketLeak,
  serverClosure,
];
