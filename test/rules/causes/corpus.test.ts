import { describe, expect, test } from 'vitest';
import { explainClose } from '../../../src/rules/causes/index.ts';
import { type Answer, contextOf, type Figures, figures, judge, readCorpus } from './corpus.ts';

const FIXTURES = new URL('../../fixtures/corpus/', import.meta.url).pathname;

function measure(name: string, asLog: boolean, keep: (code: number) => boolean): Figures {
  const answers: Answer[] = readCorpus(`${FIXTURES}${name}.jsonl`)
    .filter((row) => keep(row.code))
    .map((row) => judge(row, explainClose(contextOf(row, { asLog }))));
  return figures(answers);
}

/** Floors and ceilings that may only be tightened; see docs/benchmarks/causes.md. */
const RATCHET = [
  { name: 'closes', code: '1008', right: 0.85, withinThree: 0.95, sure: 0.5, sureWrong: 0.03 },
  { name: 'closes', code: 'others', right: 0.86, withinThree: 0.94, sure: 0.55, sureWrong: 0.03 },
  { name: 'wild', code: '1008', right: 0.84, withinThree: 0.93, sure: 0.5, sureWrong: 0.06 },
  { name: 'wild', code: 'others', right: 0.9, withinThree: 0.94, sure: 0.6, sureWrong: 0.03 },
  { name: 'documented', code: '1008', right: 0.84, withinThree: 0.92, sure: 0.45, sureWrong: 0.06 },
  { name: 'documented', code: 'others', right: 0.8, withinThree: 0.86, sure: 0.35, sureWrong: 0.1 },
  // Labelled from the code around them, which a reader of the reason alone cannot see.
  { name: 'surveyed', code: '1008', right: 0.71, withinThree: 0.86, sure: 0.45, sureWrong: 0.11 },
  { name: 'surveyed', code: 'others', right: 0.72, withinThree: 0.88, sure: 0.55, sureWrong: 0.17 },
  {
    name: 'second-survey',
    code: '1008',
    right: 0.81,
    withinThree: 0.91,
    sure: 0.45,
    sureWrong: 0.09,
  },
  {
    name: 'second-survey',
    code: 'others',
    right: 0.73,
    withinThree: 0.87,
    sure: 0.5,
    sureWrong: 0.05,
  },
  {
    name: 'third-survey',
    code: '1008',
    right: 0.7,
    withinThree: 0.81,
    sure: 0.44,
    sureWrong: 0.22,
  },
  {
    name: 'third-survey',
    code: 'others',
    right: 0.72,
    withinThree: 0.86,
    sure: 0.45,
    sureWrong: 0.1,
  },
  {
    name: 'fourth-survey',
    code: '1008',
    right: 0.83,
    withinThree: 0.92,
    sure: 0.47,
    sureWrong: 0.05,
  },
  {
    name: 'fourth-survey',
    code: 'others',
    right: 0.88,
    withinThree: 0.95,
    sure: 0.65,
    sureWrong: 0.03,
  },
  {
    name: 'generalisation',
    code: '1008',
    right: 0.9,
    withinThree: 0.95,
    sure: 0.5,
    sureWrong: 0.03,
  },
  {
    name: 'generalisation',
    code: 'others',
    right: 0.92,
    withinThree: 0.97,
    sure: 0.6,
    sureWrong: 0.03,
  },
];

describe.each(RATCHET)('$name, $code', ({ name, code, right, withinThree, sure, sureWrong }) => {
  const keep = (own: number): boolean => (own === 1008) === (code === '1008');

  test('as told by the rows', () => {
    const found = measure(name, false, keep);
    expect(found.rows).toBeGreaterThan(30);
    expect(found.right).toBeGreaterThanOrEqual(right);
    expect(found.withinThree).toBeGreaterThanOrEqual(withinThree);
    expect(found.sure).toBeGreaterThanOrEqual(sure);
    expect(found.sureWrong).toBeLessThanOrEqual(sureWrong);
  });

  test('as bare logs: what is not recorded does not overrule the words', () => {
    const found = measure(name, true, keep);
    expect(found.right).toBeGreaterThanOrEqual(right - 0.03);
    expect(found.withinThree).toBeGreaterThanOrEqual(withinThree - 0.03);
    expect(found.sureWrong).toBeLessThanOrEqual(sureWrong + 0.02);
  });
});
