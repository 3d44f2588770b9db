import { HANDOVER } from '../protocol/handover.ts';
import { addListener, dispatch, eventDetail, NativeCustomEvent } from './natives.ts';

/**
 * The private way to the relay in the isolated world: a node that is in no document.
 * Both worlds can dispatch at it and hear each other at once; the page has no way to
 * it, and what `document.open()` removes does not touch it.
 */
export interface Channel {
  tell(what: string): void;
}

/** @param ask answers a request of the relay, as text */
export function openChannel(ask: (request: string) => string): Channel {
  const node = document.createComment('');
  const tell = (detail: string): void => {
    dispatch(node, new NativeCustomEvent('tell', { detail }));
  };
  addListener(node, 'ask', (event: Event) => {
    try {
      const request = eventDetail(event);
      if (typeof request === 'string') {
        dispatch(node, new NativeCustomEvent('answer', { detail: ask(request) }));
      }
    } catch {}
  });
  dispatch(document, new FocusEvent(HANDOVER, { relatedTarget: node }));
  return { tell };
}
