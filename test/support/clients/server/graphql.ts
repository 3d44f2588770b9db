import { once } from 'node:events';
import { createRequire } from 'node:module';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Turn } from './turns.ts';

// The very copy that graphql-ws loads: a bundler would take the package's other build, whose
// schemas graphql-ws refuses.
const { buildSchema } = createRequire(import.meta.url)('graphql') as typeof import('graphql');

const schema = buildSchema(`
  type Query { echo(text: String!): String! }
  type Subscription { greetings: String! count(to: Int!): Int! }
`);

interface Context {
  readonly socket: WebSocket;
  readonly turn: Turn;
}

/** graphql-ws's own server. Give it sockets by `emit('connection', …)`. */
export function graphqlServer(turnOf: (socket: WebSocket) => Turn): WebSocketServer {
  const server = new WebSocketServer({ noServer: true });
  useServer(
    {
      schema,
      context: ({ extra: { socket } }): Context => ({ socket, turn: turnOf(socket) }),
      roots: {
        query: { echo: ({ text }: { text: string }) => text },
        subscription: {
          async *greetings(_: unknown, { socket, turn }: Context) {
            yield { greetings: `hello of connection ${turn.number}` };
            turn.answered(socket);
            if (socket.readyState === socket.OPEN) await once(socket, 'close');
          },
          async *count({ to }: { to: number }) {
            for (let count = 1; count <= to; count++) yield { count };
          },
        },
      },
    },
    server,
  );
  return server;
}
