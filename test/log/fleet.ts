import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { headerOf, type SessionLog, writeLog } from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';

/** What the generated sessions hold, to hold the answers of queries against. */
export interface Fleet {
  readonly sessions: number;
  /** Closes by `endpoint code`. */
  readonly closes: Map<string, number>;
  /** Closes after which nothing came back, by endpoint. */
  readonly neverBack: Map<string, number>;
  /** Of every return, by endpoint. */
  readonly delays: Map<string, number[]>;
  /** 1008 with "token expired", by release. */
  readonly expired: Map<string, number>;
}

/** A generator of numbers from 0 to 1 that gives the same every time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), 1 | state);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ENDPOINTS = ['feed', 'chat', 'orders'] as const;

/** Writes sessions of about `eventsEach` events, gzipped, into a folder. */
export async function writeFleet(
  folder: string,
  sessions: number,
  eventsEach: number,
): Promise<Fleet> {
  const fleet: Fleet = {
    sessions,
    closes: new Map(),
    neverBack: new Map(),
    delays: new Map(),
    expired: new Map(),
  };
  for (let index = 0; index < sessions; index++) {
    const log = session(index, eventsEach, fleet);
    const pieces = writeLog(headerOf(log), log.events, { form: 'ndjson', gzip: true });
    const name = `session-${String(index).padStart(4, '0')}.ndjson.gz`;
    await pipeline(Readable.from(pieces), createWriteStream(join(folder, name)));
  }
  return fleet;
}

function session(index: number, eventsEach: number, fleet: Fleet): SessionLog {
  const next = random(index + 1);
  const release = `1.${index % 3}.0`;
  const endpoint = `wss://${ENDPOINTS[index % ENDPOINTS.length]}.test/v1/*`;
  const events: SessionEvent[] = [];
  const count = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  let t = 0;
  for (let socket = 1; ; socket++) {
    const id = `s${socket}`;
    const url = `${endpoint.slice(0, -1)}${1000 + socket}?token=${Math.floor(next() * 1e9)}`;
    events.push({ t, type: 'opening', socket: id, url }, { t: t + 30, type: 'open', socket: id });
    t += 30;
    const messages = Math.min(200, Math.max(10, Math.floor(eventsEach / 10)));
    for (let n = 0; n < messages; n++) {
      t += 50 + Math.floor(next() * 100);
      events.push({
        t,
        type: n % 2 === 0 ? 'send' : 'receive',
        socket: id,
        kind: 'text',
        bytes: 80,
      });
    }
    const last = events.length + messages + 3 > eventsEach;
    const code = last && index % 2 === 0 ? 1001 : next() < 0.5 ? 1008 : 1006;
    const reason = code === 1008 ? 'token expired' : '';
    t += 200;
    events.push({ t, type: 'close', socket: id, code, reason, wasClean: code !== 1006 });
    count(fleet.closes, `${endpoint} ${code}`);
    if (code === 1008) count(fleet.expired, release);
    if (last) {
      if (code !== 1008) count(fleet.neverBack, endpoint);
      break;
    }
    const delay = 500 + Math.floor(next() * 4000);
    fleet.delays.set(endpoint, [...(fleet.delays.get(endpoint) ?? []), delay]);
    t += delay;
  }
  events.push({ t: t + 60_000, type: 'end' });
  return {
    format: 'websocket-session-log',
    version: 1,
    startedAt: new Date(Date.UTC(2026, 0, 1 + (index % 7), 9)).toISOString(),
    generator: { name: 'fleet', browser: 'Chromium 156' },
    labels: { release },
    events,
  };
}
