import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Turn } from './turns.ts';

const END_OF_RECORD = '\x1e';
const INVOCATION = 1;
const STREAM_ITEM = 2;
const COMPLETION = 3;
const STREAM_INVOCATION = 4;
const PING = 6;
/** The client gives up after 30 s without a word. */
const PING_EVERY_MS = 10_000;

interface Invocation {
  readonly type?: number;
  readonly invocationId?: string;
  readonly arguments?: readonly unknown[];
}

/** The answer to a client that asks over HTTP how it may connect. */
export function negotiation(): string {
  return JSON.stringify({
    negotiateVersion: 1,
    connectionId: randomUUID(),
    connectionToken: randomUUID(),
    availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }],
  });
}

/** SignalR's JSON hub protocol: the handshake, `Echo(text)` and the stream `Count(to)`. */
export function serveSignalR(socket: WebSocket, turn: Turn): void {
  const send = (record: object) => socket.send(JSON.stringify(record) + END_OF_RECORD);
  let greeted = false;
  socket.on('message', (data) => {
    for (const text of String(data).split(END_OF_RECORD).filter(Boolean)) {
      if (!greeted) {
        greeted = true;
        send({});
        const pings = setInterval(() => send({ type: PING }), PING_EVERY_MS);
        socket.once('close', () => clearInterval(pings));
        continue;
      }
      const { type, invocationId, arguments: [first] = [] } = JSON.parse(text) as Invocation;
      if (type === INVOCATION) {
        const result = `${first} of connection ${turn.number}`;
        send({ type: COMPLETION, invocationId, result });
        turn.answered(socket);
      } else if (type === STREAM_INVOCATION) {
        for (let item = 1; item <= Number(first); item++) {
          send({ type: STREAM_ITEM, invocationId, item });
        }
        send({ type: COMPLETION, invocationId });
      }
    }
  });
}
