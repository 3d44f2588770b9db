import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../src/model/message.ts';
import { CAUSES } from '../../../src/rules/causes/causes.ts';
import { CODE_PRIORS, HTTP_STATUS } from '../../../src/rules/causes/codes.ts';
import { COMPOSITIONS } from '../../../src/rules/causes/compositions.ts';
import { explainClose } from '../../../src/rules/causes/index.ts';
import { NEIGHBOURS } from '../../../src/rules/causes/neighbours.ts';
import { findProduct, PRODUCTS } from '../../../src/rules/causes/products/index.ts';
import { CONCEPTS } from '../../../src/rules/causes/reason/concepts.ts';
import { closedSocket, contextOf, readCorpus } from './corpus.ts';

const FIXTURES = new URL('../../fixtures/corpus/', import.meta.url).pathname;

function locale(name: string): Record<string, { message: string; placeholders?: object }> {
  const path = new URL(`../../../public/_locales/${name}/messages.json`, import.meta.url).pathname;
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, { message: string }>;
}

const LOCALES = { en: locale('en'), vi: locale('vi') };

describe('explainClose', () => {
  test('is ranked, never empty, at most five, each within 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 4999 }),
        fc.string({ maxLength: 123 }),
        (code, reason) => {
          const causes = explainClose({
            socket: closedSocket({ code, reason }),
            earlier: [],
            contemporaries: [],
          });
          expect(causes.length).toBeGreaterThan(0);
          expect(causes.length).toBeLessThanOrEqual(5);
          const sum = causes.reduce((total, each) => total + each.confidence, 0);
          expect(sum).toBeLessThanOrEqual(1.01);
          causes.forEach((each, at) => {
            expect(each.confidence).toBeGreaterThanOrEqual(0);
            expect(each.confidence).toBeLessThanOrEqual(causes[at - 1]?.confidence ?? 1);
            expect(each.evidence.length).toBeLessThanOrEqual(at === 0 ? 4 : 2);
          });
        },
      ),
    );
  });

  test('quotes the reason', () => {
    const socket = closedSocket({ code: 1008, reason: 'Token expired' });
    const [first] = explainClose({ socket, earlier: [], contemporaries: [] });
    expect(first?.evidence[0]).toEqual({
      id: 'evidence_reason',
      params: { reason: 'Token expired' },
    });
  });

  test('names what spoke in a long reason, and that its end may be cut off', () => {
    const reason = `Connection of client 7f3a91 to shard eu-west-3b was ended: the access token of this device is expired since ${'9'.repeat(20)}`;
    const socket = closedSocket({ code: 1008, reason });
    const [first] = explainClose({ socket, earlier: [], contemporaries: [] });
    expect(first?.cause).toBe('auth-expired');
    expect(first?.evidence.map((each) => each.id)).toContain('evidence_reason_cut');
  });

  test('is pure: the same close gives the same answer', () => {
    const context = contextOf(readCorpus(`${FIXTURES}closes.jsonl`)[0] ?? raise());
    expect(explainClose(context)).toEqual(explainClose(context));
  });
});

function raise(): never {
  throw new Error('The corpus is empty');
}

describe('words for people', () => {
  test.each(CAUSES)('%s has a name, a meaning and a fix in both languages', (cause) => {
    for (const texts of Object.values(LOCALES)) {
      for (const part of ['', '_meaning', '_fix']) {
        expect(texts[`cause_${cause.replaceAll('-', '_')}${part}`]?.message).toBeTruthy();
      }
    }
  });

  test('every evidence given for the corpora is a message with these placeholders', () => {
    const seen = new Map<string, Message>();
    for (const name of ['closes', 'wild', 'documented', 'generalisation']) {
      for (const row of readCorpus(`${FIXTURES}${name}.jsonl`)) {
        for (const cause of explainClose(contextOf(row))) {
          for (const each of cause.evidence) seen.set(each.id, each);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(5);
    for (const { id, params } of seen.values()) {
      for (const texts of Object.values(LOCALES)) {
        expect(Object.keys(texts[id]?.placeholders ?? {}).sort(), id).toEqual(
          Object.keys(params ?? {}).sort(),
        );
      }
    }
  });
});

describe('data', () => {
  test('compositions name concepts that exist, once per cause', () => {
    const known = new Set<string>(CONCEPTS);
    const pairs = COMPOSITIONS.map(
      ([name, cause]) => `${name.split(' ').sort().join(' ')}|${cause}`,
    );
    for (const [name] of COMPOSITIONS) {
      for (const part of name.split(' ')) expect(known, name).toContain(part.replace('!', ''));
    }
    expect(pairs.filter((pair, at) => pairs.indexOf(pair) !== at)).toEqual([]);
  });

  test('neighbours share out exactly one', () => {
    for (const [cause, shares] of Object.entries(NEIGHBOURS)) {
      const sum = Object.values(shares).reduce((total, share) => total + share, 0);
      expect(sum, cause).toBeCloseTo(1);
      expect(Object.keys(shares)).not.toContain(cause);
    }
  });

  test('codes are codes', () => {
    for (const code of Object.keys(CODE_PRIORS)) expect(Number(code)).toBeGreaterThanOrEqual(1000);
    for (const status of Object.keys(HTTP_STATUS))
      expect(Number(status)).toBeGreaterThanOrEqual(400);
  });

  test('every product names its source, and each code once per reason', () => {
    for (const table of PRODUCTS) {
      expect(table.source.length, table.product).toBeGreaterThan(10);
      expect(table.url ?? table.subprotocol, table.product).toBeDefined();
      const keys = table.closes.map((close) => `${close.code} ${close.reason?.source ?? ''}`);
      expect(new Set(keys).size, table.product).toBe(keys.length);
    }
  });
});

describe('products', () => {
  test.each([
    ['wss://gateway.discord.gg/?v=10', 4014, '', 'forbidden'],
    ['wss://ws.okx.com:8443/ws/v5/private', 4004, '', 'idle-timeout'],
    ['wss://ws-eu.pusher.com/app/k?protocol=7', 4201, '', 'idle-timeout'],
    ['wss://a.test/connection/websocket', 3005, '', 'auth-expired'],
    ['wss://eventsub.wss.twitch.tv/ws', 4003, '', 'auth-missing'],
    ['ws://localhost:4455', 4009, '', 'auth-invalid'],
    ['wss://a.test/guacamole/websocket-tunnel', 1008, '797', 'connection-limit'],
  ] as const)('%s %i “%s” → %s', (url, code, reason, cause) => {
    const socket = closedSocket({ url, code, reason });
    const [first] = explainClose({ socket, earlier: [], contemporaries: [] });
    expect(first?.cause).toBe(cause);
    expect(first?.evidence.map((each) => each.id)).toContain('evidence_product');
  });

  test('a product’s code means nothing on another server', () => {
    expect(
      findProduct(closedSocket({ url: 'wss://other.test/ws', code: 4014, reason: '' })),
    ).toBeUndefined();
  });

  test('a subprotocol gives the product away', () => {
    const socket = closedSocket({
      url: 'wss://a.test/x',
      protocol: 'graphql-transport-ws',
      code: 4409,
      reason: '',
    });
    expect(findProduct(socket)?.cause).toBe('duplicate-session');
  });
});
