import type { WebSocket } from 'ws';
import type { Turn } from './turns.ts';

type Message = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

const REPLY_KIND = 1;

/** Phoenix channels, serializer version 2: joins, heartbeats and one event, `echo`. */
export function servePhoenix(socket: WebSocket, turn: Turn): void {
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      socket.send(binaryReply(data));
      return;
    }
    const [joinRef, ref, topic, event, payload] = JSON.parse(data.toString()) as Message;
    const response =
      event === 'echo'
        ? { text: `${(payload as { text: string }).text} of connection ${turn.number}` }
        : {};
    const reply = { status: 'ok', response };
    socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', reply]));
    if (event === 'echo') turn.answered(socket);
  });
}

/** Answers a binary push with its own payload. */
function binaryReply(push: Buffer): Buffer {
  const [, joinRefSize = 0, refSize = 0, topicSize = 0, eventSize = 0] = push;
  let at = 5;
  const take = (size: number) => {
    at += size;
    return push.subarray(at - size, at);
  };
  const names = [take(joinRefSize), take(refSize), take(topicSize), Buffer.from('ok')];
  at += eventSize;
  const sizes = names.map((name) => name.byteLength);
  return Buffer.concat([Buffer.from([REPLY_KIND, ...sizes]), ...names, push.subarray(at)]);
}
