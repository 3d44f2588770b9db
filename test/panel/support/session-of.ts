import type { SessionEvent } from '../../../src/model/events.ts';
import { Session } from '../../../src/panel/session.ts';
import { createDiagnosis } from '../../../src/rules/create-diagnosis.ts';
import type { RuleSettings } from '../../../src/rules/types.ts';
import { FakeClock } from './fake-clock.ts';

/** A session read from a file, with everything taken in. */
export function sessionOf(events: readonly SessionEvent[], settings?: RuleSettings): Session {
  const clock = new FakeClock();
  const session = new Session({
    name: 'test.json',
    startedAt: clock.now(),
    live: false,
    clock,
    createDiagnosis,
    settings,
  });
  session.add([...events].sort((a, b) => a.t - b.t));
  clock.advance(10_000);
  return session;
}
