import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODE_PAIRS } from '../../src/model/close-code-pairs.ts';
import {
  type CodeText,
  closeCodeRanges,
  closeCodes,
  codeText,
  lookUpCode,
  nameOfCode,
  scriptMaySend,
} from '../../src/model/close-codes.ts';
import { compareCodes, retryText, sendersText, wireText } from '../../src/model/compare-codes.ts';

const texts: Record<string, { message: string }> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../public/_locales/en/messages.json'), 'utf8'),
);
const entries = [...closeCodes, ...closeCodeRanges];
const of = (code: number) => closeCodes.find((entry) => entry.code === code)!;

describe('the registry', () => {
  it('names the codes of the protocol and those registered with IANA', () => {
    expect(closeCodes.map(({ code }) => code)).toEqual([
      1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
      1015, 3000, 3003, 3008,
    ]);
  });

  it('answers for every number of 16 bits, and for anything else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65_535 }), (code) => {
        const entry = lookUpCode(code);
        if (entry.kind === 'code') expect(entry.code).toBe(code);
        else expect(code >= entry.from && code <= entry.to).toBe(true);
      }),
    );
    for (const odd of [-1, 65_536, 1000.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(lookUpCode(odd).kind).toBe('range');
    }
  });

  it.each([
    [0, 999, 0],
    [1016, 2999, 1016],
    [3001, 3999, 3000],
    [4000, 4999, 4000],
    [5000, 65_535, 5000],
  ])('puts %d and %d into one range', (low, high, from) => {
    expect(lookUpCode(low)).toBe(lookUpCode(high));
    expect(lookUpCode(low)).toMatchObject({ kind: 'range', from });
  });

  it('lets 1005, 1006 and 1015 never travel, and nobody send them', () => {
    const never = closeCodes.filter(({ wire }) => wire === 'never');
    expect(never.map(({ code }) => code)).toEqual([1005, 1006, 1015]);
    for (const entry of entries) {
      expect(entry.wire === 'yes', `${entry.name}`).toBe(entry.senders.length > 0);
    }
  });

  it('lets a script send exactly what close() takes', () => {
    for (const entry of entries) {
      const code = entry.kind === 'code' ? entry.code : entry.to;
      expect(entry.senders.includes('script'), `${code}`).toBe(scriptMaySend(code));
    }
    const allowed = (codes: readonly number[]) => codes.filter(scriptMaySend);
    expect(allowed([999, 1000, 1001, 2999, 3000, 4999, 5000])).toEqual([1000, 3000, 4999]);
    // `close(3000.5)` sends 3000: WebIDL rounds, ties to even.
    expect(allowed([999.5, 1000.5, 1000.6, 2999.4, 2999.5, 3000.5, 4999.4, 4999.5])).toEqual([
      999.5, 1000.5, 2999.5, 3000.5, 4999.4,
    ]);
    expect(allowed([Number.NaN, Number.POSITIVE_INFINITY, -1000])).toEqual([]);
  });

  it('advises on 1001 and 1008 as they need it', () => {
    expect(of(1001)).toMatchObject({ retry: 'backoff', senders: ['server', 'browser'] });
    expect(of(1008)).toMatchObject({ retry: 'after-change', senders: ['server'] });
    expect(of(1012).retry).toBe('random-5-30');
    expect(of(1013).retry).toBe('elsewhere-or-asked');
  });

  it('refers to specifications by https', () => {
    for (const { spec, name } of entries) {
      expect(spec.length, name).toBeGreaterThan(0);
      for (const { url } of spec) expect(new URL(url).protocol).toBe('https:');
    }
  });

  it('confuses no code with itself or with a code that has no entry', () => {
    for (const { code, confusedWith } of closeCodes) {
      expect(confusedWith).not.toContain(code);
      for (const other of confusedWith) expect(lookUpCode(other).kind).toBe('code');
    }
  });
});

describe('its texts', () => {
  const kinds: readonly CodeText[] = ['name', 'short', 'means', 'seen', 'fix', 'use'];

  it('are all there', () => {
    const missing = entries
      .flatMap((entry) => [
        ...kinds.map((kind) => codeText(entry, kind)),
        retryText(entry),
        wireText(entry),
        sendersText(entry),
      ])
      .filter(({ id }) => texts[id] === undefined);
    expect(missing).toEqual([]);
  });

  it('name each code as the data does', () => {
    for (const entry of entries) {
      expect(texts[codeText(entry, 'name').id]?.message).toBe(entry.name);
    }
    expect(nameOfCode(1008)).toEqual({ id: 'code_1008_name' });
    expect(nameOfCode(4401)).toEqual({ id: 'code_range_4000_4999_name' });
  });

  it('belong to codes that there are', () => {
    const known = new Set(
      entries.flatMap((entry) => kinds.map((kind) => codeText(entry, kind).id)),
    );
    const orphans = Object.keys(texts).filter(
      (id) => /^code_(range_)?\d/.test(id) && !known.has(id),
    );
    expect(orphans).toEqual([]);
  });
});

describe('the difference of two codes', () => {
  it('has a sentence for every pair of the table, each once and in order', () => {
    const ids = CODE_PAIRS.map(([low, high]) => `code_pair_${low}_${high}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [low, high] of CODE_PAIRS) expect(low).toBeLessThan(high);
    expect(
      Object.keys(texts)
        .filter((id) => id.startsWith('code_pair_'))
        .sort(),
    ).toEqual(ids.sort());
  });

  it('has a sentence for every pair that the registry calls confused', () => {
    const pairs = new Set(CODE_PAIRS.map(([low, high]) => `${low} ${high}`));
    const bare = closeCodes
      .filter(({ code }) => code === 1001 || code === 1008 || code === 1006)
      .flatMap(({ code, confusedWith }) =>
        confusedWith.map((other) => `${Math.min(code, other)} ${Math.max(code, other)}`),
      )
      .filter((pair) => !pairs.has(pair));
    expect(bare).toEqual([]);
  });

  it('is the same both ways for a pair of the table', () => {
    expect(compareCodes(1008, 1001)).toEqual([{ id: 'code_pair_1001_1008' }]);
    expect(compareCodes(1001, 1008)).toEqual(compareCodes(1008, 1001));
  });

  it('is derived for any other pair', () => {
    expect(compareCodes(1003, 1012).map(({ id }) => id)).toEqual([
      'code_diff_meaning',
      'code_diff_retry',
    ]);
    expect(compareCodes(1005, 4401).map(({ id }) => id)).toEqual([
      'code_diff_meaning',
      'code_diff_wire',
    ]);
    expect(compareCodes(1002, 1003).map(({ id }) => id)).toEqual(['code_pair_1002_1003']);
    expect(compareCodes(1002, 1009).map(({ id }) => id)).toEqual(['code_diff_meaning']);
    expect(compareCodes(1003, 1009).length).toBe(1);
    expect(compareCodes(1002, 3003).map(({ id }) => id)).toEqual([
      'code_diff_meaning',
      'code_diff_senders',
    ]);
  });

  it('says of two codes of one range that only their sender knows', () => {
    expect(compareCodes(4401, 4403).map(({ id }) => id)).toEqual(['code_diff_same_range']);
  });

  it('is nothing for a code and itself', () => {
    expect(compareCodes(1008, 1008)).toEqual([]);
  });

  it('is there for any two different codes', () => {
    fc.assert(
      fc.property(fc.nat(65_535), fc.nat(65_535), (one, other) => {
        const said = compareCodes(one, other);
        expect(said.length).toBe(one === other ? 0 : Math.max(1, Math.min(2, said.length)));
        for (const { id } of said) expect(texts[id], id).toBeDefined();
      }),
    );
  });
});
