import { errorName } from './error-name.ts';
import { guarded } from './guarded.ts';
import { type Around, replace } from './hook.ts';
import { define, deleteProperty, getterOf, uncurry } from './natives.ts';
import { firstLook, stamp, stampOf } from './stamp.ts';
import type { SocketMeta } from './store.ts';

/** What the recorder lends to the hooks of WebSocketStream. */
export interface Recording {
  introduce(object: object, url: string, api: 'WebSocketStream', below: unknown): SocketMeta;
  opened(meta: SocketMeta, protocol: unknown, extensions: unknown): void;
  failed(meta: SocketMeta): void;
  aborted(meta: SocketMeta): void;
  closed(meta: SocketMeta, code: number, reason: unknown, wasClean: boolean): void;
  /** A message that came or was written; nothing where it is neither text nor binary. */
  message(meta: SocketMeta, sent: boolean, data: unknown): void;
  /** @param error name of what the call threw; empty where it did not */
  closeCalled(meta: SocketMeta, error: string, below: unknown): void;
}

interface StreamClass {
  readonly prototype: object;
}

type Closed = { closeCode?: number; reason?: string };
type Opened = { protocol?: string; extensions?: string; readable?: object; writable?: object };

const nativeThen = uncurry(Promise.prototype.then);

/**
 * Looks at what a native promise becomes. That marks a rejection as handled, so it is done
 * only to promises that the page itself asked for, or that count as handled anyway. `then` would ask the promise for its
 * constructor, which the page may have replaced: for the length of the call it has
 * none, and then the engine takes its own.
 */
// biome-ignore lint/suspicious/noExplicitAny: the engine's own dictionaries
function observe(promise: unknown, done: (value: any) => void, failed: (error: unknown) => void) {
  define(promise as object, 'constructor', { value: undefined, configurable: true });
  try {
    nativeThen(promise, guarded(done), guarded(failed));
  } finally {
    deleteProperty(promise as object, 'constructor');
  }
}

/** Never throws. */
function noted<N>(object: unknown, run: (note: N) => void): void {
  try {
    const note = stampOf<N>(object as object);
    if (note !== undefined) run(note);
  } catch {}
}

/**
 * Records a WebSocketStream like a WebSocket. The page's first look at `opened` or
 * `closed`, or its `close()`, is when it is met. Messages are seen in `read` and `write` of
 * the streams' default reader and writer; what is piped is not counted.
 */
export function watchStreams(recording: Recording): void {
  const { introduce, opened, closed, message, closeCalled } = recording;
  const Stream = (globalThis as { WebSocketStream?: StreamClass }).WebSocketStream;
  const ErrorClass = (globalThis as { WebSocketError?: StreamClass }).WebSocketError;
  if (Stream === undefined || ErrorClass === undefined) return;
  const { prototype } = Stream;
  const urlOf = getterOf<string>(Stream, 'url');
  const closedOf = getterOf<unknown>(Stream, 'closed');
  const { prototype: readable } = ReadableStream;
  const { prototype: writable } = WritableStream;
  const { prototype: reader } = ReadableStreamDefaultReader;
  const { prototype: writer } = WritableStreamDefaultWriter;
  const readerClosed = getterOf<unknown>(ReadableStreamDefaultReader, 'closed');
  const writerClosed = getterOf<unknown>(WritableStreamDefaultWriter, 'closed');
  const errorCode = getterOf<number | null>(ErrorClass, 'closeCode');
  const errorReason = getterOf<string>(ErrorClass, 'reason');

  function touch(self: unknown, below: unknown): SocketMeta | undefined {
    try {
      const meta =
        stampOf<SocketMeta>(self as object) ??
        introduce(self as object, urlOf(self), 'WebSocketStream', below);
      // Here, where no function holds this stream: those of the hooks live as long as the page.
      hookEnds();
      return meta;
    } catch {
      return undefined;
    }
  }

  /** The native promise, seen when the page reads it: see `observe` for why not before. */
  function looking(watch: (self: object, meta: SocketMeta, promise: unknown) => void): Around {
    return {
      before(self, _args, below) {
        touch(self, below);
      },
      after(_note, self, _args, promise) {
        noted<SocketMeta>(self, (meta) => {
          if (firstLook(promise as object)) watch(self as object, meta, promise);
        });
      },
    };
  }

  const seesOpened = (self: object, meta: SocketMeta, promise: unknown): void =>
    observe(
      promise,
      (value: Opened) => {
        opened(meta, value.protocol, value.extensions);
        stamp(value.readable as object, { meta, self });
        stamp(value.writable as object, { meta, self });
      },
      (error) => failed(meta, error, false),
    );

  const seesClosed = (_self: object, meta: SocketMeta, promise: unknown): void =>
    observe(
      promise,
      (value: Closed) => closed(meta, value.closeCode ?? 1005, value.reason, true),
      (error) => failed(meta, error, false),
    );

  /** @param ofEnd of a reader or writer: released or aborted by the page it is no end of the socket */
  function failed(meta: SocketMeta, error: unknown, ofEnd: boolean): void {
    if (meta.closed) return;
    let code = 1006;
    let reason = '';
    try {
      // Throws for whatever is no WebSocketError of the browser's.
      code = errorCode(error) ?? code;
      reason = errorReason(error);
    } catch {
      if (ofEnd) return;
      // Its `signal` was aborted: the page's own doing.
      recording.aborted(meta);
    }
    recording.failed(meta);
    closed(meta, code, reason, false);
  }

  replace(prototype, 'opened', 'get', looking(seesOpened));
  replace(prototype, 'closed', 'get', looking(seesClosed));
  // Its argument is a dictionary of the page: reading it could run the page's getters.
  const called = (self: unknown, error: string, below: unknown): void => {
    const meta = touch(self, below);
    if (meta !== undefined && !meta.closed) closeCalled(meta, error, below);
  };
  replace(prototype, 'close', 'value', {
    after(_note, self, _args, _result, below) {
      called(self, '', below);
    },
    failed(_note, self, _args, error, below) {
      called(self, errorName(error), below);
    },
  });

  // Which socket a reader or writer is of; its stream was stamped when the socket opened.
  // Their own `closed` is a promise that the engine itself marks as handled.
  const inherit = (closedOfEnd: (end: unknown) => unknown): Around => ({
    after(_note, stream, _args, end) {
      noted<{ meta: SocketMeta; self: object }>(stream, ({ meta, self }) => {
        stamp(end as object, meta);
        observe(
          closedOfEnd(end),
          () => {
            if (!meta.closed) seesClosed(self, meta, closedOf(self));
          },
          (error) => failed(meta, error, true),
        );
      });
    },
  });
  // Streams are for more than sockets: a page without a WebSocketStream has its own methods.
  function hookEnds(): void {
    if (!firstLook(touch)) return;
    replace(reader, 'read', 'value', {
      after(_note, self, _args, result) {
        noted<SocketMeta>(self, (meta) =>
          observe(
            result,
            (item: { value?: unknown; done?: boolean }) => {
              if (item.done === false) message(meta, false, item.value);
            },
            () => {},
          ),
        );
      },
    });
    replace(writer, 'write', 'value', {
      after(_note, self, args) {
        noted<SocketMeta>(self, (meta) => {
          if (args.length > 0) message(meta, true, args[0]);
        });
      },
    });
    replace(readable, 'getReader', 'value', inherit(readerClosed));
    replace(writable, 'getWriter', 'value', inherit(writerClosed));
  }
}
