import { describe, expect, it } from 'vitest';
import { openBatch } from '../../src/protocol/batch.ts';
import { THREW } from '../../src/protocol/border.ts';

const closeCall = (fields: object) =>
  openBatch(
    JSON.stringify({
      doc: 'd',
      last: 1,
      more: false,
      events: [{ n: 1, t: 5, type: 'close-called', socket: 'd-1', readyState: 1, ...fields }],
    }),
  )?.events[0]?.event;

describe('a close() of which the recorder knows only that it threw', () => {
  it.each([
    ['a code that script may not send', { code: 1001, reason: 'bye' }, 'InvalidAccessError'],
    ['a reason of more than 123 bytes', { code: 4000, reason: 'é'.repeat(62) }, 'SyntaxError'],
    ['such a reason and no code', { reason: 'x'.repeat(124) }, 'SyntaxError'],
    ["neither: the page's own conversions threw", { code: 1000 }, 'Error'],
    ['an object, such as an event, which becomes 0', {}, 'InvalidAccessError'],
  ])('is told by its arguments: %s', (_, fields, error) => {
    expect(closeCall({ ...fields, error: THREW })).toMatchObject({ ...fields, error });
  });

  it.each([
    ['4000', 4000],
    ['4000.5', 4000],
    ['4001.5', 4002],
    ['-1', 0],
    ['NaN', 0],
    ['Infinity', 65_535],
    ['10000000000', 65_535],
    ['bye', 0],
    [4000, 4000],
  ])('takes %j for the code that the browser takes it for', (given, code) => {
    expect(closeCall({ code: given, error: '' })).toMatchObject({ code });
  });

  it('keeps the name where it is known, and none where it did not throw', () => {
    expect(closeCall({ code: 1001, error: 'TypeError' })).toMatchObject({ error: 'TypeError' });
    expect(closeCall({ code: 4000, reason: 'x'.repeat(123) })).not.toHaveProperty('error');
  });
});
