/**
 * What other families say about the coefficients of a new one: straight lines in the space of the coefficients, each with a width.
 *
 *     minimise  sum_i weight_i x penalty(residual_i)  +  strength x s x 1/2 sum_k z_k^2
 *     z = (sum_j weight_j u_j - centre) / width          u: the solver's scale, ln A, ln B, and E, alpha, beta as they are
 *
 * s turns departures from the lines, in widths, into the unit of the objective: the cost at which one residual is as improbable as one width,
 * with the noise of the prior, so that strength 1 is the posterior mode for noise of that size, and strength 0 the plain fit.
 */

import { refusal } from '../errors.ts';
import type { Law } from '../laws/law.ts';
import { scaleOfWidth } from '../objective/noise.ts';
import { byName, custom, finite, list, notNegative, positive, text } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import type { FitSettings } from './options.ts';

/** The prior counts as the noise of the rows and the scatter of the families say. */
export const DEFAULT_STRENGTH = 1;

const isAnything = (): boolean => true;

/** One line. */
const line = object('line', {
  weights: byName(finite(), {
    help: "Weight of each coefficient on the solver's scale: of ln A where the solver moves ln A.",
  }),
  centre: finite({ help: 'Where the weighted sum is expected.' }),
  width: positive('units of its line', { help: 'Standard deviation of the sum over families.' }),
});

/** A prior as an option of a fit. */
export const prior = object(
  'prior',
  {
    law: text({ help: 'Law whose coefficients the lines are about.' }),
    lines: list(line, { help: 'Beliefs about weighted sums of coefficients.' }),
    noise: positive('relative loss', {
      help: 'Mean relative error of rows about the law of their own family, against which strength 1 weighs the lines.',
      flag: 'prior-noise',
      placeholder: 'share',
      example: 0.01,
    }),
    source: text({ help: 'Where the prior comes from.' }),
    strength: optional(
      notNegative('weights of the prior', {
        help: 'Weight of the prior, where 0 is the plain fit.',
        flag: 'prior-strength',
        placeholder: 'number',
      }),
      DEFAULT_STRENGTH,
    ),
    // What `familyPrior` tells beside the lines.
    families: optional(custom<number>('be anything', isAnything)),
    coefficients: optional(custom<object>('be anything', isAnything)),
    explained: optional(custom<readonly number[]>('be anything', isAnything)),
  },
  { help: 'What other families say about the coefficients.', flag: null },
);

/** Beliefs about the coefficients of one law: plain data. */
export type Prior = Given<typeof prior>;
/** A belief about one weighted sum of coefficients. */
export type PriorLine = Given<typeof line>;

/**
 * Checks that the prior of a fit is about its law.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 */
export function checkPrior(law: Law, { law: kind, lines }: Prior): void {
  if (kind !== law.kind)
    throw refusal('prior.law', `be the law that is fitted, ${law.kind}`, kind, [
      'fit with ',
      { option: 'law', value: kind },
    ]);
  lines.forEach(({ weights }, k) => {
    const other = Object.keys(weights).find((name) => !law.coefficients.includes(name));
    if (other === undefined) return;
    throw refusal(`prior.lines[${k}].weights`, `be of coefficients of ${kind} (${law.coefficients.join(', ')})`, other);
  });
}

/** Settings in which what the prior refers to keeps its own coordinate: a group of one ties nothing else. */
export function uncentredIn({ lines }: Prior, settings: FitSettings): FitSettings {
  const names = new Set(lines.flatMap(({ weights }) => Object.keys(weights)));
  const inGroups = new Set(settings.tied.flat());
  const alone = [...names].filter((name) => !inGroups.has(name) && !Object.hasOwn(settings.fixed, name));
  return { ...settings, tied: [...settings.tied, ...alone.map((name) => [name])] };
}

/** What half of one squared width weighs, in units of the objective. */
export function weightOf(
  { strength, noise }: Checked<typeof prior>,
  { penalty, space }: FitSettings,
  loss: Float64Array,
): number {
  const meanLoss = loss.reduce((sum, value) => sum + value, 0) / loss.length;
  return strength * scaleOfWidth(penalty, space === 'log' ? noise : noise * meanLoss);
}
