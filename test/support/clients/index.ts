export { bundleClients } from './bundle.ts';
export { type Ending, type Flow, flows, type Library, pathOf, TOKEN } from './flows.ts';
export type { Told } from './page/main.ts';
export { type ClientsServer, startClientsServer } from './server/server.ts';
