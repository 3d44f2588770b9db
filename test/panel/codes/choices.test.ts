import { describe, expect, it } from 'vitest';
import { closeCodes } from '../../../src/model/close-codes.ts';
import type { SocketRecord } from '../../../src/model/socket.ts';
import { choiceGroups, numberText, parseCode, titleOf } from '../../../src/panel/codes/choices.ts';
import { outcomeOfCode } from '../../../src/panel/codes/outcome.ts';
import { fold, searchCodes } from '../../../src/panel/codes/search.ts';
import { outcomeOf } from '../../../src/panel/facts.ts';
import { shippedWords } from './words.ts';

const none = new Map<number, number>();
const en = shippedWords('en');
const vi = shippedWords('vi');

describe('the choices', () => {
  it('are every code of the registry and every range', () => {
    const groups = choiceGroups(none);
    expect(groups.map(({ id }) => id)).toEqual(['protocol', 'registered', 'ranges']);
    expect(groups.flatMap(({ codes }) => codes)).toHaveLength(closeCodes.length + 5);
    expect(groups[2]?.codes.map((code) => numberText(code, none))).toEqual([
      '0–999',
      '1016–2999',
      '3000–3999',
      '4000–4999',
      '5000–65535',
    ]);
  });

  it('put what this session saw beyond the registry first', () => {
    const counts = new Map([
      [4429, 1],
      [1008, 2],
      [4401, 3],
    ]);
    expect(choiceGroups(counts)[0]).toEqual({ id: 'session', codes: [4401, 4429] });
  });

  it('keep a code apart from the range that it stands for, once it was seen', () => {
    const counts = new Map([[4000, 2]]);
    const groups = choiceGroups(counts);
    expect(groups[0]).toEqual({ id: 'session', codes: [4000] });
    expect(groups.find(({ id }) => id === 'ranges')?.codes).not.toContain(4000);
    expect(numberText(4000, counts)).toBe('4000');
    expect(numberText(4000, none)).toBe('4000–4999');
  });

  it('list a code no more than once', () => {
    const all = choiceGroups(
      new Map([
        [4000, 1],
        [999, 1],
        [1000, 1],
      ]),
      [4000, 4401, 1000],
    ).flatMap(({ codes }) => codes);
    expect(new Set(all).size).toBe(all.length);
  });

  it('name a code of a range with its range', () => {
    expect(en.t(titleOf(4401, none))).toBe('Private use (4000–4999)');
    expect(en.t(titleOf(4000, none))).toBe('Private use');
    expect(en.t(titleOf(1008, none))).toBe('Policy Violation');
  });

  it.each([
    ['4401', 4401],
    [' 0 ', 0],
    ['65535', 65_535],
    ['65536', undefined],
    ['1e3', undefined],
    ['-1', undefined],
    ['1000.5', undefined],
    ['', undefined],
  ])('read %j as %s', (text, code) => {
    expect(parseCode(text)).toBe(code);
  });
});

describe('the search', () => {
  const search = (query: string, words = en) =>
    searchCodes(choiceGroups(none), query, words, none).flatMap(({ codes }) => codes);

  it('finds by the beginning of a number, the number itself and its range', () => {
    expect(search('101')).toEqual([101, 1010, 1011, 1012, 1013, 1014, 1015, 0, 1016]);
  });

  it('finds any number, and the range that holds it', () => {
    expect(search('4401')).toEqual([4401, 4000]);
    expect(search('70000')).toEqual([]);
  });

  it('finds by words of the texts, all of them', () => {
    expect(search('token')).toContain(1008);
    expect(search('token')).toContain(3000);
    expect(search('rate limit')).toContain(1008);
    expect(search('policy zebra')).toEqual([]);
  });

  it('finds Vietnamese with and without its marks', () => {
    expect(search('chinh sach', vi)).toContain(1008);
    expect(search('chính sách', vi)).toContain(1008);
    expect(search('dong bo', vi)).toEqual(search('đồng bộ', vi));
    expect(fold('Đã ĐÓNG')).toBe('da dong');
  });

  it('finds the English name in Vietnamese too', () => {
    expect(search('private use', vi)).toEqual([4000]);
  });
});

describe('the mark of a code', () => {
  it('is that of the sockets which it ended', () => {
    for (let code = 0; code <= 5100; code += 1) {
      const socket = { code, state: 'closed', seenBy: 'recorder' } as SocketRecord;
      expect(outcomeOfCode(code), `${code}`).toBe(outcomeOf(socket));
    }
  });
});
