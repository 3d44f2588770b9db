import { onHandover, type Told, type Verb } from '../protocol/handover.ts';

/** The recorder in the page's world, as the relay sees it. */
export interface Recorder {
  /** Undefined where no recorder is there (yet), or it fell silent. */
  ask(verb: Verb, argument: number): string | undefined;
  /** Who hears what the recorder tells; one listener. */
  heard: (told: Told) => void;
}

const TOLD: ReadonlySet<unknown> = new Set<Told>(['met', 'news', 'pagehide', 'pageshow']);

/**
 * Waits for the recorder's node: it is dispatched before the page's first script, by
 * the next content script of the manifest, and never again.
 */
export function listenToRecorder(): Recorder {
  let node: EventTarget | null = null;
  let answer: string | undefined;
  const recorder: Recorder = {
    ask(verb, argument) {
      answer = undefined;
      node?.dispatchEvent(new CustomEvent('ask', { detail: `${verb} ${argument}` }));
      return answer;
    },
    heard: () => {},
  };
  onHandover(document, (handed) => {
    node = handed;
    if (typeof exportFunction === 'function') lendTo(node, exportFunction);
    else introduceKin(node);
    node?.addEventListener('answer', (e) => {
      const { detail } = e as CustomEvent<unknown>;
      if (typeof detail === 'string') answer = detail;
    });
    node?.addEventListener('tell', (e) => {
      const { detail } = e as CustomEvent<unknown>;
      if (detail === 'met') followRoot(recorder);
      if (detail === 'reading') askSoon(recorder);
      if (TOLD.has(detail)) recorder.heard(detail as Told);
    });
  });
  return recorder;
}

/** Of Firefox's content scripts: a function of the page's world, and native there, that calls `run`. */
type Export = (run: unknown, scope: object, options?: { defineAs: string }) => unknown;
declare const exportFunction: Export | undefined;

/** Lends the recorder the making of native functions, which Firefox gives isolated worlds alone. */
function lendTo(node: EventTarget | null, toPage: Export): void {
  const lend = (run: unknown, box: object, name: string): void => {
    toPage(run, box, { defineAs: name });
  };
  node?.dispatchEvent(new CustomEvent('lend', { detail: toPage(lend, window) }));
}

/**
 * `document.open()` takes all listeners away, the recorder's too, and gives the document another root:
 * whatever it is asked then, the recorder listens again.
 */
function followRoot(recorder: Recorder): void {
  new MutationObserver(() => recorder.ask('wake', 0)).observe(document, { childList: true });
}

/** Milliseconds that a recorder may keep the latest message that the page read. */
const KEPT = 100;

/**
 * The recorder lets go of what it remembers of the page's whenever it is asked for anything. It
 * has no timer of its own: the page could tell from the numbers that its own timers get.
 */
function askSoon(recorder: Recorder): void {
  AbortSignal.timeout(KEPT).addEventListener('abort', () => recorder.ask('wake', 0));
}

type Shared = Window & { websocketCloseInspectorNode?: EventTarget | null };

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
