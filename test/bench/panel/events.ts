import type { SessionEvent } from '../../../src/model/events.ts';

/** A long session: `sockets` over 200 endpoints, one after another at each, with traffic to fill up. */
export function eventsOf(sockets: number, total: number): SessionEvent[] {
  const events: SessionEvent[] = [];
  const endpoints = Math.min(200, sockets);
  const codes = [1001, 1006, 1000, 1008, 1011, 4401];
  const perSocket = Math.max(0, Math.floor(total / sockets) - 3);
  for (let i = 0; i < sockets; i += 1) {
    const socket = `s${i}`;
    const lane = i % endpoints;
    const at = Math.floor(i / endpoints) * 60_000 + lane * 37;
    const code = codes[(i * 7) % codes.length]!;
    events.push({
      t: at,
      type: 'opening',
      socket,
      url: `wss://host-${lane}.test/v1/feed?token=${i}`,
      document: 'd1',
      documentUrl: 'https://app.test/',
      top: true,
      stack: 'at connect (https://app.test/app.js:10:5)',
    });
    events.push({ t: at + 40, type: 'open', socket });
    for (let k = 0; k < perSocket; k += 1) {
      events.push({
        t: at + 100 + (k * 50_000) / Math.max(1, perSocket),
        type: k % 5 === 0 ? 'send' : 'receive',
        socket,
        kind: 'text',
        bytes: 80 + (k % 90),
      });
    }
    events.push({
      t: at + 55_000,
      type: 'close',
      socket,
      code,
      reason: code === 1008 ? 'token expired' : '',
      wasClean: code !== 1006,
    });
  }
  return events.sort((a, b) => a.t - b.t);
}
