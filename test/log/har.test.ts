import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import addFormats from 'ajv-formats';
import fc from 'fast-check';
// @ts-expect-error it has no types
import harSchemas from 'har-schema';
import { describe, expect, it } from 'vitest';
import { harTexts, LogError, readLog, redact, type SessionLog } from '../../src/log/index.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { eventOfEveryType, SMALL } from './samples.ts';
import { sessionLogs } from './sessions.ts';

const ajv = new Ajv({ strict: false });
ajv.addMetaSchema(draft6);
addFormats(ajv);
ajv.addSchema(Object.values(harSchemas as Record<string, object>));
const validate = ajv.getSchema('har.json#')!;
const creator = { name: 'WebSocket Close Inspector', version: '0.1.0' };

const harText = (log: SessionLog): string => [...harTexts(log, creator)].join('');
const entry = (more: object) => ({
  startedDateTime: '2026-01-31T09:30:00.000Z',
  time: 1000,
  request: { method: 'GET', url: 'wss://a.test/feed', headers: [] },
  response: { status: 101, statusText: '', headers: [{ name: 'Server', value: 'x' }] },
  timings: { wait: 20 },
  ...more,
});
const har = (name: string, ...entries: object[]): string =>
  JSON.stringify({ log: { version: '1.2', creator: { name, version: '1' }, entries } });

describe('HAR written', () => {
  it('is HAR 1.2 by its schema', () => {
    for (const log of [SMALL, { ...SMALL, events: eventOfEveryType }, { ...SMALL, events: [] }]) {
      for (const one of [log, redact(log)]) {
        expect(validate(JSON.parse(harText(one))) || validate.errors).toBe(true);
      }
    }
  });

  it('is HAR 1.2 whatever happened', () => {
    fc.assert(
      fc.property(sessionLogs(), (log) => {
        expect(validate(JSON.parse(harText(redact(log)))) || validate.errors).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('tells the close as HTTP Toolkit does', () => {
    const { log } = JSON.parse(harText(SMALL));
    expect(log.entries).toHaveLength(1);
    expect(log.entries[0]).toMatchObject({
      _resourceType: 'websocket',
      request: { url: 'wss://a.test/feed?token=abc123def456' },
      response: { status: 101 },
      _webSocketMessages: [{ type: 'send', opcode: 1, data: '', time: 1769851800.05 }],
      _webSocketClose: { code: 1008, reason: 'token expired', timestamp: 1769851800.35 },
    });
    const cut = { ...SMALL, events: eventOfEveryType };
    expect(JSON.parse(harText(cut)).log.entries[0]._webSocketClose).toBe('aborted');
  });

  it('is read back whole', async () => {
    for (const events of [SMALL.events, eventOfEveryType]) {
      const log = { ...SMALL, dropped: 2, events };
      const back = await readLog(harText(log));
      expect(back.log).toEqual(log);
      expect(back.notes).toEqual([]);
    }
  });

  it('gives the same findings when it is read back', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(sessionLogs(), async (log) => {
        const { log: back } = await readLog(harText(log));
        const outcome = ({ events }: SessionLog) =>
          diagnose(events).findings.map(({ rule, verdict, sockets }) => ({
            rule,
            verdict,
            sockets,
          }));
        expect(outcome(back)).toEqual(outcome(log));
      }),
      { numRuns: 60 },
    );
  });
});

describe('HAR of others', () => {
  it("HTTP Toolkit's: closes, and what a proxy cannot know", async () => {
    const { log, notes } = await readLog(
      har(
        'HTTP Toolkit',
        entry({
          _webSocketMessages: [
            { type: 'send', opcode: 1, data: 'hello secret', time: 1769851800.1 },
            { type: 'receive', opcode: 2, data: 'AAECAw==', time: 1769851800.2 },
          ],
          _webSocketClose: { code: 1008, reason: 'token expired', timestamp: 1769851800.9 },
        }),
        entry({ startedDateTime: '2026-01-31T09:30:02Z', _webSocketClose: 'aborted' }),
        entry({ request: { url: 'https://a.test/page' }, response: { status: 200 } }),
      ),
    );
    expect(log.startedAt).toBe('2026-01-31T09:30:00.000Z');
    expect(log.events).toMatchObject([
      { t: 0, type: 'opening', socket: 'h1', url: 'wss://a.test/feed' },
      { t: 20, type: 'handshake', status: 101, headers: { server: 'x' } },
      { t: 20, type: 'open' },
      { t: 100, type: 'send', kind: 'text', bytes: 12 },
      { t: 200, type: 'receive', kind: 'binary', bytes: 4 },
      { t: 900, type: 'close', code: 1008, reason: 'token expired', wasClean: true },
      { t: 2000, type: 'opening', socket: 'h2' },
      { t: 2020, type: 'handshake' },
      { t: 2020, type: 'open' },
      { t: 3000, type: 'close', code: 1006, wasClean: false },
    ]);
    expect(JSON.stringify(log)).not.toContain('secret');
    expect(notes.map(({ id }) => id)).toEqual(['log_har_proxy', 'log_har_no_page']);
  });

  it("Chrome's own: no close codes, and the browser's words for a failure", async () => {
    const { log, notes } = await readLog(
      har(
        'WebInspector',
        entry({
          _resourceType: 'websocket',
          _webSocketMessages: [{ type: 'receive', opcode: 1, data: 'x', time: 1769851800.1 }],
        }),
        entry({
          startedDateTime: '1969-12-31T23:59:59.000Z',
          _resourceType: 'websocket',
          response: { status: 0, headers: [] },
          _webSocketMessages: [
            { type: 'error', opcode: -1, data: 'net::ERR_CONNECTION_REFUSED', time: 1769851800.1 },
          ],
        }),
      ),
    );
    expect(log.events.filter(({ type }) => type === 'close')).toEqual([]);
    expect(log.events.filter(({ type }) => type === 'opening')).toMatchObject([
      { seenBy: 'browser' },
      { seenBy: 'browser' },
    ]);
    expect(log.events).toContainEqual(
      expect.objectContaining({ type: 'handshake', error: 'net::ERR_CONNECTION_REFUSED' }),
    );
    expect(notes.map(({ id }) => id)).toEqual([
      'log_har_no_close',
      'log_har_no_page',
      'log_har_no_time',
    ]);
  });

  // Saved from the browsers' own Network panels: one socket closed with 1008, one refused with
  // 403, one that met nobody.
  it.each([
    ['chrome.har', 'log_har_no_close', 3],
    ['firefox.har', 'log_har_firefox', 0],
  ])('%s as the browser saved it', async (name, note, messages) => {
    const path = resolve(import.meta.dirname, '../fixtures/har', name);
    const { log, notes } = await readLog(readFileSync(path));
    expect(notes.map(({ id }) => id)).toContain(note);
    const statuses = log.events.flatMap((event) =>
      event.type === 'handshake' ? [event.status ?? -1] : [],
    );
    expect(statuses.sort()).toEqual([0, 101, 403]);
    const traffic = log.events.filter(({ type }) => type === 'send' || type === 'receive');
    expect(traffic).toHaveLength(messages);
    expect(log.events.every(({ t }) => t >= 0 && t < 10_000)).toBe(true);
    const rejected = diagnose(log.events).findings.filter(
      ({ rule }) => rule === 'handshake-rejected',
    );
    expect(rejected.map(({ verdict }) => verdict)).toEqual(['failed', 'failed']);
    expect(JSON.stringify(log)).not.toMatch(/hello|welcome/);
  });

  it("Firefox's own: handshakes alone", async () => {
    const { log, notes } = await readLog(
      har('Firefox', entry({ response: { status: 403, statusText: 'Forbidden', headers: [] } })),
    );
    expect(log.events).toMatchObject([{ type: 'opening' }, { type: 'handshake', status: 403 }]);
    expect(notes.map(({ id }) => id)).toEqual(['log_har_firefox', 'log_har_no_page']);
  });

  it('without a WebSocket', async () => {
    const { log, notes } = await readLog(har('WebInspector'));
    expect(log.events).toEqual([]);
    expect(notes.map(({ id }) => id)).toEqual(['log_har_no_sockets']);
  });

  it('refused as deep or hostile as any other file, with its place', async () => {
    const nested = `${'['.repeat(1e6)}${']'.repeat(1e6)}`;
    const texts: [string, string, object][] = [
      [
        `{"log":{\n"a":"[\\"[[","entries":[],"x":${nested}}}`,
        'log_error_deep',
        { line: 2, column: 30 + 62 },
      ],
      [`{"log":{"entries":[],"x":"${'['.repeat(100)}"}}`, '', {}],
      [
        '{"log":{"entries":[],\n "a": [{"b":1, "\\u005f_proto__" :1}]}}',
        'log_error_prototype',
        { line: 2, column: 16 },
      ],
      ['{"log":{"entries":[],"a":"__proto__","b":["__proto__"]}}', '', {}],
    ];
    for (const [text, id, place] of texts) {
      const bytes = new TextEncoder().encode(text);
      const pieces = (function* () {
        for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
      })();
      for (const source of [text, bytes, text.length < 1000 ? pieces : text]) {
        const error = await readLog(source).catch((one: unknown) => one);
        if (id === '') expect(error).toMatchObject({ log: { events: [] } });
        else expect(error).toMatchObject({ detail: { id }, place });
      }
    }
  });

  it('refused for what stands in an entry, which is named', async () => {
    const bad = (more: object) =>
      readLog(har('x', { request: { url: 'https://a.test/' } }, entry(more))).catch(
        (one: unknown) => one,
      );
    const long = { _webSocketMessages: [{ type: 'send', opcode: 1, data: '', time: 1e13 }] };
    expect(await bad(long)).toMatchObject({ log: {} });
    for (const time of [1e15, 1e300]) {
      const message = { type: 'send', opcode: 1, data: '', time };
      expect(await bad({ _webSocketMessages: [message] })).toMatchObject({
        name: 'LogError',
        place: { path: 'log.entries[1]' },
      });
    }
    const ours = harText(SMALL).replace('"t":40.5', '"t":"40"');
    expect(await readLog(ours).catch((one: unknown) => one)).toMatchObject({
      detail: { id: 'log_error_type' },
      place: { path: 'log._webSocketSession.events[1]' },
    });
  });

  it.each([
    ['no entries', '{"log":{"version":"1.2"}}', 'log_error_no_har'],
    ['a log that is no object', '{"log":[]}', 'log_error_no_har'],
    ['cut', '{"log":{"entries":[{"a":1}', 'log_error_truncated'],
    ['a hostile key', '{"log":{"entries":[],"__proto__":{}}}', 'log_error_prototype'],
  ])('refused: %s', async (_name, text, id) => {
    const error = await readLog(text).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(LogError);
    expect((error as LogError).detail.id).toBe(id);
  });

  it('whatever stands in it, it is read or refused, never a crash', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record(
            {
              startedDateTime: fc.anything(),
              time: fc.anything(),
              request: fc.oneof(
                fc.anything(),
                fc.record({ url: fc.anything(), headers: fc.anything() }),
              ),
              response: fc.oneof(
                fc.anything(),
                fc.record({ status: fc.anything(), headers: fc.anything() }),
              ),
              timings: fc.anything(),
              _webSocketMessages: fc.array(
                fc.oneof(
                  fc.anything(),
                  fc.record({
                    type: fc.constant('send'),
                    opcode: fc.constant(1),
                    time: fc.double(),
                    data: fc.anything(),
                  }),
                ),
              ),
              _webSocketClose: fc.oneof(
                fc.anything(),
                fc.record({ code: fc.anything(), reason: fc.anything(), timestamp: fc.anything() }),
              ),
            },
            { requiredKeys: ['_webSocketMessages'] },
          ),
        ),
        async (entries) => {
          let text: string;
          try {
            text = JSON.stringify({ log: { entries } });
          } catch {
            return; // No JSON: a BigInt.
          }
          await readLog(text).catch((error: unknown) => {
            if (!(error instanceof LogError)) throw error;
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
