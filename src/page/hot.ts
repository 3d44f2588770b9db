import { cleanError, type Method, put } from './hook.ts';
import { equip, Hot, placed, type Traffic } from './hot-methods.ts';
import { getterOf, socketBuffered, socketState, uncurry } from './natives.ts';

/** Hooks what runs for every message. */
export function hookTraffic(traffic: Traffic): void {
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
    put(WebSocket.prototype, 'send', 'value', Hot.prototype.send),
  );
}
