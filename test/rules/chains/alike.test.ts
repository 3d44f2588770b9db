import { describe, expect, it } from 'vitest';
import { areAlike, areOneResource, pathOf } from '../../../src/rules/chains/alike.ts';
import { thingOf } from '../../../src/rules/chains/thing.ts';

describe('paths that vary between attempts', () => {
  it.each([
    ['x7f2', 'q9k1'],
    ['q9k1', 'kqzj'],
    ['a1b2c3', 'ffeecc'],
    ['AbCdEf', 'XyZwVu'],
    ['kqzjxwvbtr', 'plmwrtyqsd'],
    ['k3j9x0qv8zt', 'yqwmzpbtrsk'],
  ])('are alike: %s and %s', (a, b) => {
    expect(areAlike(`/ws/${a}`, `/ws/${b}`)).toBe(true);
  });

  it.each([
    ['chat', 'feed'],
    ['cam1', 'cam2'],
    ['web3', 'chat'],
    ['ipv4', 'ipv6'],
    ['i18n', 'chat'],
    ['gpt4o', 'gpt35'],
    ['USDCHF', 'GBPJPY'],
    ['bnbbtc', 'ltcbtc'],
    ['lightswitch', 'thermostat'],
    ['getUserInfo', 'getRoomInfo'],
    ['facade', 'orders'],
    ['k8s-logs', 'k8s-exec'],
    ['x7f2', 'presence'],
  ])('are two things: %s and %s', (a, b) => {
    expect(areAlike(`/ws/${a}`, `/ws/${b}`)).toBe(false);
  });

  it('are not looked at where they are longer than any client makes them', () => {
    const long = (end: string) => `${'/x3f7'.repeat(500)}/${end}`;
    expect(areAlike(long('x7f2'), long('q9k1'))).toBe(false);
    expect(areAlike('/x7f2/x7f2/x7f2', '/q9k1/q9k1/q9k1')).toBe(false);
  });
});

describe('one thing or several behind an endpoint', () => {
  it.each([
    ['/feed', '/feed', true],
    ['/room/11', '/room/12', false],
    ['/cam1/live', '/cam2/live', false],
    ['/feed/1700000000000', '/feed/1700000009999', true],
    ['/ws/x7f2', '/ws/q9k1', true],
    ['/sock/576/eqokm4wk/websocket', '/sock/123/zzzzzzzz/websocket', true],
  ])('%s and %s: %s', (a, b, one) => {
    expect(areOneResource(a, b)).toBe(one);
  });

  it.each([
    ['wss://a.test/quotes?symbol=S0', 'wss://a.test/quotes?symbol=S1', false],
    ['wss://a.test/room/11', 'wss://a.test/room/12', false],
    [
      'wss://a.test/feed?token=abc1&ts=1700000000',
      'wss://a.test/feed?token=abd2&ts=1700000009',
      true,
    ],
    ['wss://a.test/feed?attempt=1', 'wss://a.test/feed?attempt=2', true],
    ['wss://a.test/feed?b=2&a=1', 'wss://a.test/feed?a=1&b=2', true],
  ])('%s and %s: %s', (a, b, one) => {
    expect(thingOf(a) === thingOf(b)).toBe(one);
  });

  it('is told by the path as it stands', () => {
    expect(pathOf('wss://user:pass@a.test:8080/a/b?c=/d#/e')).toBe('/a/b');
    expect(pathOf('no url')).toBe('no url');
  });
});
