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
    ["neither: the page's own conversions threw", { code: 1000 }, 'Error'],
    ['nothing that was recorded', {}, 'Error'],
  ])('is told by its arguments: %s', (_, fields, error) => {
    expect(closeCall({ ...fields, error: THREW })).toMatchObject({ ...fields, error });
  });

  it('keeps the name where it is known, and none where it did not throw', () => {
    expect(closeCall({ code: 1001, error: 'TypeError' })).toMatchObject({ error: 'TypeError' });
    expect(closeCall({ code: 4000, reason: 'x'.repeat(123) })).not.toHaveProperty('error');
  });
});
