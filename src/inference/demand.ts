/**
 * How much a model will be asked over its life: tokens or requests, steady or growing by the month, certain or not.
 *
 *     total = amount x sum_{m < months} (1 + growth)^m
 *
 * A cost that is proportional to demand has its mean at the mean demand, so the plan of least expected cost is the plan for the mean.
 * What uncertainty does cost is the regret of having planned for another demand than came; that needs the distribution.
 */

import { refusal } from '../errors.ts';
import { check } from '../schema/check.ts';
import { between, finite, integer, notNegative } from '../schema/fields.ts';
import { type Checked, type Given, object, optional, where } from '../schema/objects.ts';
import { amount, CERTAIN, type Distribution, distribution } from './amount.ts';

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
      integer(
        { help: 'Length of the life; the demand is then that of the first month.', unit: 'months', placeholder: 'n' },
        1,
      ),
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

/** 70 tokens read and 215 written: averages of LMSYS-Chat, as Sardana et al. 2024, arXiv:2401.00448, take them. */
export const DEFAULT_INPUT_SHARE: number = 70 / 285;

/** Demand over the life, worked out: mean tokens, and how they lie around that. */
export interface LifeDemand extends Distribution {
  /** Mean tokens read. */
  readonly input: number;
  /** Mean tokens written. */
  readonly output: number;
  /** Mean of both. */
  readonly total: number;
}

/** Most tokens over the life, on average: a million a day for each of ten billion people, for 270,000 years. */
export const MOST_DEMAND = 1e24;

/** No demand: a model that is trained and not served. */
export const NO_DEMAND: LifeDemand = Object.freeze({
  input: 0,
  output: 0,
  total: 0,
  ...CERTAIN,
});

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
  const asked = mean * firstMonths(months, monthlyGrowth);
  const [input, output] =
    tokens === undefined ? [asked * inputTokens, asked * outputTokens] : [asked * inputShare, asked * (1 - inputShare)];
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
