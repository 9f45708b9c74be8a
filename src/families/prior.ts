/**
 * What other families say about the coefficients of a new one: straight lines in the space of the coefficients, each with a width.
 *
 *     z = (sum_j weight_j u_j - centre) / width          u: the solver's scale, ln A, ln B, and E, alpha, beta as they are
 *
 * Choshen et al. 2024, arXiv:2410.11840, section 9: over 40 families three principal components explain 99.49% of the variance of
 * (ln A, ln B, ln E, alpha, beta), and alpha goes with ln A, beta with ln B. `familyPrior` finds such lines in families of your own.
 */

import { mean, sampleStandardDeviation } from 'simple-statistics';
import { refusal } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import type { Prior, PriorLine } from '../fit/prior.ts';
import { deepFreeze } from '../freeze.ts';
import { type FittedLaw, lawBehind } from '../laws/fitted-law.ts';
import type { Law } from '../laws/law.ts';
import { symmetricEigen } from '../numeric/eigen.ts';
import { check } from '../schema/check.ts';
import { custom, list, positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';

const noiseField = positive('relative loss', {
  help: 'Mean |predicted - observed| / observed of rows about the law of their own family.',
});
const anyLaw = custom<FittedLaw<string>>('be an object', () => true);
const familyPriorOptions = object('prior options', { noise: optional(noiseField) });
const width = positive('exponent', { help: 'Standard deviation about the line.' });
/** How far families lie from the lines of Choshen et al. */
export const choshenOptions = object('given', {
  widths: object(
    'widths',
    { alpha: width, beta: width },
    {
      help: 'Standard deviations of families about the lines of choshen.',
      flag: 'prior-widths',
      example: { alpha: 0.05, beta: 0.2 },
    },
  ),
  noise: noiseField,
});

/** The prior that families of your own make. */
export interface FamilyPrior extends Prior {
  readonly families: number;
  /** Coefficients in which the families differ, with mean and standard deviation on the solver's scale. */
  readonly coefficients: Readonly<Record<string, { readonly mean: number; readonly spread: number }>>;
  /** Share of the variance of the standardised coefficients along each line; the lines are the principal axes, the widest first. */
  readonly explained: readonly number[];
}

/**
 * Principal axes of the coefficients of several families.
 *
 *     R = correlation of the u_j = Q diag(lambda) Q'        line k: sum_j Q_jk (u_j - mean_j) / spread_j, of variance lambda_k
 *
 * From k families the width of a line is the root of (1 - 1/k) lambda + 1/k: fewer families than coefficients leave axes along which
 * they do not differ at all, and that must not pass for certainty. A coefficient that is the same in all families is left out.
 *
 * @param laws - One a family, two or more, all of one form: fits, or published laws. The spread holds the error of each fit too, so make
 *   them good ones.
 * @param options.noise - Mean |predicted - observed| / observed of rows about their law, > 0; 1% is common. Default: the mean over the
 *   fits; laws that are no fits do not record it, so then it must be given.
 * @returns The lines, mean and spread of each coefficient, explained shares, and the noise.
 * @throws {ScalingLawsError} `E_ARGUMENT` for fewer than two laws, several forms, an amplitude of 0, laws that are all the same, or no noise.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`.
 * @example
 * const { hoffmann2022, gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb } = publishedLaws;
 * const laws = [hoffmann2022, gadre2024C4, gadre2024RedPajama, gadre2024RefinedWeb];
 * const { coefficients, explained } = familyPrior(laws, { noise: 0.01 });
 * coefficients.alpha.mean // => 0.2775
 * explained.length // => 5
 * explained[0] + explained[1] > 0.9 // => true
 * @see Choshen et al. (2024), arXiv:2410.11840, section 9.
 */
export function familyPrior(
  laws: readonly FittedLaw<string>[],
  options: Given<typeof familyPriorOptions> = {},
): FamilyPrior {
  const { noise: given } = check(familyPriorOptions, options);
  const refuse = (rule: string, value: unknown): never => {
    throw refusal('laws', `be ${rule}`, value);
  };
  if (check(list(anyLaw), laws, 'laws').length < 2) refuse('of two families or more', laws.length);
  const forms = laws.map((one, k) => lawBehind(one, `laws[${k}]`));
  const kinds = new Set(forms.map(({ kind }) => kind));
  if (kinds.size > 1) refuse('of one form', [...kinds].join(', '));
  const noise = check(noiseField, given ?? noiseOf(laws), 'noise');
  const law = forms[0]!;
  const columns = law.coefficients.flatMap((name) => {
    const values = laws.map(({ coefficients }) => onScale(law, name, coefficients[name]!));
    if (!values.every(Number.isFinite)) refuse(`such that ${name} is above 0`, 0);
    const spread = sampleStandardDeviation(values);
    return spread > 0 ? [{ name, mean: mean(values), spread, z: values.map((v) => (v - mean(values)) / spread) }] : [];
  });
  if (columns.length === 0) refuse('of families that differ', 'the same coefficients for all');
  const n = columns.length;
  const k = laws.length;
  const correlation = columns.flatMap((one) =>
    columns.map((two) => one.z.reduce((sum, z, f) => sum + z * two.z[f]!, 0) / (k - 1)),
  );
  const { values, vectors } = symmetricEigen(correlation, n);
  const widestFirst = Array.from({ length: n }, (_, i) => n - 1 - i);
  const prior = {
    law: law.kind,
    lines: widestFirst.map((axis): PriorLine => {
      const weights = columns.map(({ spread }, j) => vectors[axis]![j]! / spread);
      return {
        weights: Object.fromEntries(columns.map(({ name }, j) => [name, weights[j]!])),
        centre: columns.reduce((sum, column, j) => sum + weights[j]! * column.mean, 0),
        width: Math.sqrt((1 - 1 / k) * Math.max(values[axis]!, 0) + 1 / k),
      };
    }),
    noise,
    source: `${k} families`,
    families: k,
    coefficients: Object.fromEntries(columns.map(({ name, mean, spread }) => [name, { mean, spread }])),
    explained: widestFirst.map((axis) => Math.max(values[axis]!, 0) / n),
  };
  return deepFreeze(prior);
}

/** Mean of what the fits record; not a number where a law records none. */
function noiseOf(laws: readonly FittedLaw<string>[]): number {
  return mean(laws.map((law) => (law as Partial<Fit<string>>).quality?.meanAbsoluteRelativeError ?? Number.NaN));
}

/** `value` of a coefficient on the scale on which the solver moves it. */
function onScale(law: Law, name: string, value: number): number {
  return law.solver[name]!.scale === 'log' ? Math.log(value) : value;
}

/**
 * The two regression lines over the families of Choshen et al.: alpha from ln A, beta from ln B.
 *
 *     alpha = 0.0116280 + 0.05004588 ln A        beta = 0.23710262 + 0.03844353 ln B
 *
 * The authors print neither the scatter about the lines nor the centre and scales of their principal axes, so the widths are yours to
 * give, and the axes are not offered. Hoffmann et al.'s law lies (as printed) 0.028 above the first line and 0.188 below the second.
 *
 * @param given.widths - Standard deviations of alpha and of beta about their lines, > 0.
 * @param given.noise - Mean |predicted - observed| / observed of rows about a law, > 0; 1% is common.
 * @returns A prior for `fitScalingLaw`.
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * choshenPrior({ widths: { alpha: 0.05, beta: 0.2 }, noise: 0.01 }).lines[0].centre // => 0.011628
 * @see Choshen et al. (2024), arXiv:2410.11840, section 9; the coefficients are in their code, github.com/IBM/ColPret.
 */
export function choshenPrior(given: Given<typeof choshenOptions>): Prior {
  const { widths, noise } = check(choshenOptions, given);
  return deepFreeze({
    law: 'chinchilla',
    lines: [
      { weights: { alpha: 1, A: -0.05004588 }, centre: 0.011628, width: widths.alpha },
      { weights: { beta: 1, B: -0.03844353 }, centre: 0.23710262, width: widths.beta },
    ],
    noise,
    source: 'Choshen et al. 2024, arXiv:2410.11840, github.com/IBM/ColPret',
  });
}
