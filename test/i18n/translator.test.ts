import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTranslator, parseMessages, pickLocale } from '../../src/i18n/index.ts';
import { message } from '../../src/model/message.ts';

const english = (texts: Record<string, string>) =>
  createTranslator(new Map(Object.entries(texts)), 'en');
const vietnamese = (texts: Record<string, string>) =>
  createTranslator(new Map(Object.entries(texts)), 'vi');

describe('sentences', () => {
  it('puts values in by name, whatever the case and the underscores', () => {
    const { t } = english({ closed: 'Closed with $CODE$ by $CLOSED_BY$, $CODE$ again' });
    expect(t('closed', { code: 1008, closedBy: 'server' })).toBe(
      'Closed with 1008 by server, 1008 again',
    );
  });

  it('translates a nested message in its turn', () => {
    const { t } = english({ outer: 'It was $CAUSE$', cause: 'rate limit of $LIMIT$' });
    expect(t(message('outer', { cause: message('cause', { limit: 5 }) }))).toBe(
      'It was rate limit of 5',
    );
  });

  it('never expands a value, though it looks like a placeholder', () => {
    const { t } = english({ reason: 'Reason: $REASON$ at $URL$' });
    expect(t('reason', { reason: '$URL$ $& $1 $$', url: 'wss://a.test' })).toBe(
      'Reason: $URL$ $& $1 $$ at wss://a.test',
    );
  });

  it('writes $$ as one dollar sign', () => {
    expect(english({ price: 'costs $$5' }).t('price')).toBe('costs $5');
  });

  it('shows an unknown id, and a placeholder without a value, as such', () => {
    const { t } = english({ closed: 'Closed by $WHO$' });
    expect(t('nowhere')).toBe('⟦nowhere⟧');
    expect(t('closed')).toBe('Closed by $WHO$');
    expect(t('closed', { other: 1 })).toBe('Closed by $WHO$');
  });

  it('does not take what every object inherits for a value', () => {
    expect(english({ odd: '$CONSTRUCTOR$' }).t('odd', {})).toBe('$CONSTRUCTOR$');
  });

  it('ends although messages nest for ever', () => {
    const { t } = english({ loop: 'x$INNER$' });
    const endless: { id: string; params: { inner?: unknown } } = { id: 'loop', params: {} };
    endless.params.inner = endless;
    expect(t(endless as never)).toMatch(/^x+⟦loop⟧$/);
  });

  it('never throws', () => {
    const { t } = english({ a: '$X$ $Y$ $$ $', a_one: 'one $COUNT$' });
    fc.assert(
      fc.property(
        fc.oneof(fc.constant('a'), fc.string()),
        fc.dictionary(
          fc.oneof(
            fc.constantFrom('x', 'y', 'count', 'delayMs', 'bytes', '__proto__'),
            fc.string(),
          ),
          fc.oneof(fc.string(), fc.double(), fc.integer()),
        ),
        (id, params) => typeof t(id, params) === 'string',
      ),
    );
  });
});

describe('plurals', () => {
  const texts = {
    sockets_one: '$COUNT$ socket',
    sockets_other: '$COUNT$ sockets',
    plain: '$COUNT$ in all',
  };

  it('follows the language', () => {
    expect(english(texts).t('sockets', { count: 1 })).toBe('1 socket');
    expect(english(texts).t('sockets', { count: 0 })).toBe('0 sockets');
    expect(english(texts).t('sockets', { count: 12_000 })).toBe('12,000 sockets');
    expect(vietnamese(texts).t('sockets', { count: 1 })).toBe('1 sockets');
  });

  it('leaves a text without plural forms alone', () => {
    expect(english(texts).t('plain', { count: 1 })).toBe('1 in all');
  });

  it('knows an id by its plural forms', () => {
    expect(english(texts).has('sockets')).toBe(true);
    expect(english(texts).has('socket')).toBe(false);
  });
});

describe('numbers', () => {
  const en = english({});
  const vi = vietnamese({ unit_s: '$VALUE$ giây', unit_min: '$VALUE$ phút' });

  it.each([
    [0, '0 ms'],
    [0.44, '0.4 ms'],
    [12.3, '12 ms'],
    [99.4, '99 ms'],
    [99.6, '0.1 s'],
    [400, '0.4 s'],
    [1000, '1 s'],
    [1003, '1.0 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [842_000, '14 min 2 s'],
    [3_599_600, '1 h'],
    [11_100_000, '3 h 5 min'],
    [86_399_000, '1 d'],
    [187_200_000, '2 d 4 h'],
    [-400, '−0.4 s'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('tells %d ms as %s', (ms, text) => {
    expect(en.duration(ms)).toBe(text);
  });

  it('never tells a minute of 60 seconds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (ms) => {
        expect(en.duration(ms)).not.toMatch(/\b(60 s|60 min|24 h)\b/);
      }),
    );
  });

  it('speaks Vietnamese', () => {
    expect(vi.duration(400)).toBe('0,4 giây');
    expect(vi.duration(842_000)).toBe('14 phút 2 giây');
    expect(vi.number(12_345.5)).toBe('12.345,5');
    expect(vi.list(['a', 'b', 'c'])).toBe('a, b và c');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [14_000, '14 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [2_345_678, '2.3 MB'],
    [5e9, '5.0 GB'],
  ])('tells %d bytes as %s', (count, text) => {
    expect(en.bytes(count)).toBe(text);
  });

  it('leaves close codes ungrouped in both languages', () => {
    expect([en.number(1008), vi.number(4401)]).toEqual(['1008', '4401']);
  });

  it('takes the unit from the name of the parameter', () => {
    const { t } = english({
      told: '$DELAY_MS$, $MS$, $LARGEST_BYTES$, $SURE_PERCENT$, $ITEMS$, $RATIO$',
    });
    expect(
      t('told', {
        delayMs: 400,
        ms: 5,
        largestBytes: 2000,
        surePercent: 0.86,
        items: 3,
        ratio: 0.5,
      }),
    ).toBe('0.4 s, 5 ms, 2.0 kB, 86%, 3, 0.5');
  });

  it('reads a number before "ms" as a duration, whatever its name', () => {
    const { t } = english({
      told: 'after $DELAY$ ms, at $AT$ msec, $MS$ ms',
      unit_ms: '$VALUE$ ms',
    });
    expect(t('told', { delay: 842_000, at: 5, ms: 400 })).toBe(
      'after 14 min 2 s, at 5 msec, 0.4 s',
    );
    expect(t('told', { delay: 'some', at: 5, ms: 12 })).toBe('after some ms, at 5 msec, 12 ms');
  });

  it('counts bytes where the text says so', () => {
    const { t } = english({ told: '$BYTES$ bytes, $ONE$ byte, $BYTES$' });
    expect(t('told', { bytes: 1400, one: 1 })).toBe('1400 bytes, 1 byte, 1.4 kB');
  });

  it('writes a number for any language tag, even a bad one', () => {
    for (const tag of ['', 'xx-invalid-tag-that-is-long', 'vi_VN', '🦀']) {
      expect(createTranslator(new Map(), tag).number(1)).toBe('1');
    }
  });
});

describe('languages', () => {
  it.each([
    ['vi', 'vi'],
    ['vi-VN', 'vi'],
    ['VI_vn', 'vi'],
    ['en-GB', 'en'],
    ['de-DE', 'en'],
    ['', 'en'],
  ])('for %s takes %s', (wanted, locale) => {
    expect(pickLocale(wanted)).toBe(locale);
  });

  it('takes what there is', () => {
    expect(pickLocale('de', ['fr', 'vi'])).toBe('fr');
    expect(pickLocale('de', [])).toBe('en');
  });
});

describe('texts read from a file', () => {
  it('keeps what is well formed', () => {
    const messages = parseMessages({
      good: { message: 'Good' },
      empty: {},
      number: { message: 5 },
      nothing: null,
      text: 'text',
    });
    expect([...messages]).toEqual([['good', 'Good']]);
  });

  it.each([undefined, null, 'x', 5, []])('reads %j as no texts', (json) => {
    expect(parseMessages(json).size).toBe(0);
  });
});
