import { flows, type Library, pathOf } from '../flows.ts';
import { runGraphqlWs } from './graphql-ws.ts';
import { type ClientRun, Journal } from './journal.ts';
import { runPhoenix } from './phoenix.ts';
import { runReconnectingWebSocket } from './reconnecting-websocket.ts';
import { runSignalR } from './signalr.ts';
import { runSocketIo } from './socket-io.ts';

/** What each flow told, by its path; and what went wrong beside it. */
export interface Told {
  readonly flows: Readonly<
    Record<string, { readonly events: string[]; readonly settled: boolean }>
  >;
  readonly errors: readonly string[];
}

declare global {
  interface Window {
    told(): Told;
  }
}

const clients: Readonly<Record<Library, ClientRun>> = {
  'reconnecting-websocket': runReconnectingWebSocket,
  'socket.io': runSocketIo,
  'graphql-ws': runGraphqlWs,
  signalr: runSignalR,
  phoenix: runPhoenix,
};

const errors: string[] = [];
addEventListener('error', ({ message }) => errors.push(message));
addEventListener('unhandledrejection', ({ reason }) => errors.push(`unhandled: ${reason}`));

const journals = flows.map((flow) => new Journal(flow));
for (const journal of journals) void clients[journal.flow.library](journal, pathOf(journal.flow));

window.told = () => ({
  flows: Object.fromEntries(
    journals.map(({ flow, events, settled }) => [pathOf(flow), { events, settled }]),
  ),
  errors,
});
