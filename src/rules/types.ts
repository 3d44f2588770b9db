import type { Message } from '../model/message.ts';

/** `needs-review` stands where evidence is missing: it never turns into `passed`. */
export type Verdict = 'failed' | 'needs-review' | 'passed' | 'not-applicable';

export type CauseId =
  | 'auth-missing'
  | 'auth-invalid'
  | 'auth-expired'
  | 'forbidden'
  | 'forbidden-origin'
  | 'rate-limit'
  | 'quota-or-billing'
  | 'connection-limit'
  | 'message-too-large'
  | 'message-malformed'
  | 'content-policy'
  | 'unsupported-feature-or-endpoint'
  | 'not-found'
  | 'protocol-or-subprotocol'
  | 'idle-timeout'
  | 'slow-consumer'
  | 'duplicate-session'
  | 'replaced-or-kicked'
  | 'session-expired'
  | 'server-restart'
  | 'server-shutdown'
  | 'internal-error'
  | 'unknown';

export interface Cause {
  readonly cause: CauseId;
  /** 0 to 1, calibrated: of the answers given with 0.8, eight in ten are right. */
  readonly confidence: number;
  readonly evidence: readonly Message[];
}

/** An event that a finding rests on, for the reader to look at. */
export interface EvidencePoint {
  readonly t: number;
  readonly socket?: string;
  readonly message: Message;
}

export interface Finding {
  readonly rule: string;
  readonly verdict: Verdict;
  /** Ids, in order of construction. */
  readonly sockets: readonly string[];
  readonly endpoint: string;
  readonly message: Message;
  readonly evidence: readonly EvidencePoint[];
  readonly causes?: readonly Cause[];
  /** Numbers and names behind the message, for other programs. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Session time of the deciding moment. */
  readonly at: number;
}

export type ChainVerdict =
  | 'reconnected'
  | 'no-reconnect'
  | 'reconnects-immediately'
  | 'reconnects-fixed'
  | 'reconnects-fixed-jittered'
  | 'reconnects-with-backoff'
  | 'gave-up'
  | 'transport-fallback'
  | 'page-reload'
  | 'no-close'
  | 'not-detected';

/** The sockets that replaced one another at one endpoint. */
export interface Chain {
  /** Stable while the session grows. */
  readonly id: string;
  readonly endpoint: string;
  readonly sockets: readonly string[];
  readonly verdict: ChainVerdict;
  /** Close to the next construction, milliseconds. */
  readonly delaysMs: readonly number[];
  /** Socket ids: the ended one and the one that filled its vacancy, if any. */
  readonly replacements: readonly { readonly ended: string; readonly by?: string }[];
  readonly data: Readonly<Record<string, unknown>>;
}

export type Severity = 'error' | 'warning' | 'advice' | 'information';

/** A number a user may change. `unit` is `ms`, `count`, `ratio` or `bytes`. */
export interface Threshold {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: 'ms' | 'count' | 'ratio' | 'bytes';
}

/** What a rule says of itself; sentences are `rule_<camelId>_{title,why,fix,fine}` in the locales. */
export interface RuleMeta {
  readonly id: string;
  readonly severity: Severity;
  readonly thresholds: Readonly<Record<string, Threshold>>;
  /** The clause that it rests on, such as "RFC 6455 §7.4.1". */
  readonly spec: string;
  readonly requires: readonly string[];
}

/** Settings a person made: rules off, thresholds, endpoints that a rule leaves alone. */
export interface RuleSettings {
  readonly off?: readonly string[];
  readonly thresholds?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly suppressed?: readonly { readonly rule: string; readonly endpoint: string }[];
}
