/** Averages against simple-statistics, on lists of every length. */

import fc from 'fast-check';
import * as reference from 'simple-statistics';
import { expect, it } from 'vitest';
import { correlation, mean, median, quantileOf, standardDeviation } from '../../src/numeric/averages.ts';

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 40 });
/** Sums of 40 numbers of up to 1e3, in another order of additions. */
const DIGITS = 9;

it('mean, median, spread and quantiles are theirs', () => {
  fc.assert(
    fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const sorted = [...values].sort((one, two) => one - two);
      expect(mean(values)).toBeCloseTo(reference.mean(values), DIGITS);
      expect(median(values)).toBeCloseTo(reference.median(values), DIGITS);
      expect(quantileOf(sorted, p)).toBeCloseTo(reference.quantileSorted(sorted, p), DIGITS);
      expect(standardDeviation(values)).toBeCloseTo(reference.sampleStandardDeviation(values), DIGITS);
    }),
  );
});

it('correlation is theirs, and 1 or -1 of what is proportional', () => {
  const [one, other] = [
    [1, 2, 4, 8],
    [3, 1, 5, 9],
  ];
  expect(correlation(one, other)).toBeCloseTo(reference.sampleCorrelation(one, other), DIGITS);
  expect(
    correlation(
      one,
      one.map((value) => -2 * value),
    ),
  ).toBeCloseTo(-1, DIGITS);
});
