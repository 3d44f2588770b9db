import { narrate, type Say } from './sockets.ts';

export interface BackoffOptions {
  /** Milliseconds before the first retry, doubled each time. */
  readonly base: number;
  readonly cap: number;
  readonly tries: number;
  /** A connection that lived this long counts as a success: the next wait is short again. */
  readonly stableAfter: number;
  readonly onSocket?: (socket: WebSocket) => void;
}

/**
 * Reconnects as RFC 6455 §7.2.3 advises: exponential backoff with jitter. The delay starts over only after
 * a connection that held, not after one that merely opened.
 */
export function connectWithBackoff(url: string, say: Say, options: BackoffOptions): void {
  let failures = 0;
  const connect = () => {
    const socket = new WebSocket(url);
    let openedAt = Number.POSITIVE_INFINITY;
    narrate(socket, say);
    options.onSocket?.(socket);
    socket.addEventListener('open', () => {
      openedAt = performance.now();
    });
    socket.addEventListener('close', ({ code }) => {
      if (code === 1000 || code === 1008) return;
      if (performance.now() - openedAt >= options.stableAfter) failures = 0;
      if (failures >= options.tries) return;
      const ceiling = Math.min(options.cap, options.base * 2 ** failures);
      const delay = ceiling * (0.75 + Math.random() * 0.5);
      failures += 1;
      say(`back in ${Math.round(delay)} ms`);
      setTimeout(connect, delay);
    });
  };
  connect();
}
