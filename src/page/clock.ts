import { now, wallClock } from './natives.ts';

export interface Clock {
  /** Epoch milliseconds, never going back. */
  (): number;
  /** Follows the wall clock after the machine slept: some browsers' monotonic clock stands still meanwhile. */
  check(): void;
}

/** Milliseconds that both clocks may differ before the wall clock is believed. */
const DRIFT = 1500;

export function createClock(): Clock {
  let offset = wallClock() - now();
  const clock = () => now() + offset;
  clock.check = () => {
    const ahead = wallClock() - (now() + offset);
    if (ahead > DRIFT) offset += ahead;
  };
  return clock;
}
