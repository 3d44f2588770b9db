import { cleanError, type Method, put } from './hook.ts';
import { apply, getterOf, socketBuffered, socketState, uncurry } from './natives.ts';
import type { SocketMeta } from './store.ts';

/** What the recorder does for every message. None of these may throw. */
export interface Traffic {
  /** What is known of the socket; undefined where it is none. */
  touch(self: unknown, below: unknown): SocketMeta | undefined;
  /** @param before what the browser held back before the call */
  sent(meta: SocketMeta, self: unknown, data: unknown, before: number): void;
  received(event: object, data: unknown): void;
}

/**
 * The two hooks that run for every message, as plain functions: in V8 a Proxy costs some
 * 400 ns a call, and they next to nothing. What gives such a function away in V8, the text
 * that a failed structured clone quotes, is native where more than 65,535 characters lie
 * between its name and its parameters. The build puts them there (see scripts/finish-recorder.ts); where
 * it did not, a Proxy is used.
 */
export function hookTraffic({ touch, sent, received }: Traffic): void {
  const native = WebSocket.prototype.send as Method;
  const sendOf = uncurry(native);
  const dataOf = getterOf<unknown>(MessageEvent.prototype, 'data');

  // A class, since its methods are strict: a receiver that is no object stays what it is.
  class Hot {
    'get data'() {
      let value: unknown;
      try {
        value = dataOf(this);
      } catch (error) {
        cleanError(error, [], belowData);
        throw error;
      }
      received(this, value);
      return value;
    }
    send(message: unknown) {
      const touched = touch(this, belowSend);
      // What is sent while it closes is dropped, though `bufferedAmount` grows.
      const meta = touched !== undefined && socketState(this) === 1 ? touched : undefined;
      const before = meta === undefined ? 0 : socketBuffered(this);
      try {
        // biome-ignore lint/complexity/noArguments: none given is not `undefined` given
        if (arguments.length === 0) apply(native, this, []);
        else sendOf(this, message as string);
      } catch (error) {
        cleanError(error, [message], belowSend);
        throw error;
      }
      if (meta !== undefined) sent(meta, this, message, before);
    }
  }
  const hot = Hot.prototype;
  const belowData = put(MessageEvent.prototype, 'data', 'get', hot['get data']);
  const belowSend = put(WebSocket.prototype, 'send', 'value', hot.send);
}
