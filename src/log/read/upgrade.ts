import { LOG_VERSION } from '../types.ts';
import type { RawHeader } from './header.ts';

/**
 * Takes a log from one version to the next. Both parts see raw, unchecked values and must
 * not throw on any of them: the reader checks what comes out at the end of the chain.
 */
export interface Upgrader {
  /** The version that it starts from; it ends at `from + 1`. */
  readonly from: number;
  header(raw: RawHeader): RawHeader;
  /** Undefined leaves the event out. */
  event(raw: unknown): unknown;
}

/**
 * One upgrader a version, in order. Empty while version 1 is the only one. An upgrader is
 * never changed once a version of the tool has been released with it; its fixtures
 * (`test/fixtures/logs/vN-*`) are kept for ever.
 */
export const UPGRADERS: readonly Upgrader[] = [];

/** The upgraders to run, one by one, on a log of `version`. */
export function upgradersFrom(
  version: number,
  chain: readonly Upgrader[] = UPGRADERS,
  current: number = LOG_VERSION,
): readonly Upgrader[] {
  const steps: Upgrader[] = [];
  for (let from = version; from < current; from++) {
    const step = chain.find((one) => one.from === from);
    if (step === undefined) throw new Error(`No upgrader from version ${from} of the session log`);
    steps.push(step);
  }
  return steps;
}
