import { describe, expect, it } from 'vitest';
import { callSite } from '../../../src/rules/chains/call-site.ts';
import { endpointOf, foldPath } from '../../../src/rules/chains/endpoint.ts';

describe('endpoints', () => {
  it.each([
    ['wss://a.test/feed?token=1', 'wss://a.test/feed?token=2'],
    ['ws://a.test/app', 'wss://a.test/app'],
    ['wss://ws1.a.test/feed', 'wss://ws2.a.test/feed'],
    ['wss://a.test/sock/576/eqokm4wk/websocket', 'wss://a.test/sock/123/zzzzzzzz/websocket'],
    ['wss://a.test/rooms/12345', 'wss://a.test/rooms/67890'],
    [
      'wss://a.test/s/3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      'wss://a.test/s/9b2504e0-4f89-41d3-9a0c-0305e82c33ff',
    ],
    ['wss://a.test/s/V1StGXR8_Z5jdHi6B-myT', 'wss://a.test/s/Uakgb_J5m9g-0JDMbcJqL'],
    ['wss://a.test/p1/Rk3xQ9', 'wss://a.test/p1/aB7cZ2'],
    [
      'wss://a.test/t/eyJhbGciOi.eyJzdWIiOjEy.SflKxwRJSM',
      'wss://a.test/t/eyJhbGciOj.eyJzdWIiOjEz.SflKxwRJSN',
    ],
    ['wss://node-3.a.test/1700000000000/feed', 'wss://node-4.a.test/1700000009999/feed'],
    ['wss://a.test/job/3', 'wss://a.test/job/14'],
    ['wss://a.test/users/ann@b.test/feed', 'wss://a.test/users/bob.c+x@mail.test/feed'],
    ['wss://a.test/users/ann%40b.test/feed', 'wss://a.test/users/bob@b.test/feed'],
    ['wss://a.test/users/ann@b.test/feed', 'wss://a.test/users/‹token-1›/feed'],
    ['wss://a.test/key=a1b2c3d4/feed', 'wss://a.test/‹token-1›/feed'],
  ])('are one: %s and %s', (a, b) => {
    expect(endpointOf(a).key).toBe(endpointOf(b).key);
  });

  it.each([
    ['wss://a.test/feed', 'wss://a.test/chat'],
    ['wss://a.test/feed', 'wss://b.test/feed'],
    ['ws://localhost:3000/', 'ws://localhost:4000/'],
    ['ws://127.0.0.1/x', 'ws://127.0.0.2/x'],
    ['wss://a.test/v1/feed', 'wss://a.test/v2/feed'],
    ['wss://one.co.uk/feed', 'wss://two.co.uk/feed'],
    ['wss://a.test/liveFeed', 'wss://a.test/chatFeed'],
    ['wss://a.test/graphql', 'wss://a.test/subscriptions'],
  ])('are two: %s and %s', (a, b) => {
    expect(endpointOf(a).key).not.toBe(endpointOf(b).key);
  });

  it('are named for people', () => {
    expect(endpointOf('wss://a.test:8443/rooms/12345?token=secret').name).toBe(
      'wss://a.test:8443/rooms/*',
    );
    expect(foldPath('/api/v2/users/42/stream')).toBe('/api/v2/users/*/stream');
    expect(endpointOf('wss://a.test/users/ann@b.test/feed').name).toBe('wss://a.test/users/*/feed');
    expect(endpointOf('wss://a.test/over%zz/feed@home').name).toBe(
      'wss://a.test/over%zz/feed@home',
    );
    expect(endpointOf('').name).toBe('');
  });
});

describe('call sites', () => {
  it.each([
    ['at connect (https://a.test/app.js:10:20)\nat x (b.js:1:1)', 'https://a.test/app.js:10:20'],
    ['connect@https://a.test/app.js?v=3:10:20\nx@b.js:1:1', 'https://a.test/app.js:10:20'],
    ['at bundle.js:1:4077', 'bundle.js:1:4077'],
    ['', undefined],
    ['no place at all', undefined],
  ])('of %j', (stack, site) => {
    expect(callSite(stack)).toBe(site);
  });
});
