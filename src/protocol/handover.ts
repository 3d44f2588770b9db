/**
 * The event by which the recorder hands the relay their private node, once, before any script of the page
 * runs. `load` is the one type that does not pass from a document to its window (DOM, "get the parent" of a
 * document): a frame's first window lives on in its page, with listeners that the frame's maker put there.
 */
export const HANDOVER = 'load';

/** Relay to recorder, over the node: `${verb} ${number}`. */
export type Verb = `pull${0 | 1 | 2 | 3}` | 'previews' | 'events' | 'units' | 'sockets' | 'doc';

/**
 * Recorder to relay: the document met its first socket; a reader who has all can have
 * more; the document goes (fetch now) or is back.
 */
export type Told = 'met' | 'news' | 'pagehide' | 'pageshow';
