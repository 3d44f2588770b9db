import { describe, expect, it } from 'vitest';
import { readHandshake } from '../../src/link/handshake-entry.ts';

const chrome = (response: object, more: object = {}) => ({
  _resourceType: 'websocket',
  startedDateTime: '2026-01-31T09:30:00.000Z',
  time: 1234.5,
  request: { url: 'wss://a.test/feed', headers: [] },
  response,
  ...more,
});

describe('the browser’s view of a handshake', () => {
  it('is read from Chrome, without its messages', () => {
    const entry = chrome(
      {
        status: 101,
        statusText: 'Switching Protocols',
        headers: [{ name: 'Upgrade', value: 'websocket' }],
      },
      { _webSocketMessages: [{ type: 'send', data: 'secret' }] },
    );
    const read = readHandshake(entry, 5);
    expect(read).toEqual({
      type: 'handshake',
      t: 5,
      url: 'wss://a.test/feed',
      status: 101,
      statusText: 'Switching Protocols',
      headers: { upgrade: 'websocket' },
      startedT: Date.UTC(2026, 0, 31, 9, 30),
      lasted: 1234.5,
    });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  it('has Chrome’s own words of a refusal', () => {
    const words = 'Error during WebSocket handshake: Unexpected response code: 403';
    expect(
      readHandshake(
        chrome(
          { status: 0, headers: [] },
          { _webSocketMessages: [{ type: 'error', data: words }] },
        ),
        5,
      ),
    ).toMatchObject({ status: 0, error: words });
  });

  it('knows that 1969 is no time', () => {
    const read = readHandshake(
      chrome({ status: 0 }, { startedDateTime: '1969-12-31T23:59:59.999Z', time: -1 }),
      5,
    );
    expect(read).not.toHaveProperty('startedT');
    expect(read).not.toHaveProperty('lasted');
  });

  it('is read from Firefox', () => {
    for (const [status, url] of [
      [101, 'https://a.test/feed'],
      [403, 'wss://a.test/feed'],
    ] as const) {
      expect(
        readHandshake({ request: { url }, response: { status, headers: [] } }, 5),
      ).toMatchObject({ status, url: 'wss://a.test/feed' });
    }
  });

  it.each([
    null,
    7,
    {},
    { request: {}, response: {} },
    { request: { url: 'https://a.test/' }, response: { status: 200 } },
  ])('is not %j', (entry) => {
    expect(readHandshake(entry, 5)).toBeUndefined();
  });
});
