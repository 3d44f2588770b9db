/**
 * The event by which the recorder hands the relay their private node, once, before any
 * script of the page runs. The relay's listener stops it.
 */
export const HANDOVER = 'wsci';

/** Relay to recorder, over the node: `${verb} ${number}`. */
export type Verb = `pull${0 | 1 | 2 | 3}` | 'previews' | 'events' | 'units' | 'sockets' | 'doc';

/**
 * Recorder to relay: the document met its first socket; a reader who has all can have
 * more; the document goes (fetch now) or is back.
 */
export type Told = 'met' | 'news' | 'pagehide' | 'pageshow';
