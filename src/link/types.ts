import type { SessionEvent } from '../model/events.ts';

/**
 * What reaches the devtools page or the panel from the inspected tab. Here `t` is
 * wall-clock milliseconds since 1970; whoever keeps the session subtracts its start.
 */
export interface LinkListener {
  /** In order within one document; each event exactly once, whatever hop died meanwhile. */
  events(batch: readonly SessionEvent[]): void;
  status(status: LinkStatus): void;
}

export interface LinkStatus {
  /** The background answers. */
  readonly connected: boolean;
  /** How often the background went away and came back. */
  readonly backgroundRestarts: number;
  /** Documents of the tab that answered (their content script runs). */
  readonly documents: number;
  /**
   * Why nothing can be recorded now: the page was loaded before the extension
   * (or an older version of it is in the page) and must be reloaded, the browser
   * does not grant access to the site, or pages of this kind take no content scripts.
   */
  readonly problem?: 'reload-needed' | 'no-site-access' | 'restricted-page';
}

export interface LinkOptions {
  /** Record the start of each message's payload. Off until asked for. */
  readonly previews: boolean;
  readonly paused: boolean;
}

export interface Link {
  /** Highest sequence number seen of each document: hand it over to resume elsewhere. */
  readonly position: Readonly<Record<string, number>>;
  setOptions(options: LinkOptions): void;
  /** Tells how many findings failed, now and whenever the background comes back. */
  setFailed(count: number): void;
  /** Asks again whether the tab can be watched, where it could not: it may have been reloaded. */
  renew(): void;
  close(): void;
}
