import type { CloseContext } from '../types.ts';
import { credentialPresented, crossSite } from './address.ts';
import { factsOf, type Signal } from './facts.ts';
import { manyContemporaries, sameAge, twin, workedBefore } from './others.ts';
import { idle, loginDeadline, longLived } from './time.ts';
import { answeredASend, backlog, burst, largestMessage, nothingSent, oddKind } from './traffic.ts';

export type { Signal } from './facts.ts';

/** Everything but the words, strongest first. Pure. */
export function observeBehaviour(context: CloseContext): Signal[] {
  const facts = factsOf(context.socket);
  const signals = [
    burst(facts),
    largestMessage(facts),
    oddKind(facts),
    twin(facts, context.contemporaries),
    manyContemporaries(facts, context.contemporaries),
    backlog(facts),
    sameAge(facts, context.earlier),
    workedBefore(facts, context.earlier),
    idle(facts),
    loginDeadline(facts),
    nothingSent(facts),
    answeredASend(facts),
    credentialPresented(facts),
    crossSite(facts),
    longLived(facts),
  ];
  return signals.filter((signal) => signal !== undefined);
}
