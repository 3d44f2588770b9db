import { createClient } from 'graphql-ws';
import { TOKEN } from '../flows.ts';
import { type ClientRun, describeTexts, FLOOD, tracedClass } from './journal.ts';

export const runGraphqlWs: ClientRun = (journal, path) => {
  const client = createClient({
    url: `${location.origin.replace('http', 'ws')}${path}`,
    connectionParams: { token: TOKEN },
    ...(journal.flow.name.endsWith('of-subclass') ? { webSocketImpl: tracedClass(journal) } : {}),
    on: {
      connected: (socket, _payload, wasRetry) =>
        journal.tell('connected', (socket as WebSocket).protocol, 'again', wasRetry),
      closed: (event) => {
        const { code, reason, wasClean } = event as CloseEvent;
        journal.tell('closed', code, reason, wasClean);
        if (journal.flow.stops) journal.settle();
      },
      error: (error) => journal.tell('error', String(error)),
    },
  });
  const exercise = async () => {
    const echo = client.iterate({
      query: 'query ($text: String!) { echo(text: $text) }',
      variables: { text: 'ünï ✓' },
    });
    for await (const { data } of echo) journal.tell('echo', data?.echo);
    const counts: unknown[] = [];
    const query = `subscription { count(to: ${FLOOD}) }`;
    for await (const { data } of client.iterate({ query })) counts.push(data?.count);
    journal.tell('counts', describeTexts(counts));
    journal.settle();
  };
  const leave = client.subscribe<{ greetings: string }>(
    { query: 'subscription { greetings }' },
    {
      next({ data }) {
        const greeting = data?.greetings ?? '';
        journal.tell('next', greeting);
        if (journal.flow.stops) leave();
        else if (journal.isLast(greeting)) void exercise();
      },
      error(error) {
        const { code, reason } = error as CloseEvent;
        journal.tell('subscription failed', code, reason);
        journal.settle();
      },
      complete: () => journal.tell('subscription complete'),
    },
  );
};
