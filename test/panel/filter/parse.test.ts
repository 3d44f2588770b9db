import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../src/panel/filter/parse.ts';

const tests = (source: string) => parseFilter(source).terms.map((term) => term.test);
const ranges = (source: string) => {
  const [test] = tests(source);
  return test?.kind === 'number' ? test.ranges : undefined;
};

describe('parseFilter', () => {
  it.each([
    ['code:1008', [{ from: 1008, to: 1008 }]],
    ['code:4000-4999', [{ from: 4000, to: 4999 }]],
    ['code:4000..4999', [{ from: 4000, to: 4999 }]],
    ['code:4xxx', [{ from: 4000, to: 4999 }]],
    ['code:>=4000', [{ from: 4000, to: Number.POSITIVE_INFINITY }]],
    ['code:<=1001', [{ from: Number.NEGATIVE_INFINITY, to: 1001 }]],
    [
      'code:1001,1006',
      [
        { from: 1001, to: 1001 },
        { from: 1006, to: 1006 },
      ],
    ],
    ['CODE:=1008', [{ from: 1008, to: 1008 }]],
    ['lived:5s', [{ from: 5_000, to: 5_000 }]],
    ['lived:250ms-1.5m', [{ from: 250, to: 90_000 }]],
    ['lived:>=1h', [{ from: 3_600_000, to: Number.POSITIVE_INFINITY }]],
    ['lived:3', [{ from: 3_000, to: 3_000 }]],
    ['sent:0', [{ from: 0, to: 0 }]],
  ])('reads %s', (source, expected) => {
    expect(parseFilter(source).errors).toEqual([]);
    expect(ranges(source)).toEqual(expected);
  });

  it('leaves the bound out of < and >', () => {
    const [below] = ranges('lived:<5s') ?? [];
    expect(below?.to).toBeLessThan(5_000);
    const [above] = ranges('code:>4000') ?? [];
    expect(above?.from).toBeGreaterThan(4_000);
  });

  it.each([
    ['token expired', ['token', 'expired']],
    ['"token expired"', ['token expired']],
    ['wss://a.test/feed', ['wss://a.test/feed']],
    ['127.0.0.1:8080', ['127.0.0.1:8080']],
    ['"code:1008"', ['code:1008']],
    ['-', ['-']],
    ['"a, b"', ['a, b']],
  ])('takes %s as text', (source, expected) => {
    const parsed = parseFilter(source);
    expect(parsed.errors).toEqual([]);
    expect(parsed.terms.map(({ test }) => (test.kind === 'text' ? test.text : test))).toEqual(
      expected,
    );
  });

  it('turns a term round and keeps its place', () => {
    const [term] = parseFilter('-url:health').terms;
    expect(term).toEqual({
      negated: true,
      test: { kind: 'pattern', key: 'url', patterns: ['health'] },
    });
  });

  it('keeps spaces and commas of a quoted value', () => {
    expect(tests('reason:"slow down, please"')).toEqual([
      { kind: 'pattern', key: 'reason', patterns: ['slow down, please'] },
    ]);
  });

  it('waits for a term that is still being typed', () => {
    expect(parseFilter('code: is:')).toEqual({ terms: [], errors: [] });
    expect(parseFilter('')).toEqual({ terms: [], errors: [] });
  });

  it.each([
    ['cod:1008', 'panel_filter_unknown_key_near', 0, 8],
    ['localhost:8080', 'panel_filter_unknown_key', 0, 14],
    ['is:open code:abc', 'panel_filter_bad_code', 8, 16],
    ['code:5000-4000', 'panel_filter_bad_code', 0, 14],
    ['lived:<5 lived:<5days', 'panel_filter_bad_time', 9, 21],
    ['sent:many', 'panel_filter_bad_number', 0, 9],
    ['is:opne', 'panel_filter_bad_word', 0, 7],
    ['closedBy:me', 'panel_filter_bad_word', 0, 11],
    ['reason:"token', 'panel_filter_unclosed', 0, 13],
  ])('says what is wrong with %s, and where', (source, id, from, to) => {
    const [error] = parseFilter(source).errors;
    expect(error).toMatchObject({ from, to, message: { id } });
  });

  it('offers the key that was meant', () => {
    expect(parseFilter('closdBy:server').errors[0]?.message.params).toMatchObject({
      near: 'closedBy',
    });
  });

  it('keeps the good terms beside a bad one', () => {
    const parsed = parseFilter('code:1008 nope:1 is:open');
    expect(parsed.terms).toHaveLength(2);
    expect(parsed.errors).toHaveLength(1);
  });
});
