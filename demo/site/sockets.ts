import type { Scenario } from '../scenarios.ts';

export type Say = (text: string) => void;

/** What a scenario's client is given. */
export interface Stage {
  /** The scenario's own address; each run of the page has a number, so that the server counts its visits. */
  readonly url: string;
  readonly say: Say;
}

const run = Math.random().toString(36).slice(2, 8);

/** Servers that live at ports of their own, by scenario. */
const origins = JSON.parse(
  document.querySelector<HTMLMetaElement>('meta[name="origins"]')?.content ?? '{}',
) as Record<string, string>;

export function socketUrl(scenario: Pick<Scenario, 'id'>): string {
  const origin = origins[scenario.id] ?? location.origin.replace('http', 'ws');
  return `${origin}/ws/${scenario.id}?run=${run}`;
}

/** Tells on the card what this socket lives through. */
export function narrate(socket: WebSocket, say: Say): void {
  socket.addEventListener('open', () => say('open'));
  // As every client does, this one looks at what it receives.
  socket.addEventListener('message', ({ data }) => {
    if (String(data).includes('"alarm"')) say('alarm');
  });
  socket.addEventListener('close', ({ code, reason }) => {
    say(reason === '' ? `closed with ${code}` : `closed with ${code}: ${reason}`);
  });
}

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

/** A random number of milliseconds in [from, to). */
export const between = (from: number, to: number): number => from + Math.random() * (to - from);
