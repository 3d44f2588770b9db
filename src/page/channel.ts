import { HANDOVER } from '../protocol/handover.ts';
import { joinRegister, ownRegister } from './disguise.ts';
import { borrow, type Lend } from './forwarder.ts';
import { guarded } from './guarded.ts';
import { addListener, dispatch, eventDetail, ownStacks, relatedTarget, tell } from './natives.ts';

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
  const node = new Comment();
  on(node, 'ask', (event) => {
    const request = eventDetail(event);
    if (typeof request === 'string') {
      tell(node, 'answer', ask(request));
    }
  });
  // The relay knows the node of an ancestor's recorder, the page does not.
  if (ownStacks) {
    on(node, 'kin', (event) => {
      const box = { register: undefined as object | undefined };
      const kin = relatedTarget(event);
      if (kin !== null) tell(kin, 'join', box);
      if (box.register !== undefined) joinRegister(box.register);
    });
    on(node, 'join', (event) => {
      (eventDetail(event) as { register: object }).register = ownRegister();
    });
  } else {
    // And the relay can make native functions.
    on(node, 'lend', (event) => borrow(eventDetail(event) as Lend));
  }
  // Gecko knows a `load` by the plainest kind of event alone, and there `detail` may be a node of the page's.
  if (ownStacks) dispatch(document, new FocusEvent(HANDOVER, { relatedTarget: node }));
  else tell(document, HANDOVER, node);
  return { tell: (what) => tell(node, 'tell', what) };
}

function on(node: EventTarget, type: string, hear: (event: Event) => void): void {
  addListener(node, type, guarded(hear));
}
