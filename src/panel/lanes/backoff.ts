/**
 * The delays that a well-behaved client keeps (RFC 6455 §7.2.3): the first within 5 s at random,
 * then a truncated exponential backoff, each with its own randomness.
 */
export const FIRST_MAX_MS = 5_000;
export const BASE_MS = 1_000;
export const CAP_MS = 30_000;

export interface Envelope {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is recommended for the n-th attempt in a row, counted from 1. */
export function recommendedDelay(attempt: number): Envelope {
  if (attempt <= 1) return { fromMs: 0, toMs: FIRST_MAX_MS };
  const full = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 20));
  return { fromMs: full / 2, toMs: Math.min(CAP_MS, Math.max(FIRST_MAX_MS, full * 1.5)) };
}
