import { describe, expect, it } from 'vitest';
import {
  compileOwnRule,
  type OwnRule,
  OwnRuleError,
  ownRuleFrom,
  parseOwnRules,
  writeOwnRules,
} from '../../../src/panel/rules/own-rules.ts';
import { OwnRuleStore } from '../../../src/panel/rules/own-store.ts';
import { life } from '../support/events.ts';
import { sessionOf } from '../support/session-of.ts';

const rule = (fields: Partial<OwnRule>): OwnRule => ({
  id: 'r1',
  name: 'Seats',
  meaning: 'Full',
  ...fields,
});

function problemOf(run: () => unknown): { id: string; field?: string; inner?: string } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof OwnRuleError)) throw error;
    const inner = error.detail.params?.problem;
    return {
      id: error.detail.id,
      ...(error.field !== undefined && { field: error.field }),
      ...(typeof inner === 'object' && { inner: inner.id }),
    };
  }
  throw new Error('It was accepted');
}

describe('compileOwnRule', () => {
  const { sockets } = sessionOf([
    ...life({
      id: 'seat',
      url: 'wss://a.test/room',
      closeAt: 100,
      code: 4102,
      reason: 'No seat left',
    }),
    ...life({
      id: 'other',
      url: 'wss://b.test/',
      closeAt: 100,
      code: 1008,
      reason: 'quota of 5 exceeded',
    }),
    ...life({ id: 'open', url: 'wss://a.test/room' }),
  ]).view.value;
  const fitting = (fields: Partial<OwnRule>) =>
    [...sockets.values()].filter(compileOwnRule(rule(fields))).map((one) => one.id);

  it.each<[Partial<OwnRule>, string[]]>([
    [{ code: '4102' }, ['seat']],
    [{ code: '4100-4199, 1008' }, ['seat', 'other']],
    [{ code: '4xxx' }, ['seat']],
    [{ reason: 'SEAT' }, ['seat']],
    [{ reason: '/^quota of \\d+ exceeded$/' }, ['other']],
    [{ url: 'wss://a.test/' }, ['seat']],
    [{ url: '/^wss://[a-c]\\.test/ro+m$/' }, ['seat']],
    [{ code: '4102', url: 'b.test' }, []],
  ])('%j', (fields, expected) => {
    expect(fitting(fields)).toEqual(expected);
  });
});

describe('ownRuleFrom', () => {
  it.each<[Record<string, unknown>, { id: string; field?: string }]>([
    [
      { id: 'a', name: 'n', meaning: 'm' },
      { id: 'panel_own_error_nothing', field: 'code' },
    ],
    [
      { id: 'a', name: 'n', code: '4401' },
      { id: 'panel_own_error_missing', field: 'meaning' },
    ],
    [
      { id: 'a', name: 7, code: '4401', meaning: 'm' },
      { id: 'panel_own_error_type', field: 'name' },
    ],
    [
      { id: 'a', name: 'n', code: 'abc', meaning: 'm' },
      { id: 'panel_own_error_code', field: 'code' },
    ],
    [
      { id: 'a', name: 'n', code: '1 url:x', meaning: 'm' },
      { id: 'panel_own_error_code', field: 'code' },
    ],
    [
      { id: 'a', name: 'n'.repeat(81), code: '1', meaning: 'm' },
      { id: 'panel_own_error_long', field: 'name' },
    ],
    [
      { id: 'a', name: 'n', reason: '/(/', meaning: 'm' },
      { id: 'panel_own_error_expression', field: 'reason' },
    ],
  ])('%j', (fields, problem) => {
    expect(problemOf(() => ownRuleFrom(fields))).toEqual(problem);
  });

  it.each(['/(.)\\1/', '/(?<c>.)\\k<c>/', '/(?=a)b/', '/(?<!a)b/'])(
    'refuses %s, which no single way through the text can tell',
    (reason) => {
      expect(problemOf(() => ownRuleFrom({ ...rule({}), reason }))).toEqual({
        id: 'panel_own_error_unread',
        field: 'reason',
      });
    },
  );

  it.each(['/.{0,999}/', '/((a{99}){99}){99}/', '/(){9999999999}/'])(
    'refuses %s, which is too big',
    (reason) => {
      expect(problemOf(() => ownRuleFrom({ ...rule({}), reason }))).toEqual({
        id: 'panel_own_error_huge',
        field: 'reason',
      });
    },
  );

  it.each([
    '/^quota .+ exceeded$/',
    '/^token (expired|invalid)/',
    '/.*timeout.*/',
    '/user \\d+ kicked/',
    '/[A-Z_]+_LIMIT/',
    '/wss://.*\\.example\\.com/v\\d+/.*/',
    '/(?:rate|quota) limit/',
    '/too many (requests|messages)?/',
    '/[+*(]+/',
    '/(\\w+[-.])+example/',
  ])('takes %s', (reason) => {
    expect(ownRuleFrom({ ...rule({}), reason }).reason).toBe(reason);
  });
});

describe('parseOwnRules', () => {
  const good = rule({ code: '4401' });

  it('reads what writeOwnRules wrote', () => {
    expect(parseOwnRules(writeOwnRules([good]))).toEqual([good]);
  });

  it.each<[string, { id: string; field?: string; inner?: string }]>([
    ['{', { id: 'panel_own_error_json' }],
    ['[]', { id: 'panel_own_error_format' }],
    ['{"format":"x","version":1,"rules":[]}', { id: 'panel_own_error_format' }],
    [
      writeOwnRules([good]).replace('"version": 1', '"version": 2'),
      { id: 'panel_own_error_version' },
    ],
    [writeOwnRules([good, good]), { id: 'panel_own_error_rule', inner: 'panel_own_error_twice' }],
    [
      writeOwnRules([good, { ...good, id: 'b', code: 'x' }]),
      { id: 'panel_own_error_rule', inner: 'panel_own_error_code', field: 'code' },
    ],
    [
      '{"format":"websocket-close-rules","version":1,"rules":[null]}',
      { id: 'panel_own_error_rule', inner: 'panel_own_error_object' },
    ],
  ])('refuses %s', (json, problem) => {
    expect(problemOf(() => parseOwnRules(json))).toEqual(problem);
  });

  it('is not led astray by __proto__', () => {
    const json =
      '{"format":"websocket-close-rules","version":1,"rules":[{"__proto__":{"id":"a","name":"n","code":"1000","meaning":"m"}}]}';
    expect(problemOf(() => parseOwnRules(json)).inner).toBe('panel_own_error_missing');
  });
});

describe('OwnRuleStore', () => {
  it('adds findings for closes that fit, and keeps the rules', async () => {
    const kept = new Map<string, unknown>();
    const storage = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const store = new OwnRuleStore(storage);
    store.set([rule({ code: '4102' })]);
    const view = store.applied(
      sessionOf(life({ closeAt: 100, code: 4102, reason: 'full' })).view.value,
    );
    expect(view.findings[0]).toMatchObject({ rule: 'own:r1', verdict: 'failed', sockets: ['s1'] });
    expect(view.findingsOf('s1')[0]?.rule).toBe('own:r1');

    const again = new OwnRuleStore(storage);
    await again.load();
    expect(again.rules.value).toEqual([rule({ code: '4102' })]);
  });
});
