/** What a page can tell of its sockets, in a form that can be compared between two browsers. */
export interface Told {
  readonly [what: string]: unknown;
}

/** Runs in the page. The server at `url` closes with 1008 "token expired" after 300 ms. */
export async function probeSockets(url: string): Promise<Told> {
  const told: Record<string, unknown> = {};
  const order: string[] = [];
  class Feed extends WebSocket {
    hello() {
      return `hello from ${this.constructor.name}`;
    }
  }
  const socket = new Feed(new URL(url) as unknown as string, ['chat.v1']);
  told.subclass = [
    socket instanceof Feed,
    socket instanceof WebSocket,
    socket instanceof EventTarget,
    socket.hello(),
    Object.prototype.toString.call(socket),
    Object.getPrototypeOf(Feed) === WebSocket,
  ];
  told.own = Object.getOwnPropertyNames(socket);
  told.constants = [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED];
  told.constructorText = Function.prototype.toString.call(WebSocket);
  told.sendText = Function.prototype.toString.call(WebSocket.prototype.send);
  told.url = socket.url.replace(/\d{4,5}/, 'PORT');
  try {
    new WebSocket('ftp://nowhere.invalid/');
  } catch (error) {
    told.badUrl = (error as Error).name;
  }
  try {
    (WebSocket as unknown as (url: string) => void)(url);
  } catch (error) {
    told.withoutNew = (error as Error).name;
  }
  socket.addEventListener('open', () => order.push('open, listener'), { once: true });
  socket.addEventListener('close', () => order.push('close, once'), { once: true });
  socket.onopen = (event) => order.push(`open, attribute ${event.isTrusted}`);
  const closed = new Promise<CloseEvent>((resolve) => {
    socket.onclose = (event) => {
      order.push('close, attribute');
      resolve(event);
    };
  });
  socket.addEventListener('close', {
    handleEvent(event: Event) {
      order.push(`close, object ${event.target === socket} ${event.eventPhase}`);
    },
  });
  const event = await closed;
  await new Promise((resolve) => setTimeout(resolve, 50));
  told.close = [
    event.code,
    event.reason,
    event.wasClean,
    event.isTrusted,
    event instanceof CloseEvent,
  ];
  told.readyState = socket.readyState;
  // A second close event must not wake the listener that was for once.
  socket.dispatchEvent(new CloseEvent('close', { code: 4999 }));
  told.order = order;
  return told;
}
