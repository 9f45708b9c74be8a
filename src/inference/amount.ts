/** An amount of demand, certain or not: a number, a log-normal distribution, scenarios. */

import { normalQuantile } from '../numeric/distributions.ts';
import { type About, between, either, list, notNegative, positive } from '../schema/fields.ts';
import { type Given, optional, variants, where } from '../schema/objects.ts';

/** An amount of demand, or a distribution of it. */
/* @__NO_SIDE_EFFECTS__ */
export function amount(unit: string, about: About) {
  const distributions = where(
    variants('amount', {
      // By its median and the value that it exceeds in one case out of ten.
      'log-normal': {
        median: positive(unit),
        p90: positive(unit, {
          help: 'Demand exceeded in one case out of ten; the demand given is then the median.',
          flag: 'p90',
          placeholder: 'count',
        }),
      },
      // Equally likely unless `probabilities` say otherwise.
      scenarios: {
        values: list(notNegative(unit), { least: 1 }),
        probabilities: optional(list(between(0, 1), { help: 'Of the values, in their order; their sum is 1.' })),
      },
    }),
    [
      (one) => `be above the median, ${'median' in one ? one.median : ''}`,
      (one) => one.kind !== 'log-normal' || one.p90 > one.median,
      'p90',
    ],
    [
      (one) => `be ${'values' in one ? one.values.length : ''} numbers whose sum is 1`,
      (one) => one.kind !== 'scenarios' || areProbabilities(one.probabilities, one.values.length),
      'probabilities',
    ],
    ['be such that demand is above 0 somewhere', (one) => one.kind !== 'scenarios' || meanOf(one) > 0, 'values'],
  );
  return either(`be a finite number of ${unit}, 0 or more, or a distribution`, [notNegative(unit), distributions], {
    unit,
    ...about,
  });
}

function areProbabilities(probabilities: readonly number[] | undefined, count: number): boolean {
  if (!probabilities) return true;
  const sum = probabilities.reduce((total, p) => total + p, 0);
  return probabilities.length === count && Math.abs(sum - 1) < 1e-9;
}

/** An amount of demand, or a distribution of it. */
export type Amount = Given<ReturnType<typeof amount>>;

/** An amount around its mean. */
export interface Distribution {
  /**
   * The amount over its mean, by value and probability; one value of 1 if it is certain. Those of a log-normal amount are the nodes and
   * weights of a quadrature.
   */
  readonly outcomes: readonly { readonly factor: number; readonly probability: number }[];
  /** The amount over its mean that is not exceeded with probability `share`. */
  readonly quantile: (share: number) => number;
  /** Least and greatest amount over its mean; of a log-normal amount, which has none, p1 and p99. */
  readonly range: readonly [low: number, high: number];
}

/** An amount that is certain. */
export const CERTAIN: Distribution = Object.freeze({
  outcomes: Object.freeze([Object.freeze({ factor: 1, probability: 1 })]),
  quantile: () => 1,
  range: Object.freeze([1, 1] as const),
});

/** Share of the cases on either side that a log-normal demand's `range` leaves out. */
const TAIL = 0.01;

/** The quadrature of a log-normal amount, in standard deviations: how far it goes, and its step. Beyond lie 1e-15 of it. */
const REACH = 8;
const STEP = 0.25;
const Z90 = /* @__PURE__ */ normalQuantile(0.9);

/** The mean of `amount`, and how it lies around that. */
export function distribution(amount: Amount): Distribution & { readonly mean: number } {
  if (typeof amount === 'number') return { mean: amount, ...CERTAIN };
  switch (amount.kind) {
    case 'log-normal': {
      const { median, p90 } = amount;
      const sigma = (Math.log(p90) - Math.log(median)) / Z90;
      const quantile = (share: number): number => Math.exp(sigma * normalQuantile(share) - sigma ** 2 / 2);
      return {
        mean: median * Math.exp(sigma ** 2 / 2),
        outcomes: quadrature(sigma),
        quantile,
        range: [quantile(TAIL), quantile(1 - TAIL)],
      };
    }
    case 'scenarios':
      return scenarios(amount);
    default:
      return amount satisfies never;
  }
}

/**
 * A log-normal variable of mean 1 by the trapezoidal rule over z, its normal deviate: for smooth functions its error falls faster than any
 * power of the step. Half of the amount lies above z = sigma, so the nodes go as far beyond sigma as below 0.
 */
function quadrature(sigma: number): Distribution['outcomes'] {
  const width = 2 * REACH + sigma;
  const steps = Math.ceil(width / STEP);
  const step = width / steps;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const z = k * step - REACH;
    return {
      factor: Math.exp(sigma * z - sigma ** 2 / 2),
      probability: (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI),
    };
  });
}

interface Scenarios {
  readonly values: readonly number[];
  readonly probabilities?: readonly number[] | undefined;
}

const probabilitiesOf = ({ values, probabilities }: Scenarios): readonly number[] =>
  probabilities ?? values.map(() => 1 / values.length);

function meanOf(amount: Scenarios): number {
  const probabilities = probabilitiesOf(amount);
  return amount.values.reduce((total, value, i) => total + value * probabilities[i]!, 0);
}

function scenarios(amount: Scenarios): Distribution & { readonly mean: number } {
  const { values } = amount;
  const [probabilities, mean] = [probabilitiesOf(amount), meanOf(amount)];
  const outcomes = values.map((value, i) => ({ factor: value / mean, probability: probabilities[i]! }));
  const possible = outcomes.flatMap(({ factor, probability }) => (probability > 0 ? [factor] : []));
  return {
    mean,
    outcomes,
    quantile: (share) => quantileOf(outcomes, share),
    range: [Math.min(...possible), Math.max(...possible)],
  };
}

function quantileOf(outcomes: Distribution['outcomes'], share: number): number {
  const sorted = [...outcomes].sort((one, two) => one.factor - two.factor);
  let below = 0;
  // The sum of probabilities is 1 to rounding only.
  const found = sorted.find(({ probability }) => {
    below += probability;
    return below >= share - 1e-12;
  });
  return (found ?? sorted.at(-1)!).factor;
}
