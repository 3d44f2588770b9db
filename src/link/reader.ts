import type { SessionEvent } from '../model/events.ts';
import { type Numbered, openBatch } from '../protocol/batch.ts';
import { type DocumentInfo, type FromLink, PROTOCOL } from '../protocol/border.ts';
import { parseToLink } from '../protocol/parse.ts';
import type { Link, LinkListener, LinkOptions, LinkStatus } from './types.ts';

/** The part of a port that a link uses; `Runtime.Port` has it. */
export interface Line {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface ReaderSetup {
  readonly tabId: number;
  readonly listener: LinkListener;
  readonly from: Readonly<Record<string, number>>;
  /** Opens a line to the background, waking it up. Throws where the extension is gone. */
  readonly dial: () => Line;
  /** Runs something after `ms`; returns what takes it back. */
  readonly later: (run: () => void, ms: number) => () => void;
  /** Unique among the links of the browser. */
  readonly id: string;
}

/** Least time between two questions to one document, in milliseconds. */
const PACE = 100;
/** Before dialling again, in milliseconds: at once, then slower while it does not help. */
const REDIAL = [0, 250, 1000, 5000];

interface Reading extends DocumentInfo {
  /** A question is out. */
  asked: boolean;
  /** There may be more than was read. */
  news: boolean;
  waiting: (() => void) | undefined;
}

/** The reader's end of the path: asks each document for what follows its own place. */
export function createLink(setup: ReaderSetup): Link {
  const { listener, later } = setup;
  const position: Record<string, number> = { ...setup.from };
  let documents = new Map<string, Reading>();
  let options: LinkOptions = { previews: false, paused: false };
  let failed: number | undefined;
  let line: Line | undefined;
  let closed = false;
  let restarts = 0;
  let failures = 0;
  let status: LinkStatus = { connected: false, backgroundRestarts: 0, documents: 0 };
  let problem: LinkStatus['problem'];
  let cancelRedial: (() => void) | undefined;

  function tellStatus(connected: boolean): void {
    const next: LinkStatus = {
      connected,
      backgroundRestarts: restarts,
      documents: documents.size,
      ...(problem !== undefined && documents.size === 0 && { problem }),
    };
    if (
      next.connected === status.connected &&
      next.backgroundRestarts === status.backgroundRestarts &&
      next.documents === status.documents &&
      next.problem === status.problem
    ) {
      return;
    }
    status = next;
    listener.status(next);
  }

  function post(message: FromLink): void {
    try {
      line?.postMessage(message);
    } catch {
      // Died just now: onDisconnect dials again.
    }
  }

  function ask(reading: Reading): void {
    if (reading.asked || reading.waiting !== undefined || options.paused) return;
    reading.asked = true;
    reading.news = false;
    post({ type: 'pull', doc: reading.doc, after: position[reading.doc] ?? 0 });
  }

  function rest(reading: Reading): void {
    reading.waiting = later(() => {
      reading.waiting = undefined;
      if (reading.news) ask(reading);
    }, PACE);
  }

  function deliver(reading: Reading, events: readonly Numbered[], last: number): void {
    const before = position[reading.doc] ?? 0;
    const fresh: SessionEvent[] = [];
    let at = before;
    for (const { n, event } of events) {
      if (n <= at) continue;
      at = n;
      fresh.push(located(event, reading));
    }
    position[reading.doc] = Math.max(at, last);
    if (fresh.length > 0) listener.events(fresh);
  }

  function hear(message: unknown): void {
    const parsed = parseToLink(message);
    if (parsed === undefined) return;
    switch (parsed.type) {
      case 'attached':
        failures = 0;
        problem =
          parsed.present === PROTOCOL && parsed.v === PROTOCOL
            ? undefined
            : parsed.access
              ? 'reload-needed'
              : 'no-site-access';
        break;
      case 'document': {
        documents.get(parsed.doc)?.waiting?.();
        const reading: Reading = {
          doc: parsed.doc,
          ...(parsed.url !== undefined && { url: parsed.url }),
          ...(parsed.top !== undefined && { top: parsed.top }),
          asked: false,
          news: false,
          waiting: undefined,
        };
        documents.set(parsed.doc, reading);
        ask(reading);
        break;
      }
      case 'gone':
        documents.get(parsed.doc)?.waiting?.();
        documents.delete(parsed.doc);
        break;
      case 'news': {
        const reading = documents.get(parsed.doc);
        if (reading === undefined) break;
        reading.news = true;
        ask(reading);
        break;
      }
      case 'batch': {
        const reading = documents.get(parsed.doc);
        const batch = openBatch(parsed.json);
        if (reading === undefined || batch === undefined || batch.doc !== reading.doc) break;
        deliver(reading, batch.events, batch.last);
        reading.asked = false;
        if (batch.more) ask(reading);
        else rest(reading);
        break;
      }
    }
    tellStatus(true);
  }

  function connect(): void {
    cancelRedial = undefined;
    if (closed) return;
    let mine: Line;
    try {
      mine = setup.dial();
    } catch {
      lost();
      return;
    }
    line = mine;
    mine.onMessage.addListener((message) => {
      if (line === mine) hear(message);
    });
    mine.onDisconnect.addListener(() => {
      if (line === mine) lost();
    });
    post({
      type: 'attach',
      v: PROTOCOL,
      link: setup.id,
      tabId: setup.tabId,
      options: { previews: options.previews },
    });
    if (failed !== undefined) post({ type: 'failed', count: failed });
  }

  function lost(): void {
    line = undefined;
    for (const reading of documents.values()) reading.waiting?.();
    documents = new Map();
    if (closed) return;
    restarts += 1;
    const wait = REDIAL[Math.min(failures, REDIAL.length - 1)] ?? 0;
    failures += 1;
    cancelRedial = later(connect, wait);
  }

  connect();

  return {
    get position() {
      return { ...position };
    },
    setOptions(next) {
      const resumed = options.paused && !next.paused;
      options = next;
      post({ type: 'options', options: { previews: next.previews } });
      if (resumed) for (const reading of documents.values()) ask(reading);
    },
    setFailed(count) {
      failed = count;
      post({ type: 'failed', count });
    },
    renew() {
      if (problem === undefined || line === undefined || closed) return;
      const old = line;
      line = undefined;
      documents = new Map();
      old.disconnect();
      connect();
    },
    close() {
      closed = true;
      cancelRedial?.();
      for (const reading of documents.values()) reading.waiting?.();
      line?.disconnect();
      line = undefined;
    },
  };
}

/** The browser knows better than the page where a document lives. */
function located(event: SessionEvent, { url, top }: DocumentInfo): SessionEvent {
  if (event.type !== 'opening') return event;
  return {
    ...event,
    ...(url !== undefined && { documentUrl: url }),
    ...(top !== undefined && { top }),
  };
}
