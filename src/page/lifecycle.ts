import type { PageState } from '../model/events.ts';
import { guarded } from './guarded.ts';
import { addListener, eventType, getterOf, isTrusted, persisted } from './natives.ts';

const hiddenState = getterOf<boolean>(Document, 'hidden');
const onLine = getterOf<boolean>(Navigator, 'onLine');
/** Gecko takes its time to make the object: only for a page with sockets. */
const navigatorOf = getterOf<Navigator>(globalThis, 'navigator');
const { document } = globalThis;

/** The document's, then the window's. */
const EVENTS = [
  'visibilitychange',
  'freeze',
  'resume',
  'online',
  'offline',
  'beforeunload',
  'pagehide',
  'pageshow',
];

export type TellPage = (state: PageState, persisted?: boolean) => void;

/**
 * Listens to the document's lifecycle. Called again for each new socket: listening
 * twice costs nothing, and `document.open()` takes the listeners away. Never `unload`:
 * it would cost the page its place in the back/forward cache.
 */
export function watchLifecycle(tell: TellPage): () => void {
  const listener = guarded((event: Event): void => {
    if (!isTrusted(event)) return;
    const type = eventType(event);
    if (type === 'visibilitychange') tell(hiddenState(document) ? 'hidden' : 'visible');
    else if (type === 'pagehide' || type === 'pageshow') tell(type, persisted(event));
    else tell(type as PageState);
  });
  return () => {
    for (let i = 0; i < 8; i += 1) {
      addListener(i < 3 ? document : window, EVENTS[i] as string, listener, true);
    }
  };
}

/** What a watch that starts now would otherwise not know. */
export function tellState(tell: TellPage): void {
  if (hiddenState(document)) tell('hidden');
  if (!onLine(navigatorOf(window))) tell('offline');
}
