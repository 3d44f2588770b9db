import type { Flow } from '../flows.ts';

/** What a client told the application, in order. No times: two runs are compared word for word. */
export class Journal {
  readonly events: string[] = [];
  readonly flow: Flow;
  settled = false;

  constructor(flow: Flow) {
    this.flow = flow;
  }

  tell(...words: readonly unknown[]): void {
    this.events.push(words.join(' '));
  }

  /** The connection that an answer came over is the one that the server lets live. */
  isLast(answer: string): boolean {
    return answer.endsWith(` of connection ${this.flow.endings.length + 1}`);
  }

  settle(): void {
    this.settled = true;
  }
}

/** A WebSocket class of the application's own, as tracing tools and test doubles make them. */
export function tracedClass(journal: Journal): typeof WebSocket {
  return class Traced extends WebSocket {
    #sent = 0;

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('close', ({ code }) =>
        journal.tell(this.constructor.name, 'closed', code, 'sent', this.#sent),
      );
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      this.#sent += 1;
      super.send(data);
    }
  };
}

export type ClientRun = (journal: Journal, path: string) => void | Promise<void>;

/** Messages at once, when the last connection stands. */
export const FLOOD = 500;

/** 64 KiB of a pattern: what comes back must be the same. */
export function bytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 65_536 }, (_, i) => (i * 31) & 255);
}

/** Many answers at once, in the order they came in. */
export function describeTexts(texts: readonly unknown[]): string {
  return `${texts.length} texts, ${describeBytes(new TextEncoder().encode(texts.join('\n')))}`;
}

/** Size and FNV-1a hash. */
export function describeBytes(data: ArrayBuffer | Uint8Array): string {
  const view = new Uint8Array(data);
  const hash = view.reduce((all, byte) => Math.imul(all ^ byte, 0x01000193), 0x811c9dc5);
  return `${view.length} bytes, ${(hash >>> 0).toString(16)}`;
}
