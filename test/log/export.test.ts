import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Ajv from 'ajv';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { translatorFor } from '../../src/cli/texts.ts';
import { cellText } from '../../src/log/export/csv.ts';
import { code, escaped } from '../../src/log/export/markdown.ts';
import {
  csvTexts,
  exportFormats,
  exportLog,
  headerOf,
  markdownReport,
  otlpTexts,
  readLog,
  type SessionLog,
} from '../../src/log/index.ts';
import type { SessionEvent } from '../../src/model/events.ts';
import { diagnose } from '../../src/rules/create-diagnosis.ts';
import { otlpSchema } from './otlp-schema.ts';
import { eventOfEveryType, SMALL } from './samples.ts';

const words = translatorFor('en');
const hostile =
  '=cmd|"x"!A1\n`**<img src=x onerror=alert(1)>** @everyone #1 https://evil.test [a](b) \u202e';
const events: SessionEvent[] = [
  { t: 0, type: 'opening', socket: 's1', url: 'wss://a.test/feed' },
  { t: 40, type: 'open', socket: 's1' },
  { t: 350, type: 'close', socket: 's1', code: 1008, reason: hostile, wasClean: true },
  { t: 1350, type: 'opening', socket: '+s2', url: 'wss://a.test/feed' },
  { t: 90_000, type: 'end' },
];
const log: SessionLog = {
  ...SMALL,
  generator: { name: 'x|y', browser: '<b>Chrome</b>' },
  labels: { release: '=1+1' },
  events,
};
const diagnosis = diagnose(events);

/** RFC 4180, read by another hand than the one that wrote it. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const [, quoted, bare, end] = cell.exec(text) ?? [];
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe('CSV of sockets', () => {
  const text = [...csvTexts(diagnosis, log.startedAt)].join('');
  const [head, first, second] = readCsv(text.slice(1));

  it('has one row a socket, each as wide as the head', () => {
    expect(text.startsWith('\ufeffsocket,url,')).toBe(true);
    expect(readCsv(text.slice(1)).map((row) => row.length)).toEqual([
      head!.length,
      head!.length,
      head!.length,
    ]);
    const row = Object.fromEntries(head!.map((name, at) => [name, first?.[at]]));
    expect(row).toMatchObject({
      socket: 's1',
      endpoint: 'wss://a.test/feed',
      opened: '2026-01-31T09:30:00.000Z',
      close_code: '1008',
      lived_ms: '350',
      replaced_by: "'+s2",
      failed_rules: expect.stringContaining('policy-violation'),
    });
  });

  it('is read by another program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'csv-'));
    try {
      const path = join(folder, 'sockets.csv');
      writeFileSync(path, text);
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      const query = `SELECT socket, close_code, close_reason FROM read_csv('${path}', all_varchar = true)`;
      const rows = (await connection.runAndReadAll(query)).getRowObjectsJson();
      connection.closeSync();
      instance.closeSync();
      expect(rows).toEqual([
        { socket: 's1', close_code: '1008', close_reason: `'${hostile}` },
        { socket: "'+s2", close_code: null, close_reason: null },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('holds no formula', () => {
    for (const row of [first, second]) {
      for (const cell of row!) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
    for (const text of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\u0000=1', '＝1']) {
      expect(cellText(text).replace(/^"/, '')).toMatch(/^'/);
    }
    expect(cellText(-5)).toBe('-5');
  });

  it('holds no formula for a spreadsheet that splits at another separator', () => {
    expect(cellText('wss://a.test/f;=cmd|calc!A1')).toBe("wss://a.test/f;'=cmd|calc!A1");
    expect(cellText('x;=1+1')).toBe("x;'=1+1");
    expect(cellText('x\t@y')).toBe("x\t'@y");
    expect(cellText('a-b=c;d')).toBe('a-b=c;d');
    const parts = ['=1+1', '-1', '@x', ' +1', '"=1"', '""=1', "'=1", '\u0000=1', '＝1', '=\t=1'];
    const separators = [';', '\t', ',', '\n', '\r\n', '\r', ';;', '; \t'];
    for (const part of parts) {
      for (const separator of separators) {
        const line = `s1,${cellText(`x${separator}${part}`)},end`;
        for (const cell of line.split(/[;,\t\r\n]/)) {
          // What a spreadsheet may strip before it looks: space, controls, quotes.
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may be stripped
          expect(cell).not.toMatch(/^[\s\u0000-\u001f"]*[=+\-@＝]/);
        }
      }
    }
  });

  it('quotes what would end a cell', () => {
    expect(cellText('a "b", c')).toBe('"a ""b"", c"');
  });
});

describe('Markdown report', () => {
  const text = markdownReport(headerOf(log), diagnosis, words);

  it('tells environment, findings, causes, evidence and chains', () => {
    for (const part of [
      '# WebSocket report',
      '2026-01-31',
      '`policy-violation`',
      '## Chains',
      '━',
      '✕',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('lets nothing of a stranger become markup', () => {
    // Without code spans and fences nothing may stand that Markdown, HTML or a tracker reads.
    const prose = text
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<!\\)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
    expect(prose).not.toMatch(/(?<!\\)[<>[\]]/);
    expect(prose).not.toMatch(/@\w|#\d|https?:\/\/|(?<!\\)\]\(/);
    expect(prose).not.toContain('\u202e');
    for (const line of text.split('\n')) expect(line).not.toMatch(/^\s*(?:=cmd|@everyone)/);
  });

  it('is rendered by another program without a link, picture or tag of a stranger', () => {
    const html = marked.parse(text, { async: false, gfm: true });
    const tags = new Set([...html.matchAll(/<\/?([a-z]\w*)/g)].map(([, tag]) => tag));
    const ours = [
      'h1',
      'h2',
      'h3',
      'p',
      'ul',
      'li',
      'strong',
      'code',
      'pre',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
    ];
    expect([...tags].filter((tag) => !ours.includes(tag!))).toEqual([]);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('<td>x|y</td>');
  });

  it('keeps every cell of its table whole, whatever a label is called', () => {
    const labels = {
      'x|[l](http://evil.test) <img src=x> @octocat': 'v',
      plain: 'q\\|r',
      release: '1`2',
    };
    const report = markdownReport(headerOf({ ...SMALL, labels }), diagnose(SMALL.events), words);
    const rows = marked
      .parse(report, { async: false, gfm: true })
      .split('<tr>')
      .map((row) => row.match(/<td>/g)?.length);
    expect(rows.filter((cells) => cells !== undefined && cells !== 2)).toEqual([]);
    const html = marked.parse(report, { async: false, gfm: true });
    expect(html).not.toMatch(/<img|<a /);
    expect(html).toContain('<td>q\\|r</td>');
  });

  it('escapes texts and code', () => {
    expect(code('a`b``c')).toBe('```a`b``c```');
    expect(code('`x`')).toBe('`` `x` ``');
    expect(code('a\nb')).toBe('`a\\u{a}b`');
    expect(escaped('<b> *x* @me #12 http://e.test')).toBe(
      '\\<b\\> \\*x\\* @\u2060me \\#\u206012 http\\://e.test',
    );
    expect(escaped('- item')).toBe('\u2060- item');
    expect(escaped('1. item')).toBe('\u20601. item');
    expect(escaped('1 min')).toBe('1 min');
  });
});

describe('OTLP/JSON', () => {
  const validate = new Ajv().compile(otlpSchema);
  const header = headerOf(log);

  it('is an ExportLogsServiceRequest a line', () => {
    for (const one of [events, eventOfEveryType]) {
      const lines = [...otlpTexts(header, one, diagnose(one))];
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(validate(JSON.parse(line)) || validate.errors).toBe(true);
      }
    }
  });

  it('tells closes and findings', () => {
    const [line] = otlpTexts(header, events, diagnosis);
    const [{ resource, scopeLogs }] = JSON.parse(line!).resourceLogs;
    expect(resource.attributes).toContainEqual({
      key: 'label.release',
      value: { stringValue: '=1+1' },
    });
    const records = scopeLogs[0].logRecords;
    const close = records.find((one: { eventName: string }) => one.eventName === 'websocket.close');
    expect(close).toMatchObject({ timeUnixNano: '1769851800350000000', severityText: 'WARN' });
    expect(close.attributes).toContainEqual({
      key: 'websocket.close.code',
      value: { intValue: '1008' },
    });
    const finding = records.find(
      (one: { eventName: string }) => one.eventName === 'websocket.finding',
    );
    expect(finding.severityNumber).toBe(17);
  });

  it('tells a time that the protocol cannot count as unknown', () => {
    const [line] = otlpTexts(header, [{ t: -2e12, type: 'end' }], diagnose([]));
    expect(validate(JSON.parse(line!)) || validate.errors).toBe(true);
    expect(line).toContain('"timeUnixNano":"0"');
  });

  it('cuts long sessions into requests', () => {
    const many = Array.from(
      { length: 1200 },
      (_, t): SessionEvent => ({ t, type: 'error', socket: 's' }),
    );
    const lines = [...otlpTexts(header, many, diagnose(many))].filter((line) => line !== '');
    expect(lines.length).toBe(3);
  });
});

describe('saving in any format', () => {
  it.each(exportFormats)('$id', async ({ id, complete, label }) => {
    expect(words.has(label)).toBe(true);
    for (const gzip of [false, true]) {
      const pieces: Uint8Array[] = [];
      const options = {
        gzip,
        creator: { name: 'n', version: '1' },
        words,
        diagnose: () => diagnosis,
      };
      for await (const piece of exportLog(log, id, options)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      expect(bytes.length).toBeGreaterThan(100);
      if (complete) {
        const { log: back } = await readLog(bytes);
        expect(back.events).toEqual(events.map((event) => ({ ...event })));
      }
    }
  });
});
