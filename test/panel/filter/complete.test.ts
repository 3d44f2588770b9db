import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/panel/filter/complete.ts';

const inserts = (source: string, seen = {}) =>
  complete(source, source.length, seen).map((one) => one.insert);

describe('complete', () => {
  it('offers keys for a beginning', () => {
    expect(inserts('co')).toEqual(['code:']);
    expect(inserts('is:open -re')).toEqual(['-received:', '-reason:']);
  });

  it('offers words of a key, also after a comma', () => {
    expect(inserts('closedBy:s')).toContain('server');
    expect(inserts('is:open,c')).toEqual([
      'connecting',
      'closing',
      'closed',
      'clean',
      'unclean',
      'replaced',
    ]);
  });

  it('offers what the session has seen, in quotes where it must be', () => {
    expect(inserts('code:10', { code: ['1001', '1008', '4401'] })).toEqual(['1001', '1008']);
    expect(inserts('url:', { url: ['localhost:8080'] })).toEqual(['"localhost:8080"']);
  });

  it('replaces the token under the caret and nothing else', () => {
    const source = 'is:op code:1008';
    expect(complete(source, 5)).toEqual([{ insert: 'open', from: 3, to: 5 }]);
  });

  it('says nothing about an unknown key or a finished value', () => {
    expect(inserts('nope:1')).toEqual([]);
    expect(inserts('closedBy:server')).toEqual([]);
  });
});
