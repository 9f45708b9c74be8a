/**
 * How much a model will be asked over its life: tokens or requests, steady or growing by the month, certain or not.
 *
 *     total = amount x sum_{m < months} (1 + growth)^m
 *
 * A cost that is proportional to demand has its mean at the mean demand, so the plan of least expected cost is the plan for the mean.
 * What uncertainty does cost is the regret of having planned for another demand than came; that needs the distribution.
 */

import { listOf, notNegative, onlyKnown, positive, recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { normalQuantile } from '../numeric/distributions.ts';

/** An amount of demand, or a distribution of it. */
export type Amount =
  | number
  /** Log-normal by its median and the value that it exceeds in one case out of ten. */
  | { readonly kind: 'log-normal'; readonly median: number; readonly p90: number }
  /** One of some values; equally likely unless `probabilities` (which sum to 1) say otherwise. */
  | { readonly kind: 'scenarios'; readonly values: readonly number[]; readonly probabilities?: readonly number[] };

/** How demand develops. Without `months` the amount is that of the whole life. */
export interface Growth {
  /** Length of the model's life; the amount is then that of the first month. */
  readonly months?: number;
  /** Growth from month to month, > -1: .1 is 10% a month. Default 0. */
  readonly monthlyGrowth?: number;
}

/** Demand over a model's life. */
export type Demand =
  | (Growth & {
      /** Tokens read and written. */
      readonly tokens: Amount;
      /** Share of them that is read, in [0, 1]; default {@link DEFAULT_INPUT_SHARE}. */
      readonly inputShare?: number;
    })
  | (Growth & {
      readonly requests: Amount;
      /** Tokens read in a request, >= 0. */
      readonly inputTokens: number;
      /** Tokens written in a request, >= 0. */
      readonly outputTokens: number;
    });

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
  recordOf('demand', demand);
  onlyKnown('demand', demand, 'tokens' in demand ? BY_TOKENS : BY_REQUESTS);
  const { mean, ...around } = distribution(
    'tokens' in demand ? 'tokens' : 'requests',
    'tokens' in demand ? demand.tokens : demand.requests,
  );
  const amount = mean * lifetimeOf(demand);
  const [input, output] =
    'tokens' in demand
      ? split(amount, demand.inputShare ?? DEFAULT_INPUT_SHARE)
      : [
          amount * notNegative('demand.inputTokens', 'tokens a request', demand.inputTokens),
          amount * notNegative('demand.outputTokens', 'tokens a request', demand.outputTokens),
        ];
  return { input, output, total: boundedDemand('demand', input + output), ...around };
}

/** `tokens`, if a life may see so many. @throws {ScalingLawsError} `E_ARGUMENT` above {@link MOST_DEMAND}, or if that is no number. */
export function boundedDemand(name: string, tokens: number): number {
  if (tokens <= MOST_DEMAND) return tokens;
  throw refusal(name, `be at most ${MOST_DEMAND} tokens over the life, on average`, tokens);
}

const GROWTH = ['months', 'monthlyGrowth'] as const;
const BY_TOKENS = ['tokens', 'inputShare', ...GROWTH];
const BY_REQUESTS = ['requests', 'inputTokens', 'outputTokens', ...GROWTH];

function split(tokens: number, inputShare: number): [input: number, output: number] {
  if (typeof inputShare !== 'number' || !(inputShare >= 0 && inputShare <= 1)) {
    throw refusal('demand.inputShare', 'be from 0 to 1', inputShare);
  }
  return [tokens * inputShare, tokens * (1 - inputShare)];
}

/** First months in the life: the sum of the growth factors. */
function lifetimeOf({ months, monthlyGrowth = 0 }: Growth): number {
  if (months === undefined) {
    if (monthlyGrowth === 0) return 1;
    throw refusal('demand.months', 'be given where demand grows', months);
  }
  if (!Number.isSafeInteger(months) || months < 1) throw refusal('demand.months', 'be an integer >= 1', months);
  if (typeof monthlyGrowth !== 'number' || !(monthlyGrowth > -1 && monthlyGrowth < Number.POSITIVE_INFINITY)) {
    throw refusal('demand.monthlyGrowth', 'be a finite number above -1', monthlyGrowth);
  }
  if (Math.abs(monthlyGrowth) < 1e-12) return months;
  return Math.expm1(months * Math.log1p(monthlyGrowth)) / monthlyGrowth;
}

function distribution(name: string, amount: Amount): Distribution & { readonly mean: number } {
  const where = `demand.${name}`;
  if (typeof amount !== 'object' || amount === null) {
    return { mean: notNegative(where, name, amount), ...CERTAIN };
  }
  switch (amount.kind) {
    case 'log-normal': {
      onlyKnown(where, amount, ['kind', 'median', 'p90']);
      const median = positive(`${where}.median`, name, amount.median);
      if (!(positive(`${where}.p90`, name, amount.p90) > median)) {
        throw refusal(`${where}.p90`, `be above the median, ${median}`, amount.p90);
      }
      const sigma = (Math.log(amount.p90) - Math.log(median)) / Z90;
      const quantile = (share: number): number => Math.exp(sigma * normalQuantile(share) - sigma ** 2 / 2);
      return {
        mean: median * Math.exp(sigma ** 2 / 2),
        outcomes: quadrature(sigma),
        quantile,
        range: [quantile(TAIL), quantile(1 - TAIL)],
      };
    }
    case 'scenarios':
      onlyKnown(where, amount, ['kind', 'values', 'probabilities']);
      return scenarios(where, name, amount.values, amount.probabilities);
    default:
      throw refusal(`${where}.kind`, 'be log-normal or scenarios', (amount satisfies never as { kind: unknown }).kind);
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

function scenarios(
  where: string,
  name: string,
  values: readonly number[],
  given: readonly number[] | undefined,
): Distribution & { readonly mean: number } {
  if (listOf(`${where}.values`, values).length === 0) throw refusal(`${where}.values`, 'be a list of amounts', 'none');
  for (const [i, value] of values.entries()) notNegative(`${where}.values[${i}]`, name, value);
  const probabilities = listOf(`${where}.probabilities`, given ?? values.map(() => 1 / values.length));
  const sum = probabilities.reduce((total, p) => total + p, 0);
  if (
    probabilities.length !== values.length ||
    probabilities.some((p) => typeof p !== 'number' || !(p >= 0)) ||
    !(Math.abs(sum - 1) < 1e-9)
  ) {
    throw refusal(`${where}.probabilities`, `be ${values.length} numbers >= 0 whose sum is 1`, JSON.stringify(given));
  }
  const mean = values.reduce((total, value, i) => total + value * probabilities[i]!, 0);
  if (mean === 0) throw refusal(`${where}.values`, 'be such that demand is above 0 somewhere', JSON.stringify(values));
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
