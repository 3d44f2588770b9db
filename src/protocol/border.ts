/**
 * What crosses a border between two contexts, numbered. Whoever gets a message
 * parses it from `unknown` with `parse.ts` before reading it.
 *
 *   recorder ──(strings, same document)── relay ══ background ══ link (devtools, panel)
 *
 * The link pulls: nothing travels until it asks, so a slow reader slows nobody.
 */

/** Raised whenever a message changes its meaning; ends that disagree say so and stop. */
export const PROTOCOL = 1;

export const RELAY_PORT = 'websocket-relay';
export const LINK_PORT = 'websocket-link';

/** Longest batch that a hop lets through, in UTF-16 units. */
export const MAX_BATCH = 4_000_000;
/** Longest id of a document or a link. */
export const MAX_ID = 64;

/** What the person at the panel chose; travels to every document of the tab. */
export interface WatchOptions {
  readonly previews: boolean;
}

/** How much each document keeps of its history, before anybody reads it and after. */
export interface RecorderLimits {
  /** Events; a run of messages is one. */
  readonly events: number;
  /** UTF-16 units of text: URLs, reasons, stacks, previews. */
  readonly units: number;
}

export const DEFAULT_LIMITS: RecorderLimits = { events: 10_000, units: 1_000_000 };
export const LEAST_LIMITS: RecorderLimits = { events: 100, units: 100_000 };
export const MOST_LIMITS: RecorderLimits = { events: 1_000_000, units: 100_000_000 };
/** The recorder's `error` of a `close()` of which it knows only that it threw. */
export const THREW = '?';
/** Where `storage.local` keeps the user's. */
export const LIMITS_KEY = 'limits';

/** runtime.sendMessage: a document met its first socket. Answered with a `Greeting`. */
export interface Hello {
  readonly type: 'hello';
  readonly v: number;
}

/** What a document needs to know once it has a socket. */
export interface Greeting {
  /** Null where nobody watches. */
  readonly watch: Watch | null;
  /** Absent where the user chose none. */
  readonly limits?: RecorderLimits;
}

/** tabs.sendMessage to every frame: a panel wants to hear. Answered by `Present`. */
export interface Watch {
  readonly type: 'watch';
  readonly v: number;
  readonly options: WatchOptions;
}

/** The content script runs here; it dials when it has something to tell. */
export interface Present {
  readonly type: 'present';
  readonly v: number;
}

/** runtime.sendMessage: a button of the panel asks for the options page. */
export interface OpenOptions {
  readonly type: 'open-options';
}

export interface DocumentInfo {
  readonly doc: string;
  /** The document's URL, as the browser (not the page) tells it. */
  readonly url?: string;
  readonly top?: boolean;
}

/** Relay to background. */
export type FromRelay =
  | { readonly type: 'document'; readonly v: number; readonly doc: string }
  | { readonly type: 'news' }
  | Batch;

/** Events of one document after `after`, as JSON text that only the link opens. */
export interface Batch {
  readonly type: 'batch';
  /** The link that asked. */
  readonly to: string;
  readonly json: string;
}

/** Background to relay. */
export type ToRelay = Pull | { readonly type: 'options'; readonly options: WatchOptions };

export interface Pull {
  readonly type: 'pull';
  readonly to: string;
  /** The last sequence number that the link has. */
  readonly after: number;
}

/** Link to background. */
export type FromLink =
  | {
      readonly type: 'attach';
      readonly v: number;
      readonly link: string;
      readonly tabId: number;
      readonly options: WatchOptions;
    }
  | { readonly type: 'pull'; readonly doc: string; readonly after: number }
  | { readonly type: 'options'; readonly options: WatchOptions }
  /** How many findings of the tab failed, for the badge. */
  | { readonly type: 'failed'; readonly count: number };

/** Background to link. */
export type ToLink =
  | {
      readonly type: 'attached';
      readonly v: number;
      /** The top document's content script answered, with this version; 0 where none did. */
      readonly present: number;
      /** The browser grants access to all sites. */
      readonly access: boolean;
    }
  | ({ readonly type: 'document' } & DocumentInfo)
  | { readonly type: 'gone'; readonly doc: string }
  | { readonly type: 'news'; readonly doc: string }
  | { readonly type: 'batch'; readonly doc: string; readonly json: string };
