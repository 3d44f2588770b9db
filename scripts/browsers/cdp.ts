import type { Readable, Writable } from 'node:stream';

type Params = Record<string, unknown>;
type Listener = (params: Params, sessionId: string | undefined) => void;

interface Pending {
  readonly method: string;
  readonly resolve: (result: Params) => void;
  readonly reject: (error: Error) => void;
}

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string; readonly data?: string };
  readonly sessionId?: string;
}

/** The DevTools protocol over `--remote-debugging-pipe`: JSON texts, each ended by a NUL. */
export class CdpPipe {
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #chunks: Buffer[] = [];
  readonly #out: Writable;
  #closed: string | undefined;

  constructor(out: Writable, input: Readable) {
    this.#out = out;
    out.on('error', () => this.fail('the pipe broke'));
    input.on('error', () => this.fail('the pipe broke'));
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    input.on('close', () => this.fail('the browser ended'));
  }

  /** @throws Error with the protocol's message. */
  send<T = Params>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
    if (this.#closed !== undefined) {
      return Promise.reject(new Error(`${method}: ${this.#closed}`));
    }
    const id = this.#nextId++;
    const sent = new Promise<Params>((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
    });
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return sent as Promise<T>;
  }

  on(method: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(method) ?? new Set();
    this.#listeners.set(method, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  fail(why: string): void {
    this.#closed ??= why;
    for (const { method, reject } of this.#pending.values()) {
      reject(new Error(`${method}: ${this.#closed}`));
    }
    this.#pending.clear();
  }

  #receive(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.#chunks.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.#chunks).toString('utf8');
      this.#chunks = [];
      start = end + 1;
      this.#dispatch(JSON.parse(text) as Incoming);
    }
    if (start < chunk.length) this.#chunks.push(chunk.subarray(start));
  }

  #dispatch(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error === undefined) pending?.resolve(message.result ?? {});
      else {
        const detail = message.error.data === undefined ? '' : ` (${message.error.data})`;
        pending?.reject(new Error(`${pending.method}: ${message.error.message}${detail}`));
      }
      return;
    }
    const { method, params = {}, sessionId } = message;
    if (method === undefined) return;
    for (const listener of this.#listeners.get(method) ?? []) listener(params, sessionId);
    if (method === 'Target.detachedFromTarget') this.#forget(params.sessionId as string);
  }

  // Nothing answers a session that is gone; Chromium itself rejects what is under way.
  #forget(sessionId: string): void {
    for (const listener of this.#listeners.get('session-gone') ?? []) listener({}, sessionId);
  }
}
