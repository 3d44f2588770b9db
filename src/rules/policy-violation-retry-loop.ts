import { message } from '../model/message.ts';
import { holdsMark } from '../model/secrets.ts';
import type { SocketRecord } from '../model/socket.ts';
import type { Slot } from './chains/tracker.ts';
import { ageOf, closePoint, count, ms, round } from './evidence.ts';
import { type ChainRule, SILENT } from './rule.ts';

/** Sockets looked at from the newest back. */
const WINDOW = 96;

/** Names of query parameters that carry what a server may refuse. */
const CREDENTIAL =
  /token|auth|key|jwt|secret|ticket|signature|^sig$|pass|pwd|credential|access|session|^sid$|code/i;

/** After 1008 the page reconnects unchanged and is closed the same way again. */
export const policyViolationRetryLoop: ChainRule = {
  scope: 'chain',
  onEnd: true,
  sticky: true,
  meta: {
    id: 'policy-violation-retry-loop',
    severity: 'error',
    thresholds: { closes: count(3, 2, 100), maxAgeMs: ms(60_000, 1_000, 3_600_000) },
    spec: 'RFC 6455 §7.4.1',
    requires: ['close', 'chain'],
  },
  check(chain, context) {
    const needed = context.threshold('closes');
    if (chain.refused < needed) return SILENT;
    const maxAge = context.threshold('maxAgeMs');
    let run: Slot[] = [];
    let longest: Slot[] = run;
    const { slots } = chain;
    for (let i = Math.max(0, slots.length - WINDOW); i < slots.length; i++) {
      const slot = slots[i]!;
      if (slot.socket.closedBy !== 'server') continue;
      const before = run.at(-1);
      const again =
        slot.socket.code === 1008 &&
        before !== undefined &&
        presented(before.socket) === presented(slot.socket) &&
        (ageOf(slot.socket) ?? 0) <= maxAge;
      if (!again && run.length > 0) run = [];
      if (slot.socket.code === 1008) run.push(slot);
      if (run.length >= longest.length) longest = run;
    }
    if (longest.length < needed) return SILENT;
    // A loop longer than the window is counted by the chain.
    const closes =
      longest.length < WINDOW / 2 ? longest.length : Math.max(longest.length, chain.refused);
    const sockets = longest.map(({ socket }) => socket);
    const newest = sockets.at(-1)!;
    return {
      hit: {
        verdict: 'failed',
        message: message('finding_policyViolationRetryLoop_loop', { count: closes }),
        evidence: sockets.slice(-5).map(closePoint),
        causes: context.causesOf(longest.at(-1)!),
        data: {
          closes,
          reason: newest.reason ?? '',
          delaysMs: longest
            .slice(1, 12)
            .map(({ delayMs }) => (delayMs === undefined ? null : round(delayMs))),
        },
        at: newest.closeAt ?? newest.lastAt,
        sockets: sockets.map(({ id }) => id),
      },
    };
  },
};

const shown = new WeakMap<SocketRecord, { readonly url: string; readonly text: string }>();

/** What the page showed of itself: credentials in the URL and long subprotocols. */
function presented(socket: SocketRecord): string {
  const known = shown.get(socket);
  if (known?.url === socket.url) return known.text;
  const text = read(socket);
  shown.set(socket, { url: socket.url, text });
  return text;
}

function read(socket: SocketRecord): string {
  const parts: string[] = [];
  try {
    const url = new URL(socket.url);
    if (url.username !== '' || url.password !== '') parts.push(`${url.username}:${url.password}`);
    // Engine.IO's `sid` names the connection: the server gives a new one each time.
    const engineIo = url.searchParams.has('EIO');
    for (const [name, value] of url.searchParams) {
      if (engineIo && name === 'sid') continue;
      if (CREDENTIAL.test(name)) parts.push(`${name}=${value}`);
    }
  } catch {
    parts.push(socket.url);
  }
  // Some clients carry a token as a subprotocol.
  for (const protocol of socket.protocols ?? []) {
    if (protocol.length > 24 || holdsMark(protocol)) parts.push(protocol);
  }
  return parts.sort().join('&');
}
