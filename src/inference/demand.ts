/**
 * How much a model will be asked over its life: tokens or requests, steady or growing by the month, certain or not.
 *
 *     total = amount x sum_{m < months} (1 + growth)^m
 *
 * A cost that is proportional to demand has its mean at the mean demand, so the plan of least expected cost is the plan for the mean.
 * What uncertainty does cost is the regret of having planned for another demand than came; that needs the distribution.
 */

import { refusal } from '../errors.ts';
import { normalQuantile } from '../numeric/distributions.ts';
import { check } from '../schema/check.ts';
import { type About, between, either, finite, integer, list, notNegative, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, variants, where } from '../schema/objects.ts';

/** An amount of demand, or a distribution of it. */
/* @__NO_SIDE_EFFECTS__ */
function amount(unit: string, about: About) {
  const distributions = where(
    variants('amount', {
      // By its median and the value that it exceeds in one case out of ten.
      'log-normal': {
        median: positive(unit),
        p90: positive(unit, { help: 'Exceeded in one case out of ten.', flag: 'p90' }),
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

const WITH_REQUESTS = 'be given with requests, and with them alone';

/** How much a model will be asked over its life. */
export const demandField = where(
  object('demand', {
    tokens: optional(
      amount('tokens', { help: 'Tokens processed over the life, read and written.', flag: 'inference-tokens' }),
    ),
    inputShare: optional(between(0, 1, { help: 'Share of the tokens that is read.', flag: null })),
    requests: optional(amount('requests', { help: 'Requests over the life, in place of tokens.' })),
    inputTokens: optional(notNegative('tokens a request', { help: 'Tokens read in a request.', placeholder: 'count' })),
    outputTokens: optional(
      notNegative('tokens a request', { help: 'Tokens written in a request.', placeholder: 'count' }),
    ),
    months: optional(
      integer({ help: 'Length of the life; the demand is then that of the first month.', unit: 'months' }, 1),
    ),
    monthlyGrowth: optional(
      finite({ help: 'Growth from month to month: 0.1 is 10% a month.', placeholder: 'share' }),
      0,
    ),
  }),
  ['have tokens or requests', ({ tokens, requests }) => (tokens === undefined) !== (requests === undefined)],
  [
    'be given with tokens alone',
    ({ tokens, inputShare }) => inputShare === undefined || tokens !== undefined,
    'inputShare',
  ],
  [
    WITH_REQUESTS,
    ({ requests, inputTokens }) => (requests === undefined) === (inputTokens === undefined),
    'inputTokens',
  ],
  [
    WITH_REQUESTS,
    ({ requests, outputTokens }) => (requests === undefined) === (outputTokens === undefined),
    'outputTokens',
  ],
  ['be a finite number above -1', ({ monthlyGrowth }) => monthlyGrowth > -1, 'monthlyGrowth'],
  ['be given where demand grows', ({ months, monthlyGrowth }) => months !== undefined || monthlyGrowth === 0, 'months'],
);

/** Demand over a model's life. */
export type Demand = Given<typeof demandField>;
/** An amount of demand, or a distribution of it. */
export type Amount = NonNullable<Demand['tokens']>;

/** 70 tokens read and 215 written: averages of LMSYS-Chat, as Sardana et al. 2024, arXiv:2401.00448, take them. */
export const DEFAULT_INPUT_SHARE: number = 70 / 285;

/** Demand over the life, worked out. */
export interface LifeDemand {
  /** Mean tokens read. */
  readonly input: number;
  /** Mean tokens written. */
  readonly output: number;
  /** Mean of both. */
  readonly total: number;
  /**
   * Demand over its mean, by value and probability; one value of 1 if demand is certain. Those of a log-normal demand are the nodes and
   * weights of a quadrature.
   */
  readonly outcomes: readonly { readonly factor: number; readonly probability: number }[];
  /** Demand over its mean that is not exceeded with probability `share`. */
  readonly quantile: (share: number) => number;
  /** Least and greatest demand over its mean; of a log-normal demand, which has none, p1 and p99. */
  readonly range: readonly [low: number, high: number];
}

/** Share of the cases on either side that a log-normal demand's `range` leaves out. */
const TAIL = 0.01;

/** Most tokens over the life, on average: a million a day for each of ten billion people, for 270,000 years. */
export const MOST_DEMAND = 1e24;

type Distribution = Pick<LifeDemand, 'outcomes' | 'quantile' | 'range'>;

const CERTAIN: Distribution = Object.freeze({
  outcomes: Object.freeze([Object.freeze({ factor: 1, probability: 1 })]),
  quantile: () => 1,
  range: Object.freeze([1, 1] as const),
});

/** No demand: a model that is trained and not served. */
export const NO_DEMAND: LifeDemand = Object.freeze({
  input: 0,
  output: 0,
  total: 0,
  ...CERTAIN,
});

/** The quadrature of a log-normal amount, in standard deviations: how far it goes, and its step. Beyond lie 1e-15 of it. */
const REACH = 8;
const STEP = 0.25;
const Z90 = /* @__PURE__ */ normalQuantile(0.9);

/**
 * Demand over the whole life.
 *
 * @param demand - Tokens, or requests of so many tokens; for the life, or for the first of some months.
 * @returns Mean tokens read and written, and the distribution of demand around its mean.
 * @throws {ScalingLawsError} `E_ARGUMENT`, also for a mean above {@link MOST_DEMAND}; `E_OPTION`.
 * @example
 * lifeDemand({ requests: 1e8, inputTokens: 1000, outputTokens: 250, months: 24, monthlyGrowth: 0.05 }).total // => 5.563e12
 */
export function lifeDemand(demand: Demand): LifeDemand {
  return workedOut(check(demandField, demand, 'demand'));
}

/** {@link lifeDemand} of a checked demand. */
export function workedOut({
  tokens,
  requests,
  inputTokens = 0,
  outputTokens = 0,
  ...rest
}: Checked<typeof demandField>): LifeDemand {
  const { inputShare = DEFAULT_INPUT_SHARE, months, monthlyGrowth } = rest;
  const { mean, ...around } = distribution(tokens ?? requests!);
  const amount = mean * firstMonths(months, monthlyGrowth);
  const [input, output] =
    tokens === undefined
      ? [amount * inputTokens, amount * outputTokens]
      : [amount * inputShare, amount * (1 - inputShare)];
  return { input, output, total: boundedDemand('demand', input + output), ...around };
}

/** `tokens`, if a life may see so many. @throws {ScalingLawsError} `E_ARGUMENT` above {@link MOST_DEMAND}, or if that is no number. */
export function boundedDemand(name: string, tokens: number): number {
  if (tokens <= MOST_DEMAND) return tokens;
  throw refusal(name, `be at most ${MOST_DEMAND} tokens over the life, on average`, tokens);
}

/** First months in the life: the sum of the growth factors. */
function firstMonths(months: number | undefined, monthlyGrowth: number): number {
  if (months === undefined) return 1;
  if (Math.abs(monthlyGrowth) < 1e-12) return months;
  return Math.expm1(months * Math.log1p(monthlyGrowth)) / monthlyGrowth;
}

function distribution(amount: Amount): Distribution & { readonly mean: number } {
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
function quadrature(sigma: number): LifeDemand['outcomes'] {
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

function quantileOf(outcomes: LifeDemand['outcomes'], share: number): number {
  const sorted = [...outcomes].sort((one, two) => one.factor - two.factor);
  let below = 0;
  // The sum of probabilities is 1 to rounding only.
  const found = sorted.find(({ probability }) => {
    below += probability;
    return below >= share - 1e-12;
  });
  return (found ?? sorted.at(-1)!).factor;
}
