import { cleanError, put, watch } from './hook.ts';
import { equip, Hot, natives, type Received } from './hot-getter.ts';
import {
  define,
  getOwnPropertyDescriptor,
  setPrototypeOf,
  socketBuffered,
  socketState,
} from './natives.ts';
import type { SocketMeta } from './store.ts';

/** What the recorder does for every message. None of these may throw. */
export interface Traffic {
  readonly received: Received;
  /** What is known of the socket; undefined where it is none. */
  touch(self: unknown, below: unknown): SocketMeta | undefined;
  /**
   * @param before bytes that the browser held back before the call
   * @param held bytes that it holds back after it
   */
  sent(meta: SocketMeta, data: unknown, before: number, held: number): void;
}

/** A call of `send()` that the browser may take. */
interface Sending {
  readonly meta: SocketMeta;
  readonly self: unknown;
  readonly message: unknown;
  readonly before: number;
}

/** Gives the getter a native member to inherit. */
function take(owner: { readonly prototype: object }, key: string): void {
  define(natives, key, getOwnPropertyDescriptor(owner.prototype, key) as PropertyDescriptor);
}

/**
 * Hooks what runs for every message.
 * @param isBusy whether so much is sent that each call must cost next to nothing
 */
export function hookTraffic({ touch, sent, received }: Traffic, isBusy: () => boolean): void {
  setPrototypeOf(natives, null);
  take(MessageEvent, 'data');
  take(Event, 'target');
  equip(received, cleanError, put(MessageEvent.prototype, 'data', Hot.prototype['get data']));
  watch<Sending | undefined>(
    WebSocket.prototype,
    'send',
    {
      before(self, args, below) {
        const meta = touch(self, below);
        // What is sent while it closes is dropped, though `bufferedAmount` grows.
        if (meta === undefined || socketState(self) !== 1) return undefined;
        return {
          meta,
          self,
          message: args.length > 0 ? args[0] : undefined,
          before: socketBuffered(self),
        };
      },
      after(call) {
        if (call !== undefined) {
          sent(call.meta, call.message, call.before, socketBuffered(call.self));
        }
      },
    },
    isBusy,
  );
}
