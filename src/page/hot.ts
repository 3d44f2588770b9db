import { cleanError, put, putOrWatch } from './hook.ts';
import { equip, Hot, natives, placed, type Traffic } from './hot-methods.ts';
import {
  define,
  getOwnPropertyDescriptor,
  setPrototypeOf,
  socketBuffered,
  socketState,
} from './natives.ts';
import type { SocketMeta } from './store.ts';

/** A call of `send()` that the browser may take. */
interface Sending {
  readonly meta: SocketMeta;
  readonly self: unknown;
  readonly message: unknown;
  readonly before: number;
}

/** Gives the methods a native member to inherit. */
function take(owner: { readonly prototype: object }, key: string): void {
  define(natives, key, getOwnPropertyDescriptor(owner.prototype, key) as PropertyDescriptor);
}

/**
 * Hooks what runs for every message.
 * @param isBusy whether so much is sent that each call must cost next to nothing
 */
export function hookTraffic(traffic: Traffic, isBusy: () => boolean): void {
  equip(traffic, cleanError);
  setPrototypeOf(natives, null);
  take(MessageEvent, 'data');
  take(Event, 'target');
  take(WebSocket, 'readyState');
  take(WebSocket, 'bufferedAmount');
  take(WebSocket, 'send');
  placed(
    put(MessageEvent.prototype, 'data', 'get', Hot.prototype['get data']),
    putOrWatch<Sending | undefined>(
      WebSocket.prototype,
      'send',
      Hot.prototype.send,
      {
        before(self, args, below) {
          const meta = traffic.touch(self, below);
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
            traffic.sent(call.meta, call.message, call.before, socketBuffered(call.self));
          }
        },
      },
      isBusy,
    ),
  );
}
