import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translatorFor } from '../../src/cli/texts.ts';
import {
  exportFormats,
  exportLog,
  LogError,
  type ReadOptions,
  readLog,
} from '../../src/log/index.ts';
import { gzipFault } from '../../src/log/read/text.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { eventOfEveryType, logText, SMALL } from './samples.ts';

async function refused(source: string | Uint8Array, options?: ReadOptions): Promise<LogError> {
  try {
    await readLog(source, options);
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const ndjson = (events: readonly string[], header = {}): string =>
  [
    JSON.stringify({
      format: 'websocket-session-log',
      version: 1,
      startedAt: '2026-01-31T09:30:00.000Z',
      ...header,
    }),
    ...events,
  ].join('\n');

describe('what is read', () => {
  it('reads JSON, NDJSON and gzip of both to the same log', async () => {
    const json = logText(SMALL);
    const lines = ndjson(SMALL.events.map((event) => JSON.stringify(event)));
    const expected = (await readLog(json)).log;
    expect(expected.events).toEqual(SMALL.events);
    for (const source of [
      lines,
      `${lines}\n`,
      lines.replaceAll('\n', '\r\n'),
      `\ufeff${json}`,
      new TextEncoder().encode(json),
      gzipSync(json),
      gzipSync(lines),
      JSON.stringify(JSON.parse(json), null, 2),
    ]) {
      expect((await readLog(source)).log).toEqual(expected);
    }
  });

  it('reads the same from pieces of any size', async () => {
    const text = JSON.stringify({
      ...SMALL,
      generator: { name: 'é 漢字 😀 "\\"[{' },
      events: [
        ...SMALL.events,
        { t: 9e9, type: 'close', socket: 's', code: 1000, reason: '😀]}\\"', wasClean: true },
      ],
    });
    const whole = (await readLog(text)).log;
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      expect((await readLog(inPieces(text, size))).log).toEqual(whole);
    }
  });

  it('reads every type of event with all of its fields', async () => {
    const { log } = await readLog(logText({ ...SMALL, events: eventOfEveryType }));
    expect(log.events).toEqual(eventOfEveryType);
  });

  it('takes members of the header that follow the events', async () => {
    const { format, version, startedAt, events } = SMALL;
    const { log } = await readLog(JSON.stringify({ events, startedAt, version, format }));
    expect(log.events).toHaveLength(events.length);
  });

  it('reads a header without events as an empty log', async () => {
    expect((await readLog(ndjson([]))).log.events).toEqual([]);
  });

  it('leaves out unknown fields, and counts events of unknown types', async () => {
    const { log, skipped, notes } = await readLog(
      ndjson(
        [
          '{"t":1,"type":"open","socket":"s1","colour":"red"}',
          '{"t":2,"type":"teleport","socket":"s1"}',
          '{"t":3,"type":"teleport"}',
          '{"t":4,"type":"page","state":"dreaming"}',
        ],
        { mood: 'good' },
      ),
    );
    expect(log.events).toEqual([{ t: 1, type: 'open', socket: 's1' }]);
    expect(log).not.toHaveProperty('mood');
    expect([...skipped]).toEqual([
      ['teleport', 2],
      ['page:dreaming', 1],
    ]);
    expect(notes.map(({ id }) => id)).toEqual(['log_note_skipped']);
  });

  it('sorts events that are out of order, keeps the order within a moment, and says so', async () => {
    const { log, notes } = await readLog(
      ndjson([
        '{"t":5,"type":"error","socket":"b"}',
        '{"t":1,"type":"error","socket":"a"}',
        '{"t":5,"type":"close","socket":"b","code":1006,"reason":"","wasClean":false}',
      ]),
    );
    expect(log.events.map(({ t, type }) => `${t} ${type}`)).toEqual([
      '1 error',
      '5 error',
      '5 close',
    ]);
    expect(notes.map(({ id }) => id)).toEqual(['log_note_sorted']);
  });

  it('reads times at the ends of the calendar, and saves them in every format', async () => {
    const { log } = await readLog(
      ndjson(['{"t":-7200000,"type":"error","socket":"a"}', '{"t":315537897599999,"type":"end"}'], {
        startedAt: '0001-01-01T07:00:00.000+07:00',
      }),
    );
    expect(log.events).toHaveLength(2);
    const creator = { name: 'n', version: '1' };
    for (const { id } of exportFormats) {
      const options = { creator, words: translatorFor('en'), diagnose: () => diagnose(log.events) };
      for await (const piece of exportLog(log, id, options)) {
        expect(new TextDecoder().decode(piece)).not.toMatch(/NaN|[+-]\d{6}-|:"-\d/);
      }
    }
  });

  it('makes half a surrogate pair whole', async () => {
    const { log } = await readLog(
      ndjson([
        '{"t":1,"type":"close","socket":"s","code":1000,"reason":"a\\ud83d","wasClean":true}',
      ]),
    );
    expect(log.events[0]).toMatchObject({ reason: 'a\ufffd' });
  });

  it('draws a breath after every piece and tells its progress', async () => {
    let breaths = 0;
    let characters = 0;
    const text = ndjson(
      Array.from({ length: 5000 }, (_, t) => `{"t":${t},"type":"error","socket":"s"}`),
    );
    await readLog(text, {
      breathe: () => {
        breaths++;
      },
      onProgress: (count) => {
        characters = count;
      },
    });
    expect(breaths).toBeGreaterThan(1);
    expect(characters).toBe(text.length);
  });
});

describe('what is refused, with its place', () => {
  const event = '{"t":1,"type":"error","socket":"s"}';
  const cases: readonly [string, string, string, object][] = [
    ['nothing', '', 'log_error_empty', {}],
    ['white space', ' \n ', 'log_error_empty', {}],
    ['other text', 'hello', 'log_error_not_json', { line: 1, column: 1 }],
    ['an array', '\n [1]', 'log_error_not_json', { line: 2, column: 2 }],
    ['other JSON', '{"name":{}}', 'log_error_no_format', { path: 'format' }],
    ['a HAR without entries', '{"log":{}}', 'log_error_no_har', { path: 'log.entries' }],
    ['other JSON of many lines', '{\n"name":"x"\n}', 'log_error_no_format', { path: 'format' }],
    [
      'another format',
      '{"format":"har","version":1}',
      'log_error_other_format',
      { line: 1, column: 11, path: 'format' },
    ],
    ['a higher version', ndjson([], { version: 2 }), 'log_error_version', { path: 'version' }],
    ['a version as text', ndjson([], { version: '1' }), 'log_error_type', { path: 'version' }],
    ['version 0', ndjson([], { version: 0 }), 'log_error_type', { path: 'version' }],
    ['no start', ndjson([], { startedAt: undefined }), 'log_error_missing', { path: 'startedAt' }],
    ['a bad start', ndjson([], { startedAt: 'soon' }), 'log_error_type', { path: 'startedAt' }],
    ...['1', 'Sat, 31 Jan 2026 09:30:00 GMT', '2026-01-31', '2026-01-31T09:30:00'].map(
      (startedAt): [string, string, string, object] => [
        `a start of another form: ${startedAt}`,
        ndjson([], { startedAt }),
        'log_error_type',
        { line: 1, path: 'startedAt' },
      ],
    ),
    ...['2026-02-30T09:30:00Z', '+275760-09-13T00:00:00.000Z', '0000-01-01T00:00:00+09:00'].map(
      (startedAt): [string, string, string, object] => [
        `a start that no calendar has: ${startedAt}`,
        ndjson([], { startedAt }),
        'log_error_type',
        { line: 1, path: 'startedAt' },
      ],
    ),
    [
      'a time beyond all dates',
      ndjson([event, '{"t":1e300,"type":"end"}']),
      'log_error_type',
      { line: 3, event: 1, path: 'events[1].t' },
    ],
    [
      'a time before the year 0',
      ndjson([event, '{"t":-1e14,"type":"end"}', event]),
      'log_error_moment',
      { line: 3, column: 1, event: 1, path: 'events[1].t' },
    ],
    [
      'a time after the year 9999 whose start is not yet known',
      '{"events":[{"t":3e14,"type":"end"}],"format":"websocket-session-log","version":1,"startedAt":"2026-01-31T09:30:00Z"}',
      'log_error_moment',
      { line: 1, column: 12, event: 0, path: 'events[0].t' },
    ],
    [
      'the first time of a run before the year 0',
      ndjson(['{"t":1,"type":"send","socket":"s","kind":"text","bytes":1,"firstT":-1e14}']),
      'log_error_moment',
      { line: 2, path: 'events[0].firstT' },
    ],
    ['a bad count', ndjson([], { dropped: -1 }), 'log_error_type', { path: 'dropped' }],
    [
      'events that are no list',
      logText(SMALL).replace(/"events":.*/s, '"events":{}}'),
      'log_error_type',
      { path: 'events' },
    ],
    [
      'no events in a long header',
      JSON.stringify({ ...SMALL, events: undefined }, null, 2),
      'log_error_missing',
      { path: 'events' },
    ],
    [
      'events twice',
      logText(SMALL).replace(/\}\s*$/, ',"events":[]}'),
      'log_error_twice',
      { path: 'events' },
    ],
    [
      'a second version after the events',
      logText(SMALL).replace(/\}\s*$/, ',"version":99}'),
      'log_error_twice',
      { line: 1, column: logText(SMALL).length + 11, path: 'version' },
    ],
    [
      'a second start in the first line',
      '{"format":"websocket-session-log","startedAt":"2026-01-31T09:30:00Z","startedAt":"2026-01-31T09:30:00Z"}',
      'log_error_twice',
      { line: 1, column: 82, path: 'startedAt' },
    ],
    [
      'a higher version after the events',
      '{"format":"websocket-session-log","events":[],"version":99}',
      'log_error_version',
      { line: 1, column: 57, path: 'version' },
    ],
    [
      'another format after the events',
      '{"version":1,"events":[],"format":"zzz"}',
      'log_error_other_format',
      { line: 1, column: 35, path: 'format' },
    ],
    [
      'a line that is cut',
      ndjson([event, event.slice(0, 20)]),
      'log_error_truncated',
      { line: 3, column: 21, event: 1 },
    ],
    ['a file that is cut', logText(SMALL).slice(0, -30), 'log_error_truncated', {}],
    [
      'a list that is not closed',
      logText(SMALL).replace(/\]\s*\}\s*$/, ''),
      'log_error_truncated',
      {},
    ],
    ['a stray comma', logText(SMALL).replace(/\]\s*\}\s*$/, ',]}'), 'log_syntax_token', {}],
    ['a second log', ndjson([event, ndjson([])]), 'log_error_second_log', { line: 3, event: 1 }],
    ['text after the end', `${logText(SMALL)}x`, 'log_error_trailing', {}],
    ['an event that is a number', ndjson(['5']), 'log_error_type', { line: 2, path: 'events[0]' }],
    ['an event without type', ndjson(['{"t":1}']), 'log_error_missing', { path: 'events[0].type' }],
    [
      'an event without t',
      ndjson(['{"type":"end"}']),
      'log_error_missing',
      { path: 'events[0].t' },
    ],
    [
      'a close without code',
      ndjson([event, '{"t":1,"type":"close","socket":"s","reason":"","wasClean":true}']),
      'log_error_missing',
      { line: 3, event: 1, path: 'events[1].code' },
    ],
    [
      'a number as text',
      ndjson(['{"t":"1","type":"end"}']),
      'log_error_type',
      { path: 'events[0].t' },
    ],
    [
      'bytes as text',
      ndjson(['{"t":1,"type":"send","socket":"s","kind":"text","bytes":"9"}']),
      'log_error_type',
      { path: 'events[0].bytes' },
    ],
    [
      'an unknown kind',
      ndjson(['{"t":1,"type":"send","socket":"s","kind":"smoke","bytes":9}']),
      'log_error_type',
      { path: 'events[0].kind' },
    ],
    [
      'a number beyond all numbers',
      ndjson(['{"t":1e999,"type":"end"}']),
      'log_error_type',
      { path: 'events[0].t' },
    ],
    ['NaN', ndjson(['{"t":NaN,"type":"end"}']), 'log_syntax_token', { line: 2, column: 6 }],
    [
      'a negative size',
      ndjson(['{"t":1,"type":"send","socket":"s","kind":"text","bytes":-1}']),
      'log_error_type',
      { path: 'events[0].bytes' },
    ],
    [
      'a code out of range',
      ndjson(['{"t":1,"type":"close","socket":"s","code":70000,"reason":"","wasClean":true}']),
      'log_error_type',
      { path: 'events[0].code' },
    ],
    [
      'headers of numbers',
      ndjson(['{"t":1,"type":"handshake","headers":{"a":1}}']),
      'log_error_type',
      { path: 'events[0].headers' },
    ],
    [
      'a key __proto__',
      ndjson(['{"t":1,"type":"end","__proto__":{"x":1}}']),
      'log_error_prototype',
      { line: 2, event: 0 },
    ],
    [
      'such a key in disguise',
      ndjson(['{"t":1,"type":"drill","kind":"k","parameters":{"a":[{"\\u005f_proto__":1}]}}']),
      'log_error_prototype',
      { event: 0 },
    ],
    [
      'such a key of the log',
      '{"__proto__":{"format":"websocket-session-log"}}',
      'log_error_prototype',
      {},
    ],
    [
      '10^6 nested arrays in an event',
      ndjson([`{"t":1,"type":"end","x":${'['.repeat(1e6)}${']'.repeat(1e6)}}`]),
      'log_error_deep',
      { line: 2, event: 0 },
    ],
    [
      '10^6 nested arrays for events',
      logText(SMALL).replace('"events":[', `"events":[${'['.repeat(1e6)}`),
      'log_error_deep',
      { event: 0 },
    ],
    [
      '10^6 nested arrays in the header',
      `{"x":${'['.repeat(1e6)}`,
      'log_error_deep',
      { path: 'x' },
    ],
    [
      'a control character in a text',
      ndjson(['{"t":1,"type":"page","state":"a\u0001b"}']),
      'log_syntax_string',
      { line: 2 },
    ],
    ['an unknown escape', ndjson(['{"t":1,"type":"e\\x"}']), 'log_syntax_escape', { line: 2 }],
    [
      'a number with a leading zero',
      ndjson(['{"t":01,"type":"end"}']),
      'log_syntax_number',
      { line: 2 },
    ],
  ];
  it.each(cases)('%s', async (_name, text, id, place) => {
    const error = await refused(text);
    expect(error.detail.id).toBe(id);
    expect(error.place).toMatchObject(place);
    const bytes = await refused(new TextEncoder().encode(text));
    expect(bytes.detail).toEqual(error.detail);
    expect(bytes.place).toEqual(error.place);
  });

  it('gives the line and column of a fault in a file of many lines', async () => {
    const text = JSON.stringify(SMALL, null, 2).replace('"kind": "text"', '"kind": text');
    const line = text.split('\n').findIndex((one) => one.includes('"kind": text')) + 1;
    const error = await refused(text);
    expect(error.place).toMatchObject({
      line,
      column: text.split('\n')[line - 1]!.indexOf('text') + 1,
    });
  });

  it('damaged and cut gzip', async () => {
    const bytes = gzipSync(logText(SMALL));
    expect((await refused(bytes.subarray(0, bytes.length - 12))).detail.id).toBe(
      'log_error_gzip_truncated',
    );
    const damaged = Uint8Array.from(bytes);
    damaged[20] = damaged[20]! ^ 0xff;
    expect((await refused(damaged)).detail.id).toMatch(/^log_error_gzip|^log_syntax|^log_error/);
  });

  // The words of the engines, as Chromium, Firefox and Node throw them.
  it.each([
    [new TypeError('Compressed input was truncated.'), 'log_error_gzip_truncated'],
    [
      new TypeError('The input is ended without reaching the stream end'),
      'log_error_gzip_truncated',
    ],
    [
      Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' }),
      'log_error_gzip_truncated',
    ],
    [new TypeError('Junk found after end of compressed data.'), 'log_error_gzip_more'],
    [new TypeError('Unexpected input after the end of stream'), 'log_error_gzip_more'],
    [new TypeError('The compressed data was not valid: invalid block type.'), 'log_error_gzip'],
    [Object.assign(new Error('incorrect data check'), { code: 'Z_DATA_ERROR' }), 'log_error_gzip'],
  ])('gzip in the words of an engine: %s', (error, id) => {
    expect(gzipFault(error)).toBe(id);
  });

  it('bytes that are not UTF-8, with their place', async () => {
    const bytes = new TextEncoder().encode(logText(SMALL));
    bytes[40] = 0xff;
    const error = await refused(bytes);
    expect(error.detail.id).toBe('log_error_utf8');
    expect(error.place).toEqual({ byte: 40 });
  });

  it('more bytes, longer values and more events than allowed', async () => {
    const text = ndjson(Array.from({ length: 100 }, () => event));
    const limited = async (limits: object) => (await refused(text, { limits })).detail.id;
    expect(await limited({ maxBytes: 1000 })).toBe('log_error_too_big');
    expect(await limited({ maxValue: 20 })).toBe('log_error_value_too_big');
    expect(await limited({ maxEvents: 99 })).toBe('log_error_too_many_events');
    const json = logText(SMALL).replace('"s1"', `"${'x'.repeat(1e6)}"`);
    expect((await refused(json, { limits: { maxValue: 1e5 } })).detail.id).toBe(
      'log_error_value_too_big',
    );
  });

  it('a gzip bomb, before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, ' '));
    expect((await refused(bomb, { limits: { maxBytes: 1e6 } })).detail.id).toBe(
      'log_error_too_big',
    );
  });
});

describe('files that were damaged on the way', { timeout: 60_000 }, () => {
  const ndjsonText = ndjson(SMALL.events.map((event) => JSON.stringify(event)));
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const whole = [
    bytesOf(logText(SMALL)),
    bytesOf(ndjsonText),
    Uint8Array.from(gzipSync(ndjsonText)),
  ];

  const readOrRefused = async (bytes: Uint8Array): Promise<void> => {
    try {
      const { log } = await readLog(bytes);
      for (const { t } of log.events) expect(Number.isFinite(t)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(LogError);
    }
  };

  it('are read or refused, never a crash, whatever byte is wrong', async () => {
    const change = fc.record({
      file: fc.constantFrom(...whole),
      at: fc.nat(),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ file, at, bytes }) => {
        const damaged = Uint8Array.from(file);
        damaged.set(bytes, at % (file.length - bytes.length));
        await readOrRefused(damaged);
      }),
      { numRuns: 500 },
    );
  });

  it('are read or refused, wherever they were cut; JSON and gzip are never half taken', async () => {
    for (const [kind, file] of whole.entries()) {
      for (let length = 0; length < file.length - 1; length += 3) {
        const cut = file.subarray(0, length);
        if (kind === 1) await readOrRefused(cut);
        else await expect(readLog(cut)).rejects.toBeInstanceOf(LogError);
      }
    }
  });

  it('are read or refused, whatever JSON stands in the place of a log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (events, more) => {
        await readOrRefused(bytesOf(JSON.stringify({ ...SMALL, events, more })));
        await readOrRefused(bytesOf(ndjson([JSON.stringify(events), JSON.stringify(more)])));
      }),
      { numRuns: 300 },
    );
  });
});
