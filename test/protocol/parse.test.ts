import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBatch } from '../../src/protocol/batch.ts';
import { MAX_BATCH } from '../../src/protocol/border.ts';
import {
  MAX_URL,
  parseFromLink,
  parseFromRelay,
  parseHello,
  parseOpenOptions,
  parsePresent,
  parseToLink,
  parseToRelay,
  parseWatch,
} from '../../src/protocol/parse.ts';

const PARSERS = [
  parseFromLink,
  parseFromRelay,
  parseHello,
  parseOpenOptions,
  parsePresent,
  parseToLink,
  parseToRelay,
  parseWatch,
];

describe('guards', () => {
  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        for (const parse of PARSERS) parse(value);
      }),
    );
  });

  it.each([null, undefined, 1, 'pull', [], [{ type: 'pull' }], { type: 'pull' }, { type: 7 }])(
    'refuse %j',
    (value) => {
      for (const parse of PARSERS) expect(parse(value)).toBeUndefined();
    },
  );

  it('take only what belongs to a message', () => {
    expect(
      parseFromLink({
        type: 'attach',
        v: 1,
        link: 'l',
        tabId: 3,
        options: { previews: 1 },
        evil: 1,
      }),
    ).toEqual({ type: 'attach', v: 1, link: 'l', tabId: 3, options: { previews: false } });
    expect(parseToRelay({ type: 'pull', to: 'l', after: 0 })).toEqual({
      type: 'pull',
      to: 'l',
      after: 0,
    });
  });

  it.each([-1, 0.5, Number.NaN, '1', 2 ** 53])('refuse %s as a place', (after) => {
    expect(parseToRelay({ type: 'pull', to: 'l', after })).toBeUndefined();
    expect(parseFromLink({ type: 'pull', doc: 'd', after })).toBeUndefined();
  });

  it('bound ids, URLs and batches', () => {
    expect(parseFromRelay({ type: 'document', v: 1, doc: 'x'.repeat(65) })).toBeUndefined();
    expect(
      parseFromRelay({ type: 'batch', to: 'l', json: 'x'.repeat(MAX_BATCH + 1) }),
    ).toBeUndefined();
    expect(parseToLink({ type: 'document', doc: 'd', url: 'u'.repeat(9000) })).toEqual({
      type: 'document',
      doc: 'd',
      url: 'u'.repeat(MAX_URL),
    });
  });
});

const batch = (...events: unknown[]) =>
  openBatch(JSON.stringify({ doc: 'd', last: 9, more: false, events }));

describe('a batch', () => {
  it('opens to events', () => {
    expect(
      batch(
        {
          n: 1,
          t: 5,
          type: 'opening',
          socket: 'd-1',
          url: 'wss://a.test/',
          document: 'd',
          stack: 'f',
        },
        {
          n: 2,
          t: 6,
          type: 'send',
          socket: 'd-1',
          kind: 'text',
          bytes: 4,
          count: 2,
          largest: 3,
          firstT: 5,
        },
        {
          n: 3,
          t: 7,
          type: 'close',
          socket: 'd-1',
          code: 1008,
          reason: 'token expired',
          wasClean: true,
        },
      )?.events.map((e) => e.event),
    ).toEqual([
      {
        t: 5,
        type: 'opening',
        socket: 'd-1',
        url: 'wss://a.test/',
        document: 'd',
        realm: 'window',
        api: 'WebSocket',
        stack: 'f',
      },
      {
        t: 6,
        type: 'send',
        socket: 'd-1',
        kind: 'text',
        bytes: 4,
        count: 2,
        largest: 3,
        firstT: 5,
      },
      { t: 7, type: 'close', socket: 'd-1', code: 1008, reason: 'token expired', wasClean: true },
    ]);
  });

  it.each(['', '{', 'null', '[]', '{"doc":"d"}', '{"doc":"d","last":1,"events":{}}'])(
    'refuses %j',
    (json) => {
      expect(openBatch(json)).toBeUndefined();
    },
  );

  it.each([
    { n: 1, t: 5, type: 'opening', socket: 'd-1' },
    { n: 1, t: '5', type: 'error', socket: 'd-1' },
    { n: 1, t: 5, type: 'error' },
    { n: -1, t: 5, type: 'error', socket: 's' },
    { n: 1, t: 5, type: 'close', socket: 's', code: 70_000 },
    { n: 1, t: 5, type: 'close', socket: 's', code: '1008' },
    { n: 1, t: 5, type: 'send', socket: 's', kind: 'smoke', bytes: 1 },
    { n: 1, t: 5, type: 'send', socket: 's', kind: 'text', bytes: -1 },
    { n: 1, t: 5, type: 'page', state: 'unload', document: 'd' },
    { n: 1, t: 5, type: '__proto__', socket: 's' },
    null,
    7,
  ])('leaves out %j', (event) => {
    expect(batch(event)?.events).toEqual([]);
  });

  it('cuts what is too long', () => {
    const [close] = batch({
      n: 1,
      t: 1,
      type: 'close',
      socket: 's',
      code: 1000,
      reason: 'r'.repeat(999),
      wasClean: 1,
    })!.events;
    expect(close?.event).toEqual({
      t: 1,
      type: 'close',
      socket: 's',
      code: 1000,
      reason: 'r'.repeat(256),
      wasClean: false,
    });
  });
});
