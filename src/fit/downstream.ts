/**
 * Benchmark accuracy in two steps: a law of the loss, then a link from loss to error.
 *
 *     accuracy(N, D) = 1 - error(L(N, D))
 *
 * A loss is a smooth function of size and data where an accuracy is not yet off chance, so the two together extrapolate better than a law of
 * accuracy. Gadre et al. 2024, arXiv:2403.08540, section 3.2; Llama 3 (arXiv:2407.21783, section 3.2.1). Links are in laws/links.ts.
 */

import { deepFreeze } from '../freeze.ts';
import { type FitStatus, judge } from '../judge/status.ts';
import { type FittedLaw, lawBehind } from '../laws/fitted-law.ts';
import type { Coefficients, Law, Point } from '../laws/law.ts';
import {
  type ExponentialLinkCoefficient,
  exponentialLink,
  type SigmoidLinkCoefficient,
  sigmoidLink,
} from '../laws/links.ts';
import { variableOf } from '../laws/variables.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { check } from '../schema/check.ts';
import { byName, choice, custom, finite, list, positive, share } from '../schema/fields.ts';
import { type Given, object, openObject } from '../schema/objects.ts';
import { settingsOf } from './options.ts';
import { fitProblem } from './problem.ts';
import { searchMinimum } from './search.ts';

/** Forms of a link, as an option. */
export const linkKind = choice(['exponential', 'sigmoid'], { help: 'Form of the link.' });
/** Forms of a link. */
export type LinkKind = Given<typeof linkKind>;
const linkModels = list(
  object('model', {
    loss: positive('nats per token', { help: 'Loss of the model.' }),
    error: share({ help: 'Share of errors of the model.' }),
  }),
  { least: 5, help: 'Loss and error of each model.' },
);
const linkField = openObject('link', {
  link: linkKind,
  coefficients: byName(finite()),
  fittedRange: list(finite(), { least: 2 }),
});
const thePoint = custom<Point>('be an object', (value) => typeof value === 'object' && value !== null);

/** A fitted link: frozen plain data. */
export interface FittedLink {
  readonly link: LinkKind;
  readonly coefficients: Coefficients<ExponentialLinkCoefficient> | Coefficients<SigmoidLinkCoefficient>;
  /** Losses of the models that it was fitted to, nats per token. */
  readonly fittedRange: Span;
  /** Half the sum of squared errors of the error. */
  readonly objective: number;
  readonly status: FitStatus;
}

/** Accuracy, in two steps. */
export interface Downstream {
  /** Share of errors, 0 to 1. */
  readonly error: number;
  readonly accuracy: number;
  /** True where the link leaves [0, 1] and the nearer end stands for it: an exponential one goes on falling at low losses. */
  readonly clamped: boolean;
  /** Loss in between, nats per token. */
  readonly loss: number;
  /** True where that loss lies outside the link's `fittedRange`. */
  readonly extrapolation: boolean;
}

const LINKS = { exponential: exponentialLink, sigmoid: sigmoidLink } as const;

/**
 * Fits a link from loss to the share of errors, by least squares.
 *
 * @param models - Loss (nats per token, > 0) and error (share, above 0 and at most 1) of each model, five or more.
 * @param kind - `exponential`: error = epsilon - k exp(-gamma L); `sigmoid`: error = least + rise / (1 + exp(-slope (L - middle))).
 * @returns The link; `status` as of a fit.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a loss or an error out of range; `E_OPTION` for an unknown kind or fewer than five models.
 * @example
 * const models = [2.2, 2.5, 2.8, 3.1, 3.4, 3.7].map((loss) => ({ loss, error: 0.85 - 2 * Math.exp(-0.8 * loss) }));
 * const link = fitLink(models, 'exponential');
 * link.coefficients.gamma // => 0.8
 * downstream(publishedLaws.hoffmann2022, link, { N: 1e9, D: 1e11 }).accuracy // => 0.447
 * @see Gadre et al. (2024), arXiv:2403.08540, section 3.2.
 */
export function fitLink(
  models: readonly { readonly loss: number; readonly error: number }[],
  kind: LinkKind,
): FittedLink {
  const law = LINKS[check(linkKind, kind, 'kind')] as Law;
  check(linkModels, models, 'models');
  const length = models.length;
  const none = new Float64Array(length).fill(1);
  const rows = {
    length,
    N: none,
    D: none,
    C: none,
    // What the machinery of fits calls the loss is here the error.
    loss: Float64Array.from(models, ({ error }) => error),
    extra: { L: models.map(({ loss }) => loss) },
  };
  const settings = settingsOf({ law, penalty: { kind: 'squared' }, space: 'linear' });
  const { kernel, observed, objective, engine } = fitProblem(law, rows, settings);
  const found = searchMinimum(objective, observed, engine, settings.search);
  const coefficients = kernel.toCoefficients(found.theta);
  return deepFreeze({
    link: kind,
    coefficients: coefficients as FittedLink['coefficients'],
    fittedRange: spanOf(models.map(({ loss }) => loss)),
    objective: found.value,
    status: judge(kernel, found, objective.information(found.theta), coefficients),
  });
}

/**
 * Error and accuracy of a model that is yet to be trained.
 *
 * @param law - A fitted or published law of the loss that the link was fitted to.
 * @param link - See {@link fitLink}.
 * @param point - Every variable that the law reads: N in parameters, D in tokens, C in FLOPs, ...
 * @returns Frozen error, accuracy, the loss in between, whether the error was clamped to [0, 1], and whether the loss lies outside what the
 *   link was fitted to.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`; `E_LAW_VARIABLE` for a variable that is missing or not positive.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a link or a point that is no object; `E_OPTION` for a link of an unknown kind.
 */
export function downstream(law: FittedLaw<string>, link: FittedLink, point: Point): Downstream {
  const form = lawBehind(law);
  const { link: kind, coefficients, fittedRange } = check(linkField, link, 'link');
  const given = check(thePoint, point, 'point');
  for (const name of form.variables) variableOf(form, name, given[name]);
  const loss = form.value(law.coefficients, given);
  const errorOf = lawBehind({ law: LINKS[kind], coefficients }, 'link');
  const linked = errorOf.value(coefficients, { L: loss });
  const error = Math.min(Math.max(linked, 0), 1);
  const [low, high] = fittedRange as Span;
  const extrapolation = !(loss >= low && loss <= high);
  return Object.freeze({ error, accuracy: 1 - error, clamped: error !== linked, loss, extrapolation });
}
