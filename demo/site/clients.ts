import { connectWithBackoff } from './backoff.ts';
import { between, narrate, type Stage, wait } from './sockets.ts';

type Client = (stage: Stage) => void;

/** A socket that is never replaced. */
function once({ url, say }: Stage): WebSocket {
  const socket = new WebSocket(url);
  narrate(socket, say);
  return socket;
}

/** Comes back `times` times, always after the same wait. */
function fixed({ url, say }: Stage, ms: number, times: number): void {
  const socket = new WebSocket(url);
  narrate(socket, say);
  if (times === 0) return;
  socket.onclose = () => {
    if (ms === 0) fixed({ url, say }, ms, times - 1);
    else setTimeout(() => fixed({ url, say }, ms, times - 1), ms);
  };
}

const polite = { base: 500, cap: 8000, tries: 8, stableAfter: 5000 };

/** onerror and onclose both ask for a new socket, and neither looks whether one is on its way. */
function overlapping({ url, say }: Stage): void {
  let made = 0;
  const connect = () => {
    if (made === 14) return;
    made += 1;
    const socket = new WebSocket(url);
    narrate(socket, say);
    socket.onerror = () => setTimeout(connect, 100);
    socket.onclose = () => setTimeout(connect, 150);
  };
  connect();
}

/** Takes every open for a success: the delay never grows. */
function resettingBackoff({ url, say }: Stage): void {
  let delay = 400;
  let made = 0;
  const connect = () => {
    if (made === 9) return;
    made += 1;
    const socket = new WebSocket(url);
    narrate(socket, say);
    socket.onopen = () => {
      delay = 400;
    };
    socket.onclose = () => {
      setTimeout(connect, delay * between(0.9, 1.1));
      delay *= 2;
    };
  };
  connect();
}

function abandoning({ url, say }: Stage): void {
  const connect = (attempt: number) => {
    const socket = new WebSocket(url);
    narrate(socket, say);
    socket.onclose = () => {
      if (attempt < 3) setTimeout(() => connect(attempt + 1), 700 * 2 ** attempt);
      else say('gave up');
    };
  };
  connect(0);
}

/** Comes back after a wait, once for each close, up to `times`. */
function returning({ url, say }: Stage, from: number, to: number, times: number): void {
  const socket = new WebSocket(url);
  narrate(socket, say);
  socket.onclose = () => {
    if (times > 0)
      setTimeout(() => returning({ url, say }, from, to, times - 1), between(from, to));
  };
}

/** Talks for a while, falls silent, is cut, comes back. */
function idling({ url, say }: Stage, times: number): void {
  const socket = new WebSocket(url);
  narrate(socket, say);
  socket.onopen = async () => {
    for (let count = 0; count < 2 + times; count++) {
      socket.send(JSON.stringify({ type: 'cursor', x: count }));
      await wait(200);
    }
  };
  socket.onclose = () => {
    if (times > 0) setTimeout(() => idling({ url, say }, times - 1), between(400, 900));
  };
}

const say = (type: string) => JSON.stringify({ type });

async function many(count: number, ms: number, make: () => void): Promise<void> {
  const end = performance.now();
  for (let made = 0; made < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - end) / ms) * count));
    for (; made < due; made++) make();
    await wait(4);
  }
}

interface StreamLike {
  readonly opened: Promise<{ readonly writable: WritableStream<string> }>;
  readonly closed: Promise<{ readonly closeCode: number; readonly reason: string }>;
}
type StreamConstructor = new (url: string) => StreamLike;

/** What the page does, by scenario. Those with a page of their own are not here. */
export const clients: Readonly<Record<string, Client>> = {
  'going-away-backoff': (stage) => connectWithBackoff(stage.url, stage.say, polite),
  'going-away-silence': once,
  'going-away-immediate': (stage) => fixed(stage, 0, 12),
  'going-away-recurring': (stage) => returning(stage, 300, 900, 5),
  'too-many-messages': (stage) => {
    const socket = once(stage);
    socket.onopen = () => {
      for (let count = 0; count < 100; count++) {
        socket.send(JSON.stringify({ type: 'cursor', x: count, y: count }));
      }
    };
  },
  'token-expired': (stage) => {
    once({ ...stage, url: `${stage.url}&token=eyJhbGciOiJub25lIn0.eyJleHAiOjF9.` });
  },
  'no-authentication': (stage) => {
    const socket = once(stage);
    socket.onopen = () => socket.send(say('subscribe'));
  },
  'forbidden-content': (stage) => {
    const socket = once(stage);
    socket.onopen = async () => {
      socket.send(say('hello'));
      await wait(700);
      socket.send(JSON.stringify({ type: 'offence', text: 'Buy my coins!' }));
    };
  },
  'blind-retry': (stage) => {
    fixed({ ...stage, url: `${stage.url}&token=not-a-token` }, 1000, 6);
  },
  'policy-misused': (stage) => {
    const socket = once(stage);
    socket.onopen = async () => {
      socket.send(say('hello'));
      await wait(300);
      socket.send('x'.repeat(200_000));
    };
  },
  'policy-without-reason': once,
  'message-too-big': (stage) => {
    const socket = once(stage);
    socket.onopen = async () => {
      await wait(400);
      socket.send('x'.repeat(200_000));
    };
  },
  'internal-error': (stage) =>
    connectWithBackoff(stage.url, stage.say, {
      ...polite,
      onSocket: (socket) => {
        socket.addEventListener('open', async () => {
          await wait(500);
          socket.send(say('report'));
        });
      },
    }),
  'connection-cut': (stage) => connectWithBackoff(stage.url, stage.say, polite),
  'handshake-refused': once,
  'normal-for-error': once,
  'restart-hint-ignored': (stage) => returning(stage, 450, 550, 1),
  'restart-hint-honoured': (stage) => returning(stage, 5200, 10_000, 1),
  'try-again-later': (stage) => returning(stage, 800, 1500, 2),
  'reconnection-storm': (stage) => {
    for (let count = 0; count < 16; count++) fixed(stage, 200, 4);
  },
  'reconnection-spread': (stage) => {
    for (let count = 0; count < 16; count++) returning(stage, 300, 5000, 1);
  },
  'backoff-reset': resettingBackoff,
  abandoned: abandoning,
  overlapping,
  'idle-timeout': (stage) => idling(stage, 5),
  heartbeat: (stage) => {
    const socket = once(stage);
    socket.onopen = () => {
      const timer = setInterval(() => socket.send(say('ping')), 1000);
      socket.onclose = () => clearInterval(timer);
    };
  },
  'good-goodbye': (stage) => {
    const socket = once(stage);
    socket.onopen = async () => {
      socket.send(say('hello'));
      await wait(500);
      socket.close(1000, 'done');
    };
  },
  'invalid-close': (stage) => {
    const socket = once(stage);
    socket.onopen = () => {
      try {
        socket.close(1001, 'bye');
      } catch (error) {
        stage.say(`close(1001) threw ${(error as Error).name}`);
      }
    };
  },
  'hung-close': (stage) => {
    const socket = once(stage);
    socket.onopen = async () => {
      await wait(500);
      socket.close(1000);
      stage.say('close() called');
    };
  },
  'socket-leak': (stage) => void many(40, 4000, () => once(stage)),
  thousand: (stage) => {
    let open = 0;
    const quiet = () => {
      const socket = new WebSocket(stage.url);
      socket.onopen = () => {
        open += 1;
        if (open % 100 === 0) stage.say(`${open} opened`);
        socket.close(1000);
      };
    };
    void many(1000, 1000, quiet);
  },
  'hostile-reason': once,
  'worker-socket': (stage) => {
    const worker = new Worker('/worker.ts', { type: 'module' });
    worker.onmessage = ({ data }) => stage.say(String(data));
    worker.postMessage(stage.url);
  },
  'socket-stream': (stage) => {
    const Stream = (globalThis as { WebSocketStream?: StreamConstructor }).WebSocketStream;
    if (Stream === undefined) {
      stage.say('this browser has no WebSocketStream');
      return;
    }
    const stream = new Stream(stage.url);
    stream.opened.then(async ({ writable }) => {
      stage.say('open');
      const writer = writable.getWriter();
      await writer.write(say('hello'));
      // A released writer is no end of the socket.
      writer.releaseLock();
    });
    stream.closed.then(
      ({ closeCode, reason }) => stage.say(`closed with ${closeCode}: ${reason}`),
      (error) => stage.say(String(error)),
    );
  },
};
