import ReconnectingWebSocket from 'reconnecting-websocket';
import { TOKEN } from '../flows.ts';
import {
  bytes,
  type ClientRun,
  describeBytes,
  describeTexts,
  FLOOD,
  type Journal,
  tracedClass,
} from './journal.ts';

export const runReconnectingWebSocket: ClientRun = (journal, path) => {
  const url = `${location.origin.replace('http', 'ws')}${path}?token=${TOKEN}`;
  // Its first wait is drawn once a page from 1 to 5 s; drawn high, six waits last a minute.
  const options = {
    ...(journal.flow.name === 'refused-again' ? { minReconnectionDelay: 1000 } : {}),
    ...(journal.flow.name.endsWith('of-subclass') ? { WebSocket: tracedClass(journal) } : {}),
  };
  const flood: string[] = [];
  const socket = new ReconnectingWebSocket(url, ['echo.v1'], options);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    journal.tell('open', socket.protocol, socket.readyState);
    socket.send('hello');
  });
  socket.addEventListener('error', ({ message }) => journal.tell('error', message));
  socket.addEventListener('close', ({ code, reason, wasClean }) => {
    journal.tell('close', code, reason, wasClean);
    if (journal.flow.stops) journal.settle();
  });
  socket.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') {
      binary(journal, data as ArrayBuffer);
      return;
    }
    if (data.startsWith('flood')) {
      flood.push(data);
      if (flood.length === FLOOD) journal.tell('flood', describeTexts(flood));
      return;
    }
    journal.tell('message', data);
    if (journal.flow.stops) socket.close(1000, 'done');
    else if (journal.isLast(data)) {
      for (let i = 0; i < FLOOD; i++) socket.send(`flood ${i}`);
      socket.send(bytes());
      socket.send(new Blob([bytes()]));
    }
  });
};

function binary(journal: Journal, data: ArrayBuffer): void {
  journal.tell('binary', describeBytes(data));
  if (journal.events.filter((event) => event.startsWith('binary')).length === 2) journal.settle();
}
