import { missingReconnection } from './missing-reconnection.ts';
import { policyViolation } from './policy-violation.ts';
import type { Rule } from './rule.ts';
import { serverClosure } from './server-closure.ts';

/** Every rule. A rule's file, its id and its place here go together: a test holds them so. */
export const RULES: readonly Rule[] = [policyViolation, missingReconnection, serverClosure];
