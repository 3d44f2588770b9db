import { type Channel, Socket } from 'phoenix';
import { TOKEN } from '../flows.ts';
import {
  bytes,
  type ClientRun,
  describeBytes,
  describeTexts,
  FLOOD,
  type Journal,
} from './journal.ts';

export const runPhoenix: ClientRun = (journal, path) => {
  const socket = new Socket(path, { params: { token: TOKEN } });
  socket.onOpen(() => journal.tell('open'));
  socket.onError(() => journal.tell('error'));
  socket.onClose((event: CloseEvent) => {
    journal.tell('close', event.code, event.reason, event.wasClean);
    if (journal.flow.stops) journal.settle();
  });
  socket.connect();
  const channel = socket.channel('room:lobby', {});
  channel.onError((reason: unknown) => journal.tell('channel error', JSON.stringify(reason)));
  // Called again for each time that it joins anew.
  channel.join().receive('ok', () => {
    journal.tell('joined');
    channel.push('echo', { text: 'hello' }).receive('ok', ({ text }: { text: string }) => {
      journal.tell('answer', text);
      if (journal.flow.stops) socket.disconnect();
      else if (journal.isLast(text)) exercise(journal, channel);
    });
  });
};

function exercise(journal: Journal, channel: Channel): void {
  channel.push('echo', bytes().buffer).receive('ok', (data: ArrayBuffer) => {
    journal.tell('binary', describeBytes(data));
  });
  const flood: string[] = [];
  for (let i = 0; i < FLOOD; i++) {
    channel.push('echo', { text: `flood ${i}` }).receive('ok', ({ text }: { text: string }) => {
      flood.push(text);
      if (flood.length < FLOOD) return;
      journal.tell('flood', describeTexts(flood));
      journal.settle();
    });
  }
}
