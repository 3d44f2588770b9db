import { cleanError, type Method, put, putOrWatch } from './hook.ts';
import { equip, Hot, placed, type Traffic } from './hot-methods.ts';
import { getterOf, socketBuffered, socketState, uncurry } from './natives.ts';
import type { SocketMeta } from './store.ts';

/** A call of `send()` that the browser may take. */
interface Sending {
  readonly meta: SocketMeta;
  readonly self: unknown;
  readonly data: unknown;
  readonly held: number;
}

/**
 * Hooks what runs for every message.
 * @param isBusy whether so much is sent that each call must cost next to nothing
 */
export function hookTraffic(traffic: Traffic, isBusy: () => boolean): void {
  equip(
    traffic,
    getterOf<unknown>(MessageEvent, 'data'),
    uncurry(WebSocket.prototype.send as Method),
    socketState,
    socketBuffered,
    cleanError,
  );
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
            data: args.length > 0 ? args[0] : undefined,
            held: socketBuffered(self),
          };
        },
        after(call) {
          if (call !== undefined) traffic.sent(call.meta, call.self, call.data, call.held);
        },
      },
      isBusy,
    ),
  );
}
