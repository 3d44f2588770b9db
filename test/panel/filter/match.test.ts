import { describe, expect, it } from 'vitest';
import { matches } from '../../../src/panel/filter/match.ts';
import { parseFilter } from '../../../src/panel/filter/parse.ts';
import { matchContext } from '../../../src/panel/sockets/rows.ts';
import { life } from '../support/events.ts';
import { sessionOf } from '../support/session-of.ts';

const view = sessionOf([
  ...life({
    id: 'expired',
    url: 'wss://a.test/orders?token=1',
    closeAt: 3_000,
    code: 1008,
    reason: 'Token expired',
  }),
  ...life({ id: 'back', url: 'wss://a.test/orders?token=2', at: 4_000 }),
  ...life({ id: 'lost', url: 'wss://b.test/health', at: 10, closeAt: 500, code: 1001 }),
  ...life({
    id: 'ad',
    url: 'wss://chat.test/x',
    at: 20,
    documentUrl: 'https://cdn.ads.test/frame',
    top: false,
    document: 'd2',
  }),
  ...life({
    id: 'own',
    url: 'wss://c.test/',
    at: 30,
    closeAt: 9_000,
    code: 4001,
    pageCalls: true,
    sends: [40, 50, 60],
  }),
  ...life({ id: 'broken', url: 'wss://d.test/', at: 40, openAfter: null, closeAt: 90, code: 1006 }),
  { t: 120_000, type: 'end' },
]).view.value;

const context = matchContext(view, (code) => (code === 1008 ? 'Policy Violation' : ''));

function found(source: string): string[] {
  const filter = parseFilter(source);
  expect(filter.errors).toEqual([]);
  return [...view.sockets.values()]
    .filter((one) => matches(filter, one, context))
    .map((one) => one.id);
}

describe('matches', () => {
  it.each<[string, string[]]>([
    ['', ['expired', 'lost', 'ad', 'own', 'broken', 'back']],
    ['code:1008', ['expired']],
    ['code:>=4000', ['own']],
    ['code:<4000', ['expired', 'lost', 'broken']],
    ['code:4xxx,1001', ['lost', 'own']],
    ['-code:1000-1015', ['ad', 'own', 'back']],
    ['is:open', ['ad', 'back']],
    ['is:closed', ['expired', 'lost', 'own', 'broken']],
    ['is:replaced', ['expired']],
    ['is:never', ['lost', 'broken']],
    ['is:clean code:1001', ['lost']],
    ['is:unclean', ['broken']],
    ['is:frame', ['ad']],
    ['closedBy:server', ['expired', 'lost']],
    ['closedby:PAGE', ['own']],
    ['lived:<1s', ['lost', 'broken']],
    ['lived:>5s', ['ad', 'own', 'back']],
    ['sent:3', ['own']],
    ['sent:>0 -has:finding', ['own']],
    ['has:reason', ['expired']],
    ['has:error', ['broken']],
    ['has:messages', ['own']],
    ['url:health', ['lost']],
    ['-url:health code:1001', []],
    ['url:*orders*', ['expired', 'back']],
    ['url:wss://a*token=2', ['back']],
    ['url:*ord', ['expired', 'back']],
    ['url:ord*', ['expired', 'back']],
    ['url:token*orders', []],
    ['frame:*.ads.test', ['ad']],
    ['frame:ads', ['ad']],
    ['reason:EXPIRED', ['expired']],
    ['reason:"token expired"', ['expired']],
    ['policy violation', ['expired']],
    ['"token expired"', ['expired']],
    ['orders -expired', ['back']],
    ['rule:policy-violation', ['expired']],
    ['cause:auth-expired', ['expired']],
  ])('%s', (source, expected) => {
    expect(found(source)).toEqual(expected);
  });
});
