import type { WebSocket } from 'ws';
import { type Flow, flows, pathOf } from '../flows.ts';

const END_AFTER_MS = 300;

/** One connection of a flow. */
export class Turn {
  readonly flow: Flow;
  /** 1 for the first connection of the flow. */
  readonly number: number;
  #answered = false;

  constructor(flow: Flow, number: number) {
    this.flow = flow;
    this.number = number;
  }

  /** The client got its first answer: from here on the connection may be ended as planned. */
  answered(socket: WebSocket): void {
    if (this.#answered) return;
    this.#answered = true;
    const ending = this.flow.endings[this.number - 1];
    if (ending === undefined) return;
    const after = this.flow.endAfterMs ?? END_AFTER_MS;
    const timer = setTimeout(() => socket.close(ending.code, ending.reason), after);
    socket.once('close', () => clearTimeout(timer));
  }
}

/** Counts the connections of every flow. */
export class Turns {
  readonly #taken = new Map<Flow, number>();

  /** Undefined for a path that belongs to no flow. */
  flowAt(url: string | undefined): Flow | undefined {
    const { pathname } = new URL(url ?? '/', 'http://server.invalid');
    return flows.find((flow) => {
      const path = pathOf(flow);
      return pathname === path || pathname.startsWith(`${path}/`);
    });
  }

  next(flow: Flow): Turn {
    const number = (this.#taken.get(flow) ?? 0) + 1;
    this.#taken.set(flow, number);
    return new Turn(flow, number);
  }
}
