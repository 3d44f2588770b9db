import type { WebSocket } from 'ws';
import { hostileReason } from './scenarios.ts';

export interface Visit {
  /** How many times this run of the page has come to this path, this one included. */
  readonly attempt: number;
  readonly query: URLSearchParams;
}

/** What the server does with the sockets of one scenario. */
export interface Behaviour {
  /** An HTTP status for the opening handshake, and how long the server takes to say it. */
  readonly refuse?: (
    visit: Visit,
  ) => { readonly status: number; readonly afterMs?: number } | undefined;
  readonly accept?: (socket: WebSocket, visit: Visit) => void;
  /** The server completes the handshake and then ignores everything, a close frame too. */
  readonly deaf?: boolean;
  /** Messages above this size are refused by the protocol with 1009. Bytes. */
  readonly maxPayload?: number;
  /** A port of its own: browsers make other sockets wait behind slow or failing handshakes of a host. */
  readonly ownPort?: boolean;
}

const later = (ms: number, socket: WebSocket, act: () => void): void => {
  const timer = setTimeout(act, ms);
  socket.once('close', () => clearTimeout(timer));
};

const closeAfter = (ms: number, code: number, reason: string) => (socket: WebSocket) =>
  later(ms, socket, () => socket.close(code, reason));

/** Prices, four a second, until the socket closes. */
function feed(socket: WebSocket): void {
  let price = 100;
  const timer = setInterval(() => {
    price += Math.random() - 0.5;
    socket.send(JSON.stringify({ type: 'price', value: Number(price.toFixed(2)) }));
  }, 250);
  socket.once('close', () => clearInterval(timer));
}

function rateLimited(socket: WebSocket): void {
  let messages = 0;
  const timer = setInterval(() => {
    messages = 0;
  }, 1000);
  socket.once('close', () => clearInterval(timer));
  socket.on('message', () => {
    messages += 1;
    if (messages === 21) socket.close(1008, 'rate limit exceeded: 20 messages per second');
  });
}

/** Ends a connection that was quiet for so long, as a proxy does: without a close frame. */
function cutWhenIdle(ms: number, socket: WebSocket): void {
  let timer = setTimeout(() => socket.terminate(), ms);
  socket.on('message', () => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.terminate(), ms);
  });
  socket.once('close', () => clearTimeout(timer));
}

const onMessage = (type: string, act: (socket: WebSocket) => void) => (socket: WebSocket) => {
  socket.on('message', (data) => {
    if (String(data).includes(`"type":"${type}"`)) act(socket);
  });
};

/** By the last part of the path. A path that is not here gets an echo. */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  'going-away-backoff': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt <= 4) closeAfter(attempt === 1 ? 1200 : 60, 1001, 'server restarting')(socket);
    },
  },
  'going-away-silence': {
    accept(socket) {
      feed(socket);
      closeAfter(1000, 1001, 'server going down')(socket);
    },
  },
  'going-away-immediate': {
    accept(socket, { attempt }) {
      if (attempt <= 12) closeAfter(40, 1001, 'server restarting')(socket);
    },
  },
  'going-away-recurring': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt <= 5) closeAfter(6000, 1001, '')(socket);
    },
  },
  'page-leaves': { accept: feed },
  'too-many-messages': { accept: rateLimited },
  'token-expired': { accept: closeAfter(300, 1008, 'token expired') },
  'no-authentication': {
    accept: onMessage('subscribe', (socket) =>
      socket.close(1008, 'authentication required before subscribe'),
    ),
  },
  'forbidden-content': {
    accept(socket) {
      feed(socket);
      onMessage('offence', () => socket.close(1008, 'message blocked by content filter'))(socket);
    },
  },
  'blind-retry': { accept: closeAfter(60, 1008, 'invalid token') },
  'policy-misused': {
    accept(socket) {
      socket.on('message', (data: Buffer) => {
        if (data.length > 65_536) socket.close(1008, 'message too big: limit is 65536 bytes');
      });
    },
  },
  'policy-without-reason': { accept: closeAfter(500, 1008, '') },
  'message-too-big': { accept: feed, maxPayload: 65_536 },
  'internal-error': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt === 1) {
        onMessage('report', () =>
          socket.close(1011, 'unexpected condition while handling "report"'),
        )(socket);
      }
    },
  },
  'connection-cut': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt === 1) later(1500, socket, () => socket.terminate());
    },
  },
  'handshake-refused': { refuse: () => ({ status: 403 }), ownPort: true },
  'normal-for-error': { accept: closeAfter(600, 1000, 'internal error: database unavailable') },
  'restart-hint-ignored': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt === 1) closeAfter(800, 1012, 'service restart')(socket);
    },
  },
  'restart-hint-honoured': {
    accept(socket, { attempt }) {
      feed(socket);
      if (attempt === 1) closeAfter(800, 1012, 'service restart')(socket);
    },
  },
  'try-again-later': {
    accept(socket, { attempt }) {
      if (attempt <= 2) closeAfter(400, 1013, 'overloaded')(socket);
    },
  },
  'reconnection-storm': {
    accept(socket, { attempt }) {
      // Sixteen sockets a round; the fifth round is left alone.
      if (attempt <= 64) closeAfter(attempt <= 16 ? 1000 : 100, 1001, 'rebalancing')(socket);
    },
  },
  'reconnection-spread': {
    accept(socket, { attempt }) {
      if (attempt <= 16) closeAfter(1000, 1001, 'rebalancing')(socket);
    },
  },
  'backoff-reset': {
    accept(socket, { attempt }) {
      if (attempt <= 8) closeAfter(30, 1011, 'out of workers')(socket);
    },
  },
  abandoned: {
    refuse: ({ attempt }) => (attempt === 1 ? undefined : { status: 503 }),
    accept: closeAfter(600, 1001, 'maintenance'),
    ownPort: true,
  },
  overlapping: { refuse: () => ({ status: 503, afterMs: 700 }), ownPort: true },
  thousand: { ownPort: true },
  'socket-leak': { ownPort: true },
  'idle-timeout': {
    accept(socket, { attempt }) {
      if (attempt <= 5) cutWhenIdle(5000, socket);
    },
  },
  heartbeat: { accept: (socket) => cutWhenIdle(5000, socket) },
  'hung-close': { deaf: true },
  'hostile-reason': { accept: closeAfter(300, 4000, hostileReason) },
  'first-script': { accept: closeAfter(300, 1008, 'token expired') },
  'cross-origin-frame': { accept: closeAfter(800, 4001, 'campaign ended') },
  'worker-socket': { accept: closeAfter(800, 1008, 'token expired') },
  'socket-stream': { accept: closeAfter(500, 1008, 'token expired') },
};
