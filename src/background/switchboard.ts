import {
  PROTOCOL,
  type ToLink,
  type ToRelay,
  type Watch,
  type WatchOptions,
} from '../protocol/border.ts';
import { parseFromLink, parseFromRelay } from '../protocol/parse.ts';

/** The part of a port that the switchboard uses; `Runtime.Port` has it. */
export interface Line {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface Outside {
  /** Tells every frame of the tab that somebody watches; the top document's version, 0 where it is silent. */
  knock(tabId: number, watch: Watch): Promise<number>;
  /** Shows the number of failed findings at the extension's button, for that tab; 0 shows nothing. */
  badge(tabId: number, failed: number): void;
  /** The browser grants access to all sites. */
  access(): Promise<boolean>;
}

interface LinkEnd {
  readonly line: Line;
  readonly id: string;
  readonly tabId: number;
  options: WatchOptions;
  /** Told by the panel alone; undefined until then. */
  failed?: number;
}

interface RelayEnd {
  readonly line: Line;
  readonly tabId: number;
  readonly doc: string;
  readonly url?: string;
  readonly top?: boolean;
}

export interface Switchboard {
  link(line: Line): void;
  relay(line: Line, tabId: number, frame: { readonly url?: string; readonly top?: boolean }): void;
  /** What to answer a document that met its first socket. */
  hello(tabId: number): Watch | null;
}

/**
 * Connects the links of a tab with that tab's relays, and with nothing else. Holds
 * only open lines: when the background dies they die with it, the links dial again,
 * knock again, and ask for what follows their own place.
 */
export function createSwitchboard(outside: Outside): Switchboard {
  const links = new Set<LinkEnd>();
  const relays = new Set<RelayEnd>();

  function post(line: Line, message: ToLink | ToRelay): void {
    try {
      line.postMessage(message);
    } catch {
      // Disconnected meanwhile: its onDisconnect clears up.
    }
  }

  function watchOf(tabId: number): Watch | null {
    let watched = false;
    let previews = false;
    for (const link of links) {
      if (link.tabId !== tabId) continue;
      watched = true;
      previews ||= link.options.previews;
    }
    return watched ? { type: 'watch', v: PROTOCOL, options: { previews } } : null;
  }

  function introduce(link: LinkEnd, { doc, url, top }: RelayEnd): void {
    post(link.line, {
      type: 'document',
      doc,
      ...(url !== undefined && { url }),
      ...(top !== undefined && { top }),
    });
  }

  function tellOptions(tabId: number): void {
    // Where nobody watches any more, nothing of what messages say is kept.
    const options = watchOf(tabId)?.options ?? { previews: false };
    for (const relay of relays) {
      if (relay.tabId === tabId) post(relay.line, { type: 'options', options });
    }
  }

  function tellBadge(tabId: number): void {
    const counts = [...links]
      .filter((link) => link.tabId === tabId)
      .map((link) => link.failed ?? 0);
    outside.badge(tabId, Math.max(0, ...counts));
  }

  return {
    hello: watchOf,

    link(line) {
      let end: LinkEnd | undefined;
      line.onMessage.addListener(async (message) => {
        const parsed = parseFromLink(message);
        if (parsed === undefined) return;
        if (parsed.type === 'attach') {
          if (end !== undefined) return;
          const mine: LinkEnd = {
            line,
            id: parsed.link,
            tabId: parsed.tabId,
            options: parsed.options,
          };
          end = mine;
          links.add(mine);
          for (const relay of relays) if (relay.tabId === mine.tabId) introduce(mine, relay);
          const watch = watchOf(mine.tabId);
          const [present, access] = await Promise.all([
            watch === null ? 0 : outside.knock(mine.tabId, watch),
            outside.access(),
          ]);
          post(line, { type: 'attached', v: PROTOCOL, present, access });
        } else if (end === undefined) return;
        else if (parsed.type === 'pull') {
          for (const relay of relays) {
            if (relay.tabId === end.tabId && relay.doc === parsed.doc) {
              post(relay.line, { type: 'pull', to: end.id, after: parsed.after });
            }
          }
        } else if (parsed.type === 'failed') {
          end.failed = parsed.count;
          tellBadge(end.tabId);
        } else {
          end.options = parsed.options;
          tellOptions(end.tabId);
        }
      });
      line.onDisconnect.addListener(() => {
        if (end === undefined) return;
        links.delete(end);
        tellOptions(end.tabId);
        if (end.failed !== undefined) tellBadge(end.tabId);
      });
    },

    relay(line, tabId, frame) {
      let end: RelayEnd | undefined;
      line.onMessage.addListener((message) => {
        const parsed = parseFromRelay(message);
        if (parsed === undefined) return;
        if (parsed.type === 'document') {
          if (end !== undefined) return;
          end = { line, tabId, doc: parsed.doc, ...frame };
          relays.add(end);
          for (const link of links) if (link.tabId === tabId) introduce(link, end);
          return;
        }
        if (end === undefined) return;
        for (const link of links) {
          if (link.tabId !== tabId) continue;
          if (parsed.type === 'news') post(link.line, { type: 'news', doc: end.doc });
          else if (parsed.to === link.id) {
            post(link.line, { type: 'batch', doc: end.doc, json: parsed.json });
          }
        }
      });
      line.onDisconnect.addListener(() => {
        if (end === undefined) return;
        relays.delete(end);
        for (const link of links) {
          if (link.tabId === tabId) post(link.line, { type: 'gone', doc: end.doc });
        }
      });
    },
  };
}
