import { connectLink } from '../link/connect.ts';
import { handoverChannel, type ToDevtools, type ToPanel } from '../link/handover.ts';
import type { Link, LinkOptions } from '../link/types.ts';
import type { SessionEvent } from '../model/events.ts';
import type { SessionStore } from './session-store.ts';

/** The devtools page answers within a task or two; without it the tab's own memory must do. */
const ANSWER_MS = 1_000;

/** After a navigation the new document's content script may still be on its way. */
const RENEW_MS = [500, 3_000];

/** What the browser itself told while paused, kept at most. */
const MOST_HELD = 2_000;
/** After a pause the recorder's own events come first: what the browser told joins them. */
const RESUMED_MS = 300;

export interface TabWatch {
  setOptions(options: LinkOptions): void;
  /** Tells the background what the button's badge counts. */
  setFailed(count: number): void;
}

/** Feeds the store from the inspected tab, going on from where the devtools page stopped. */
export function watchTab(tabId: number, store: SessionStore): TabWatch {
  const channel = handoverChannel(tabId);
  let link: Link | undefined;
  let options: LinkOptions = { previews: false, paused: false };
  let failed = 0;

  let held: SessionEvent[] = [];

  const connect = (from: Readonly<Record<string, number>>) => {
    if (link !== undefined) return;
    link = connectLink({
      tabId,
      from,
      listener: {
        events: (batch) => store.receive(batch),
        status: (status) => store.setStatus(status),
      },
    });
    link.setOptions(options);
    link.setFailed(failed);
  };

  channel.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
    switch (data?.type) {
      case 'kept':
        if (link !== undefined) return;
        store.receive(data.events);
        if (data.status !== undefined) store.setStatus(data.status);
        connect(data.position);
        break;
      case 'events':
        if (options.paused) held = [...held, ...data.events].slice(-MOST_HELD);
        else store.receive(data.events);
        break;
      case 'navigated':
        store.navigated();
        for (const ms of RENEW_MS) {
          setTimeout(() => {
            link?.renew();
            // The browser has taken the badge off the tab with its old page.
            link?.setFailed(failed);
          }, ms);
        }
        break;
    }
  });
  channel.postMessage({ type: 'take-over' } satisfies ToDevtools);
  setTimeout(() => connect({}), ANSWER_MS);

  return {
    setOptions(next) {
      const resumed = options.paused && !next.paused;
      options = next;
      link?.setOptions(next);
      if (!resumed || held.length === 0) return;
      const events = held;
      held = [];
      setTimeout(() => store.receive(events), RESUMED_MS);
    },
    setFailed(count) {
      failed = count;
      link?.setFailed(count);
    },
  };
}
