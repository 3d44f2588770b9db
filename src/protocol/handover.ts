/**
 * The event by which the recorder hands the relay their private node, once, before any script of the page
 * runs. `load` is the one type that does not pass from a document to its window (DOM, "get the parent" of a
 * document): a frame's first window lives on in its page, with listeners that the frame's maker put there.
 */
export const HANDOVER = 'load';

/**
 * Hears, once, of the node that a recorder hands over, and lets nobody behind hear of it.
 *
 * @param at the recorder's document, before the recorder starts
 */
export function onHandover(at: EventTarget, hear: (node: EventTarget | null) => void): void {
  const take = (event: Event): void => {
    // Where no recorder runs, images and the like load past this listener.
    if (event.isTrusted || event.target !== at) return;
    event.stopImmediatePropagation();
    at.removeEventListener(HANDOVER, take, true);
    hear((event as FocusEvent).relatedTarget ?? (event as CustomEvent<EventTarget | null>).detail);
  };
  at.addEventListener(HANDOVER, take, true);
}

/**
 * Relay to recorder, over the node: `${verb} ${number}`. Whatever it is, the recorder listens again to what `document.open()` took
 * away, and lets go of what it remembers of the page's: `wake` asks for nothing else.
 */
export type Verb =
  | `pull${0 | 1 | 2 | 3}`
  | 'previews'
  | 'events'
  | 'units'
  | 'sockets'
  | 'doc'
  | 'wake';

/**
 * Recorder to relay: the document met its first socket; a reader who has all can have
 * more; the document goes (fetch now) or is back.
 */
export type Told = 'met' | 'news' | 'pagehide' | 'pageshow' | 'reading';
