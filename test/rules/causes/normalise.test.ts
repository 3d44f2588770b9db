import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseReason } from '../../../src/rules/causes/reason/normalise.ts';
import { readReason } from '../../../src/rules/causes/reason/read.ts';

describe('normaliseReason', () => {
  test.each([
    ['Token expired!', 'token expired'],
    ['TOKEN_EXPIRED', 'token expired'],
    ['tokenExpired', 'token expired'],
    ['JWTExpired', 'jwt expired'],
    ["doesn't exist", 'doesnt exist'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders as servers send them
    ['Session ${id} not found', 'session not found'],
    ['too many ({0}) for %s', 'too many for'],
    ['Đã hết hạn', 'da het han'],
    ['Недействительный', 'недействительный'],
    ['ガ', 'ガ'],
    ['see https://a.test/x?y=1 now', 'see now'],
    ['{"code":4001,"message":"Bad token"}', 'bad token 4001'],
  ])('%s → %s', (reason, text) => {
    expect(normaliseReason(reason).text.replaceAll(' . ', ' ')).toBe(text);
  });

  test('finds numbers that stand alone', () => {
    expect(normaliseReason('HTTP 401, v2beta1').numbers).toEqual([401]);
  });

  test('knows a reason that fills its close frame (RFC 6455 §5.5)', () => {
    expect(normaliseReason('x'.repeat(123)).truncated).toBe(true);
    expect(normaliseReason('é'.repeat(61)).truncated).toBe(true);
    expect(normaliseReason('short').truncated).toBe(false);
  });

  test('reads what is left of a cut JSON body', () => {
    expect(normaliseReason('{"error":{"message":"Invalid api key provid').text).toContain(
      'invalid api key',
    );
  });

  test('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(typeof readReason(text).text).toBe('string');
      }),
    );
  });
});

describe('clauses', () => {
  test('colons, stops, dashes and brackets keep them apart; a time of day does not', () => {
    expect(normaliseReason('Bad request: no room (id 5). Bye - at 10:30').clauses).toEqual([
      'bad request',
      'no room',
      'id 5',
      'bye',
      'at 10 30',
    ]);
  });

  test('what a check wanted instead is not read', () => {
    expect(normaliseReason('jwt audience invalid. expected: app').text).toBe(
      'jwt audience invalid',
    );
    expect(normaliseReason('checksum mismatch (expected: a1, got: b2)').text).toBe(
      'checksum mismatch',
    );
    expect(normaliseReason('Invalid first message. Expected: auth').text).toBe(
      'invalid first message expected auth',
    );
  });
});

describe('readReason', () => {
  test('a general clause gives way to what the rest tells', () => {
    expect([...readReason('Error: room is full').concepts].sort()).toEqual(['full', 'place']);
    expect(readReason('Error: room').concepts.has('error')).toBe(true);
  });

  test('a longer phrase uses up its words', () => {
    const { concepts } = readReason('access token');
    expect([...concepts]).toEqual(['credential']);
  });

  test('a phrase that tells a state keeps the things among its words', () => {
    expect([...readReason('binary only').concepts].sort()).toEqual(['binary', 'only']);
  });

  test('English is not taken for Vietnamese without marks', () => {
    expect(readReason('the day is done').concepts.has('credential')).toBe(false);
  });
});
