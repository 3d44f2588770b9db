import type { Browser, Runtime } from 'webextension-polyfill';
import {
  type FromRelay,
  type Hello,
  PROTOCOL,
  type Present,
  type Pull,
  RELAY_PORT,
  type WatchOptions,
} from '../protocol/border.ts';
import { parseGreeting, parseToRelay, parseWatch } from '../protocol/parse.ts';
import type { Recorder } from './recorder.ts';

/**
 * Connects the document's recorder with the background, only while somebody watches
 * and there is something to watch. Keeps nothing that cannot be asked for again: the
 * history is the recorder's, the place in it is the reader's.
 *
 * @param reach the browser's API, first asked for when there is something to tell
 */
export function dial(reach: () => Browser, recorder: Recorder): void {
  let port: Runtime.Port | undefined;
  /** The last place of each reader, to send the rest when the document goes. At most four, the newest. */
  const readers = new Map<string, { slot: 0 | 1 | 2 | 3; after: number }>();
  let watched = false;

  function post(message: FromRelay): void {
    try {
      port?.postMessage(message);
    } catch {
      // The extension was reloaded or the port just died: the link will ask again.
      port = undefined;
    }
  }

  function connect(): void {
    if (port !== undefined) return;
    const doc = recorder.ask('doc', 0);
    if (doc === undefined || doc === '') return;
    try {
      port = reach().runtime.connect({ name: RELAY_PORT });
    } catch {
      return;
    }
    const mine = port;
    mine.onMessage.addListener((message: unknown) => {
      const parsed = parseToRelay(message);
      if (parsed?.type === 'pull') answer(parsed);
      else if (parsed?.type === 'options') apply(parsed.options);
    });
    mine.onDisconnect.addListener(() => {
      void reach().runtime.lastError;
      if (port === mine) port = undefined;
    });
    post({ type: 'document', v: PROTOCOL, doc });
  }

  function answer({ to, after }: Pull): void {
    const slot = readers.get(to)?.slot ?? freeSlot();
    const json = recorder.ask(`pull${slot}`, after);
    if (json === undefined) return;
    readers.set(to, { slot, after: lastOf(json) ?? after });
    post({ type: 'batch', to, json });
  }

  function freeSlot(): 0 | 1 | 2 | 3 {
    const taken = new Set<number>();
    for (const { slot } of readers.values()) taken.add(slot);
    for (const slot of [0, 1, 2, 3] as const) if (!taken.has(slot)) return slot;
    // The oldest reader gives way: it is long gone, or will ask again from its place.
    for (const [id, { slot }] of readers) {
      readers.delete(id);
      return slot;
    }
    return 0;
  }

  function apply(options: WatchOptions): void {
    watched = true;
    recorder.ask('previews', options.previews ? 1 : 0);
  }

  /** A panel watches: dial where there are sockets; the top document always, to be seen. */
  function watch(options: WatchOptions): void {
    apply(options);
    if (window.top === window || recorder.ask('sockets', 0) !== '0') connect();
  }

  async function hello(): Promise<void> {
    const message: Hello = { type: 'hello', v: PROTOCOL };
    try {
      const answer = parseGreeting(await reach().runtime.sendMessage(message));
      if (answer?.limits !== undefined) {
        recorder.ask('events', answer.limits.events);
        recorder.ask('units', answer.limits.units);
      }
      if (answer?.watch?.v === PROTOCOL) watch(answer.watch.options);
    } catch {
      // No background, or "Extension context invalidated.": nobody to tell.
    }
  }

  recorder.heard = (told) => {
    if (told === 'news') post({ type: 'news' });
    else if (told === 'met') {
      listen();
      if (watched) connect();
      void hello();
    } else if (told === 'pagehide') {
      if (port !== undefined)
        for (const [to, { after }] of [...readers]) answer({ type: 'pull', to, after });
    } else {
      // Back from the back/forward cache: Chrome has closed the port, but tells so only later.
      port?.disconnect();
      port = undefined;
      void hello();
    }
  };

  const hear = (
    message: unknown,
    sender: Runtime.MessageSender,
    respond: (answer: Present) => void,
  ): void => {
    if (sender.id !== reach().runtime.id) return;
    const asked = parseWatch(message);
    if (asked === undefined) return;
    if (asked.v === PROTOCOL) watch(asked.options);
    if (window.top === window) respond({ type: 'present', v: PROTOCOL });
  };

  /** Adding a listener twice is adding it once. */
  function listen(): void {
    try {
      reach().runtime.onMessage.addListener(
        hear as Parameters<Runtime.Static['onMessage']['addListener']>[0],
      );
    } catch {
      // The extension is gone.
    }
  }

  // A frame without sockets has nothing to answer, and only to look at the API costs it milliseconds.
  if (window.top === window) listen();
}

/** The recorder writes `"last":N` first, so that nobody on the way need parse the rest. */
function lastOf(json: string): number | undefined {
  const match = /^\{"doc":"[^"]*","last":(\d+),/.exec(json);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
