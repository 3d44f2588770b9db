// First, for the sake of its size: see there.
import './hot-getter.ts';
import type { SocketApi } from '../model/events.ts';
import { DEFAULT_LIMITS, THREW } from '../protocol/border.ts';
import { openChannel } from './channel.ts';
import { createClock } from './clock.ts';
import { textOf } from './disguise.ts';
import { hideFrames } from './gecko.ts';
import { guarded } from './guarded.ts';
import { type Around, replace, watch } from './hook.ts';
import { hookTraffic } from './hot.ts';
import { type TellPage, tellState, watchLifecycle } from './lifecycle.ts';
import {
  addListener,
  closeCode,
  closeReason,
  closeWasClean,
  eventTarget,
  eventType,
  indexOf,
  isTrusted,
  ownStacks,
  quote,
  random,
  slice,
  socketExtensions,
  socketProtocol,
  socketState,
  socketUrl,
} from './natives.ts';
import { createPace } from './pace.ts';
import { createReads, type Reads } from './reads.ts';
import { binaryBytes, textBytes } from './size.ts';
import { takeStack } from './stack.ts';
import { firstLook, stamp, stampOf } from './stamp.ts';
import { createStore, newSocketMeta, type RunKey, type Slot, type SocketMeta } from './store.ts';
import { watchStreams } from './stream.ts';

const quoted = (text: unknown): string => quote(slice(text, 0, LONGEST));

const EVENTS = ['open', 'error', 'close', 'message'];

/** Most text that one answer to the relay holds, in UTF-16 units. */
const ANSWER = 250_000;
const PREVIEW = 200;
const LONGEST = 4096;

start();

function start(): void {
  const clock = createClock();
  const limits = { events: DEFAULT_LIMITS.events, units: DEFAULT_LIMITS.units };
  const store = createStore(limits, quote);
  const doc = slice(`${random()}`, 2, 12);
  let sockets = 0;
  let previews = false;
  /** A reader has all there is and wants to hear of more. */
  let armed = false;

  const channel = openChannel((request) => {
    reads.rest();
    // What `document.open()` took away is put back: the relay sees it, and asks.
    if (sockets) listen();
    // "pullS N": everything after N, for the reader of slot S. "previews 0|1". "events N" and
    // "units N": how much to keep.
    const space = indexOf(request, ' ');
    const verb = slice(request, 0, space);
    const argument = +slice(request, space + 1);
    if (verb === 'previews') previews = argument === 1;
    if (verb === 'events' || verb === 'units') limits[verb] = argument;
    if (verb === 'doc') return doc;
    if (verb === 'sockets') return `${sockets}`;
    if (slice(verb, 0, 4) !== 'pull') return '';
    const { json, last, more } = store.read(+slice(verb, 4) as Slot, argument, ANSWER);
    armed = !more;
    return `{"doc":"${doc}","last":${last},"more":${more},"events":[${json}]}`;
  });

  /** V8's collectors do not mind stamps. */
  const reads: Reads = ownStacks
    ? { isFirst: firstLook, rest() {} }
    : createReads(createPace(clock, 100), () => channel.tell('reading'));

  /** @param rest more JSON fields, each after a comma */
  function add(type: string, rest: string, meta?: SocketMeta, t = clock()): void {
    store.add(t, `"type":"${type}"${meta ? `,"socket":"${meta.id}"` : ''}${rest}`, meta);
    signal();
  }

  function signal(): void {
    if (!armed) return;
    armed = false;
    channel.tell('news');
  }

  const tellPage: TellPage = (state, persisted) =>
    add(
      'page',
      `,"state":"${state}","document":"${doc}"${
        persisted === undefined ? '' : `,"persisted":${persisted}`
      }`,
    );

  const listen = watchLifecycle((state, persisted) => {
    clock.check();
    tellPage(state, persisted);
    if (state === 'pagehide' || state === 'pageshow') channel.tell(state);
  });

  /** Takes note of what the page touches for the first time. */
  function introduce(object: object, url: string, api: SocketApi, below: unknown): SocketMeta {
    const meta = newSocketMeta(`${doc}-${++sockets}`);
    stamp(object, meta);
    clock.check();
    listen();
    if (sockets === 1) {
      tellState(tellPage);
    }
    const stack = takeStack(below);
    add(
      'opening',
      `,"url":${quoted(url)},"document":"${doc}"${
        api === 'WebSocket' ? '' : `,"api":"${api}"`
      }${field('stack', stack)}`,
      meta,
    );
    if (sockets === 1) channel.tell('met');
    return meta;
  }

  function meet(socket: object, below: unknown): SocketMeta | undefined {
    const known = stampOf<SocketMeta | true>(socket);
    // A message that was looked at is stamped, too.
    if (known !== undefined && known !== true) return known;
    // Throws for whatever is no socket.
    const state = socketState(socket);
    // Of one that ended before the page touched it, neither life nor end was seen. One that the
    // browser itself refused, as by a policy, has its error event yet to come.
    if (state === 3) {
      if (ownStacks) addListener(socket, 'error', onSocketEvent);
      return undefined;
    }
    const meta = introduce(socket, socketUrl(socket), 'WebSocket', below);
    // Met late: what went before is not known in time, but it happened.
    if (state > 0) openedSocket(socket, meta);
    if (ownStacks) listenTo(socket);
    return meta;
  }

  /**
   * Chrome keeps a socket until it is closed, whoever listens. Gecko collects (and closes)
   * one that is open and on which nobody listens: there we listen only when the page does,
   * or when it has called `close()`, which ends the socket anyway. Adding twice is adding once.
   */
  function listenTo(socket: unknown): void {
    for (let i = 0; i < 3; i += 1) addListener(socket, EVENTS[i] as string, onSocketEvent);
  }

  function openedSocket(socket: object, meta: SocketMeta): void {
    opened(meta, socketProtocol(socket), socketExtensions(socket));
  }

  function opened(meta: SocketMeta, protocol: unknown, extensions: unknown): void {
    add('open', `,"protocol":${quoted(protocol)},"extensions":${quoted(extensions)}`, meta);
  }

  function failed(meta: SocketMeta): void {
    add('error', '', meta);
  }

  function closed(meta: SocketMeta, code: number, reason: unknown, wasClean: boolean): void {
    if (meta.closed) return;
    reads.rest();
    add('close', `,"code":${code},"reason":${quoted(reason)},"wasClean":${wasClean}`, meta);
    meta.closed = true;
  }

  const onSocketEvent = guarded((event: Event): void => {
    if (!isTrusted(event)) return;
    const socket = eventTarget(event) as object;
    const type = eventType(event);
    const meta =
      stampOf<SocketMeta>(socket) ??
      introduce(socket, socketUrl(socket), 'WebSocket', onSocketEvent);
    if (type === 'open') openedSocket(socket, meta);
    else if (type === 'error') failed(meta);
    else closed(meta, closeCode(event), closeReason(event), closeWasClean(event));
  });

  const field = (name: string, text: string) => (text === '' ? '' : `,"${name}":${quote(text)}`);

  /** For hooks: meets the receiver, and never throws. */
  function touch(self: unknown, below: unknown): SocketMeta | undefined {
    try {
      return typeof self === 'object' && self !== null && self !== window
        ? meet(self, below)
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Exact bytes are what the browser holds back more than before. */
  function sent(meta: SocketMeta, data: unknown, before: number, held: number): void {
    try {
      if (meta.closed) return;
      const isText = typeof data !== 'object' || data === null || binaryBytes(data) === undefined;
      count(meta, isText ? 'st' : 'sb', held - before, data, held);
    } catch {}
  }

  function message(meta: SocketMeta, isSent: boolean, data: unknown): void {
    if (typeof data === 'string') {
      count(meta, isSent ? 'st' : 'rt', textBytes(data), data, 0);
      return;
    }
    const bytes = binaryBytes(data);
    if (bytes !== undefined) count(meta, isSent ? 'sb' : 'rb', bytes, data, 0);
  }

  function count(meta: SocketMeta, run: RunKey, bytes: number, data: unknown, held: number): void {
    const preview = previews && typeof data === 'string' ? slice(data, 0, PREVIEW) : '';
    store.message(clock(), meta, run, bytes, held, preview);
    signal();
  }

  function received(event: object, data: unknown, target: object | null): void {
    if (sockets === 0) return;
    try {
      const meta = target && stampOf<SocketMeta>(target);
      // Own and unforgeable on what the native getter took for an event: the page cannot reach it.
      if (meta && (event as Event).isTrusted && reads.isFirst(event, meta)) {
        message(meta, false, data);
      }
    } catch {}
  }

  /** A call of `close()`, at its beginning: that it threw is known only when its task is over. */
  interface Closing {
    readonly t: number;
    readonly meta: SocketMeta;
    readonly args: ArrayLike<unknown>;
    readonly state: number;
    readonly stack: string;
  }

  /** @param error name of what it threw; empty where it did not */
  function closeCalled({ meta, args, state, stack, t }: Closing, error: string): void {
    // To convert anything else may call into the page, or fail.
    const given = (name: string, at: number): string => {
      const value = args.length > at ? args[at] : undefined;
      return typeof value === 'string' || typeof value === 'number'
        ? `,"${name}":${quoted(value)}`
        : '';
    };
    add(
      'close-called',
      `,"readyState":${state}${given('code', 0)}${given('reason', 1)}${field(
        'error',
        error,
      )}${field('stack', stack)}`,
      meta,
      t,
    );
  }

  // First: what gives the others their texts.
  replace(Function.prototype, 'toString', 'value', {
    inside: true,
    result: (self, text) => textOf(self, text as string),
  });
  const socket = WebSocket.prototype;
  const handling: Around = {
    before(self, args, below) {
      if (touch(self, below) !== undefined && !ownStacks && args[0] !== null) listenTo(self);
    },
  };
  for (let i = 0; i < 4; i += 1) replace(socket, `on${EVENTS[i]}`, 'set', handling);
  const reading: Around = ownStacks
    ? handling
    : {
        before(self, _args, below) {
          touch(self, below);
        },
      };
  replace(socket, 'readyState', 'get', reading);
  hookTraffic({ touch, sent, received }, createPace(clock, ownStacks ? 100 : 1000));
  watch<Closing | undefined>(socket, 'close', {
    before(self, args, below) {
      const meta = touch(self, below);
      if (meta === undefined) return undefined;
      if (!ownStacks) listenTo(self);
      return { t: clock(), meta, args, state: socketState(self), stack: takeStack(below) };
    },
    after(call) {
      if (call !== undefined) closeCalled(call, '');
    },
    failed(call) {
      // The reader works out from the arguments what a frameless call threw.
      if (call !== undefined) closeCalled(call, THREW);
    },
  });
  watch<void>(
    EventTarget.prototype,
    'addEventListener',
    {
      before(self, args, below) {
        for (let i = 0; i < 4; i += 1) {
          if (args.length > 0 && args[0] === EVENTS[i] && touch(self, below) !== undefined) {
            if (!ownStacks && args[1] !== null) listenTo(self);
          }
        }
      },
    },
    createPace(clock, ownStacks ? 300 : 3000),
  );
  if (ownStacks)
    watchStreams({
      introduce,
      opened,
      failed,
      closed,
      message,
      aborted(meta) {
        add('close-called', '', meta);
      },
      closeCalled(meta, error, below) {
        add('close-called', `${field('error', error)}${field('stack', takeStack(below))}`, meta);
      },
    });
  hideFrames();
}
