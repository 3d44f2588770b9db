import { onHandover } from '../protocol/handover.ts';

/** Name of the function that the test's driver gives every page: takes one batch as JSON. */
export const BINDING = '__websocketRecording';
/** Name of the function by which the driver asks for what is not yet sent. */
export const FLUSH = '__websocketRecordingFlush';

/** Batches are gathered for this long: a flood of messages is not a flood of calls. */
const GATHER_MS = 25;

/**
 * Takes the relay's place in a page under test: in the page's own world, loaded before the
 * recorder. A page could see it, as it could see the test's driver.
 */
export function tapRecorder(scope: Record<string, unknown>, target: EventTarget): void {
  let node: EventTarget | null = null;
  let answer: string | undefined;
  let after = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const pull = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const send = scope[BINDING];
    if (typeof send !== 'function') return;
    for (let more = true; more; ) {
      answer = undefined;
      node?.dispatchEvent(new CustomEvent('ask', { detail: `pull0 ${after}` }));
      if (!answer) return;
      const batch = JSON.parse(answer) as { last: number; more: boolean; events: unknown[] };
      if (batch.events.length > 0) send(answer);
      more = batch.more && batch.last > after;
      after = batch.last;
    }
  };

  onHandover(target, (handed) => {
    node = handed;
    node?.addEventListener('answer', (told) => {
      answer = String((told as CustomEvent).detail);
    });
    node?.addEventListener('tell', (told) => {
      if ((told as CustomEvent).detail === 'pagehide') pull();
      else timer ??= setTimeout(pull, GATHER_MS);
    });
  });
  Object.defineProperty(scope, FLUSH, { value: pull });
}
