import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { TOKEN } from '../flows.ts';
import { type ClientRun, describeTexts, FLOOD } from './journal.ts';

export const runSignalR: ClientRun = async (journal, path) => {
  const { name, stops } = journal.flow;
  const builder = new HubConnectionBuilder()
    .withUrl(path, { accessTokenFactory: () => TOKEN })
    .configureLogging(LogLevel.None);
  if (!name.endsWith('without-reconnect')) builder.withAutomaticReconnect();
  const hub = builder.build();
  const hello = async () => {
    const answer = await hub.invoke<string>('Echo', 'hello');
    journal.tell('answer', answer);
    if (stops) await hub.stop();
    else if (journal.isLast(answer)) {
      const counts: number[] = [];
      hub.stream<number>('Count', FLOOD).subscribe({
        next: (count) => counts.push(count),
        error: (error) => journal.tell('stream failed', error),
        complete: () => {
          journal.tell('stream complete', describeTexts(counts));
          journal.settle();
        },
      });
    }
  };
  hub.onreconnecting((error) => journal.tell('reconnecting', error?.message));
  hub.onreconnected(() => {
    journal.tell('reconnected', hub.state);
    void hello();
  });
  hub.onclose((error) => {
    journal.tell('close', error?.message);
    journal.settle();
  });
  await hub.start();
  journal.tell('started', hub.state);
  await hello();
};
