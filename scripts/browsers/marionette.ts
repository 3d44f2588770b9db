import { connect, type Socket } from 'node:net';

interface Pending {
  readonly command: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Firefox's Marionette protocol over TCP: `LENGTH:[0,id,"Command",params]`. */
export class Marionette {
  readonly #socket: Socket;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #buffer = Buffer.alloc(0);
  #closed: string | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', () => this.#fail('the connection broke'));
    socket.on('close', () => this.#fail('the browser ended'));
  }

  static connect(port: number): Promise<Marionette> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Marionette(socket));
      });
    });
  }

  /** @throws Error with the browser's message. */
  send(command: string, params: Record<string, unknown> = {}): Promise<unknown> {
    if (this.#closed !== undefined) return Promise.reject(new Error(`${command}: ${this.#closed}`));
    const id = this.#nextId++;
    const text = JSON.stringify([0, id, command, params]);
    const sent = new Promise((resolve, reject) => {
      this.#pending.set(id, { command, resolve, reject });
    });
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return sent;
  }

  disconnect(): void {
    this.#socket.destroy();
  }

  #fail(why: string): void {
    this.#closed ??= why;
    for (const { command, reject } of this.#pending.values()) {
      reject(new Error(`${command}: ${this.#closed}`));
    }
    this.#pending.clear();
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      if (colon === -1) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString());
      if (this.#buffer.length < end) return;
      const text = this.#buffer.subarray(colon + 1, end).toString('utf8');
      this.#buffer = this.#buffer.subarray(end);
      this.#dispatch(JSON.parse(text));
    }
  }

  #dispatch(message: unknown): void {
    // The greeting is an object; answers are [1, id, error, result].
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [number, number, { message: string } | null, unknown];
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error !== null) pending?.reject(new Error(error.message));
    else pending?.resolve((result as { value?: unknown } | null)?.value ?? result);
  }
}
