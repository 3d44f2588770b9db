/** One task may take this long before it lets the page breathe. */
const SLICE_MS = 8;

/**
 * For long work in a page: called often, it lets other tasks run whenever the present one has
 * lasted long enough.
 *
 * @throws what `signal` was aborted with: the work was called off.
 */
export function createBreath(signal?: AbortSignal): () => Promise<void> | void {
  let until = performance.now() + SLICE_MS;
  return () => {
    signal?.throwIfAborted();
    if (performance.now() < until) return;
    return nextTask().then(() => {
      signal?.throwIfAborted();
      until = performance.now() + SLICE_MS;
    });
  };
}

/** Unlike a timer of 0 ms, which browsers stretch to 4 ms, a message comes at once. */
export function nextTask(): Promise<void> {
  return new Promise((next) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      next();
    };
    port2.postMessage(undefined);
  });
}
