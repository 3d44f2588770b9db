import { HANDOVER, type Told, type Verb } from '../protocol/handover.ts';

/** The recorder in the page's world, as the relay sees it. */
export interface Recorder {
  /** Undefined where no recorder is there (yet), or it fell silent. */
  ask(verb: Verb, argument: number): string | undefined;
  /** Who hears what the recorder tells; one listener. */
  heard: (told: Told) => void;
  /** It was there before this relay: it may have met sockets already. */
  readonly again: boolean;
}

const TOLD: ReadonlySet<unknown> = new Set<Told>(['met', 'news', 'pagehide', 'pageshow']);

/**
 * Waits for the recorder's node: it is dispatched before the page's first script, by
 * the next content script of the manifest, and never again.
 *
 * A frame's first, empty document may give way to another one of its origin in the same
 * window. Both scripts run again there, beside those that ran before: the recorder that is
 * there goes on, the new one is told so and leaves, and the new relay takes the old one's place.
 */
export function listenToRecorder(): Recorder {
  const shared = window as Shared;
  let node: EventTarget | null = shared.websocketCloseInspectorNode ?? null;
  let answer: string | undefined;
  let retired = false;
  const recorder: Recorder = {
    ask(verb, argument) {
      answer = undefined;
      if (!retired) node?.dispatchEvent(new CustomEvent('ask', { detail: `${verb} ${argument}` }));
      return answer;
    },
    heard: () => {},
    again: node !== null,
  };
  const hear = (to: EventTarget) => {
    to.addEventListener('answer', (e) => {
      const { detail } = e as CustomEvent<unknown>;
      if (!retired && typeof detail === 'string') answer = detail;
    });
    to.addEventListener('tell', (e) => {
      const { detail } = e as CustomEvent<unknown>;
      if (!retired && TOLD.has(detail)) recorder.heard(detail as Told);
    });
  };
  if (node !== null) {
    shared.websocketCloseInspectorRetire?.();
    hear(node);
  }
  shared.websocketCloseInspectorRetire = () => {
    retired = true;
  };
  const take = (event: Event) => {
    event.stopImmediatePropagation();
    window.removeEventListener(HANDOVER, take, true);
    const given = (event as FocusEvent).relatedTarget;
    if (node !== null) {
      given?.dispatchEvent(new CustomEvent('known'));
      return;
    }
    node = given;
    introduceKin(node);
    if (node !== null) hear(node);
  };
  window.addEventListener(HANDOVER, take, true);
  return recorder;
}

type Shared = Window & {
  websocketCloseInspectorNode?: EventTarget | null;
  /** Silences the relay that ran here before. */
  websocketCloseInspectorRetire?: () => void;
};

/**
 * Makes the recorder known to that of the farthest ancestor of the same origin. Chrome
 * gives the content scripts of one extension in documents of one origin each other's
 * globals (the page's are others); Firefox does not, and does not need it.
 */
function introduceKin(node: EventTarget | null): void {
  (window as Shared).websocketCloseInspectorNode = node;
  let kin: EventTarget | undefined;
  for (let at: Window = window; at !== at.parent; ) {
    at = at.parent;
    try {
      kin = (at as Shared).websocketCloseInspectorNode ?? kin;
    } catch {
      // Another origin.
    }
  }
  if (kin !== undefined && node !== null) {
    try {
      node.dispatchEvent(new FocusEvent('kin', { relatedTarget: kin }));
    } catch {}
  }
}
