import { io } from 'socket.io-client';
import { TOKEN } from '../flows.ts';
import { bytes, type ClientRun, describeBytes, describeTexts, FLOOD } from './journal.ts';

export const runSocketIo: ClientRun = (journal, path) => {
  const socket = io({
    path,
    forceNew: true,
    auth: { token: TOKEN },
    ...(journal.flow.name.endsWith('without-polling') ? { transports: ['websocket'] } : {}),
  });
  const hello = async () => {
    journal.tell('over', socket.io.engine.transport.name);
    const answer: string = await socket.emitWithAck('echo', 'hello');
    journal.tell('answer', answer);
    if (journal.flow.stops) socket.disconnect();
    else if (journal.isLast(answer)) {
      journal.tell('binary', describeBytes(await socket.emitWithAck('echo', bytes())));
      const flood = Array.from({ length: FLOOD }, (_, i) =>
        socket.emitWithAck('echo', `flood ${i}`),
      );
      journal.tell('flood', describeTexts(await Promise.all(flood)));
      journal.settle();
    }
  };
  socket.on('connect', () => {
    const { engine } = socket.io;
    // Whether the upgrade has happened by now is a race of the library's own.
    journal.tell('connect, recovered', socket.recovered === true);
    if (engine.transport.name === 'websocket') void hello();
    else engine.once('upgrade', () => void hello());
  });
  socket.on('disconnect', (reason, details) => {
    const context = (details as { context?: CloseEvent } | undefined)?.context;
    journal.tell('disconnect', reason, context?.code, context?.reason, context?.wasClean);
    if (journal.flow.stops) journal.settle();
  });
  socket.on('connect_error', ({ message }) => journal.tell('connect_error', message));
  socket.io.on('reconnect_attempt', (attempt) => journal.tell('attempt', attempt));
  socket.io.on('reconnect', (attempt) => journal.tell('reconnect', attempt));
};
