import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, MOST_SIZE } from '../../../src/panel/rules/expression.ts';

/** Texts that make the browser's own matching try everything there is to try. */
const WORST: readonly [expression: string, text: string][] = [
  [`${'a?'.repeat(26)}a{26}b`, 'a'.repeat(512)],
  ['.{0,99}.{0,99}x!', 'x'.repeat(512)],
  ['a*a*a*a*b', 'a'.repeat(512)],
  ['(a+)+$', `${'a'.repeat(511)}!`],
  ['(a|aa)+$', `${'a'.repeat(511)}!`],
  ['(a|a)*(a|a)*(a|a)*b', 'a'.repeat(512)],
  ['((a*)*)*c', 'a'.repeat(512)],
  ['(.*)(.*)(.*)(.*)(.*)(.*)x!', 'x'.repeat(512)],
  ['(\\w{1,9}){2,9}-', 'w'.repeat(512)],
  ['(x+x+)+y', 'x'.repeat(512)],
];

describe('compileExpression', () => {
  it.each(WORST)('%s takes a bounded number of steps', (source, text) => {
    const expression = compileExpression(source);
    expect(expression.size).toBeLessThanOrEqual(MOST_SIZE);
    const work = { steps: 0 };
    expect(expression.test(text, work)).toBe(false);
    // Each place of the machine is entered and left at most once for each character.
    expect(work.steps).toBeLessThanOrEqual(2 * (expression.size + 1) * (text.length + 1));
  });

  it.each<[string, string, boolean]>([
    ['^token (expired|invalid)', 'Token expired', true],
    ['^token (expired|invalid)', 'no token expired', false],
    ['.*timeout.*', 'idle timeout of 30 s', true],
    ['user \\d+ kicked', 'user 42 kicked by admin', true],
    ['user \\d+ kicked', 'user x kicked', false],
    ['[A-Z_]+_LIMIT', 'rate_limit', true],
    ['wss://.*\\.example\\.com/v\\d+/.*', 'wss://eu.example.com/v12/feed', true],
    ['wss://.*\\.example\\.com/v\\d+/.*', 'wss://eu.example.org/v12/feed', false],
    ['\\bfull\\b', 'room is full', true],
    ['\\bfull\\b', 'fully booked', false],
    ['^.$', '💥', true],
    ['[^\\]a-z-]+$', 'abc-', false],
    ['\\p{Script=Han}{2,}', '连接超时', true],
    ['\\u{1f4a5}|\\ud83d\\udca6', '💦', true],
    ['(?<who>a|b|)(?:c|d)?e{2}$', 'xee', true],
    ['é', 'É', true],
  ])('%s on %j: %s', (source, text, fits) => {
    expect(compileExpression(source).test(text)).toBe(fits);
    expect(new RegExp(source, 'iu').test(text)).toBe(fits);
  });

  it('answers as the browser does', () => {
    const { source } = fc.letrec<{ source: string; piece: string }>((tie) => ({
      source: fc.oneof(
        { maxDepth: 4 },
        tie('piece'),
        fc.tuple(tie('source'), tie('source')).map(([a, b]) => a + b),
        fc.tuple(tie('source'), tie('source')).map(([a, b]) => `(?:${a}|${b})`),
        fc
          .tuple(tie('source'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,3}', '*?'))
          .map(([a, count]) => `(${a})${count}`),
      ),
      piece: fc.constantFrom('a', 'b', '.', '[^a]', '\\d', '\\W', '^', '$', '\\b', '\\B', ''),
    }));
    fc.assert(
      fc.property(source, fc.array(fc.constantFrom('a', 'B', '1', ' ', 'é')), (one, chars) => {
        const text = chars.slice(0, 8).join('');
        expect(compileExpression(one).test(text)).toBe(new RegExp(one, 'iu').test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
