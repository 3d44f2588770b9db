import browser from 'webextension-polyfill';
import { LINK_PORT } from '../protocol/border.ts';
import { createLink } from './reader.ts';
import type { Link, LinkListener } from './types.ts';

export interface LinkTo {
  /** `devtools.inspectedWindow.tabId`. */
  readonly tabId: number;
  readonly listener: LinkListener;
  /** `position` of another link, to go on from where it stands; default: from the start of what was kept. */
  readonly from?: Readonly<Record<string, number>>;
}

/** Watches the inspected tab, for the devtools page or the panel. */
export function connectLink({ tabId, listener, from }: LinkTo): Link {
  return createLink({
    tabId,
    listener,
    from: from ?? {},
    dial: () => browser.runtime.connect({ name: LINK_PORT }),
    later: (run, ms) => {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
    id: crypto.randomUUID(),
  });
}
