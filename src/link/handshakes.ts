import browser from 'webextension-polyfill';
import { readHandshake, type SeenHandshake } from './handshake-entry.ts';

export type { SeenHandshake };

/**
 * Tells of every WebSocket handshake of the inspected tab, failed ones and those of
 * workers too. Only in a devtools page or panel: the browser tells of a request when it
 * ends, and of none from before DevTools opened.
 *
 * @returns stops telling
 */
export function watchHandshakes(told: (handshake: SeenHandshake) => void): () => void {
  const network: typeof browser.devtools.network | undefined = browser.devtools?.network;
  if (network?.onRequestFinished === undefined) return () => {};
  const finished = (request: unknown) => {
    const handshake = readHandshake(request, Date.now());
    if (handshake !== undefined) told(handshake);
  };
  network.onRequestFinished.addListener(finished);
  return () => network.onRequestFinished.removeListener(finished);
}
