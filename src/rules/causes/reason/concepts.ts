/**
 * What a phrase of a close reason can speak of. Things, states and whole
 * statements; causes are composed of them in `../compositions.ts`.
 */
export const CONCEPTS = [
  // Things
  'credential',
  'auth',
  'hello',
  'session',
  'account',
  'connection',
  'message',
  'place',
  'parameter',
  'endpoint',
  'feature',
  'protocol',
  'origin',
  'address',
  'subscription',
  'money',
  'quota',
  'buffer',
  'server',
  'client',
  'request',
  'binary',
  'text',
  'heartbeat',
  'period',
  'lifetime',
  'format',
  'agreement',
  'matter',
  // States
  'missing',
  'required',
  'invalid',
  'failed',
  'expired',
  'not-found',
  'unknown-thing',
  'denied',
  'rejected',
  'disabled',
  'banned',
  'revoked',
  'duplicate',
  'replaced',
  'elsewhere',
  'kicked',
  'ended',
  'limit',
  'exceeded',
  'too-many',
  'full',
  'concurrent',
  'rate',
  'flood',
  'large',
  'size',
  'slow',
  'idle',
  'timeout',
  'shutdown',
  'restart',
  'reconnect',
  'retry-later',
  'internal',
  'error',
  'unavailable',
  'unsupported',
  'only',
  'outdated',
  'mismatch',
  'unexpected',
  'insufficient',
  'content',
  'policy',
  'not',
  // Statements that decide by themselves
  'unauthenticated',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'timed-out-wait',
  'no-membership',
  'went-away',
  'not-presented',
  'per-connection',
  'failed-to',
  'no',
  'deleted',
  'overflow',
  'single',
  'carrier',
  'per-scope',
  'upstream',
  'stream',
] as const;

/**
 * Concepts that name a thing, not what befell it. A phrase that only tells a
 * state keeps the things among its words: "binary only" is also about binary.
 */
export const THINGS: ReadonlySet<string> = new Set(CONCEPTS.slice(0, CONCEPTS.indexOf('missing')));

/** Concepts that decide by themselves; their words say nothing more. */
export const STATEMENTS: ReadonlySet<string> = new Set([
  'unauthenticated',
  'not-presented',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'no-membership',
  'went-away',
]);

export type Concept = (typeof CONCEPTS)[number];

/** Phrases per concept. `stem*` matches a word's beginning; see `matcher.ts`. */
export type Lexicon = Readonly<Partial<Record<Concept, readonly string[]>>>;
