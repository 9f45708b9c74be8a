/**
 * Every law by name. Adding a law to the library: its file, its line in the table below, one test with published values, one docs page.
 * Adding one of your own: {@link registerLaw}.
 */

import { recordOf } from '../arguments.ts';
import { ScalingLawsError, shown } from '../errors.ts';
import { brokenPowerLawC } from './broken-power-law.ts';
import { checkForm } from './check-form.ts';
import { chinchilla } from './chinchilla.ts';
import { completeLaw } from './complete.ts';
import { farseer } from './farseer.ts';
import type { FittedLaw } from './fitted-law.ts';
import { gadre } from './gadre.ts';
import { kaplan } from './kaplan.ts';
import type { Coefficients, Law, LawForm } from './law.ts';
import { exponentialLink, sigmoidLink } from './links.ts';
import { mixtureOfExperts } from './mixture-of-experts.ts';
import { modelShape, modelShapeOwn } from './model-shape.ts';
import { muennighoff } from './muennighoff.ts';
import { powerLawC, powerLawD, powerLawN } from './power-law.ts';
import { precision, precisionParts } from './precision.ts';
import { precisionPost } from './precision-post.ts';
import { skaling } from './skaling.ts';
import { testTime } from './test-time.ts';

/** Laws by their `kind`. `as` states the type where the declaration is written from this file alone (isolatedDeclarations). */
export const laws = {
  chinchilla: chinchilla as typeof chinchilla,
  kaplan: kaplan as typeof kaplan,
  'power-law-c': powerLawC as typeof powerLawC,
  'power-law-n': powerLawN as typeof powerLawN,
  'power-law-d': powerLawD as typeof powerLawD,
  muennighoff: muennighoff as typeof muennighoff,
  gadre: gadre as typeof gadre,
  farseer: farseer as typeof farseer,
  skaling: skaling as typeof skaling,
  'broken-power-law': brokenPowerLawC as typeof brokenPowerLawC,
  precision: precision as typeof precision,
  'precision-parts': precisionParts as typeof precisionParts,
  'precision-post': precisionPost as typeof precisionPost,
  'mixture-of-experts': mixtureOfExperts as typeof mixtureOfExperts,
  'model-shape': modelShape as typeof modelShape,
  'model-shape-eta': modelShapeOwn as typeof modelShapeOwn,
  'test-time': testTime as typeof testTime,
} as const;

/** Links from loss to errors by their `kind`: fitted as laws are, but no laws of a loss. */
const links: Readonly<Record<string, unknown>> = {
  [exponentialLink.kind]: exponentialLink,
  [sigmoidLink.kind]: sigmoidLink,
};

/** Name of a law in the registry. */
export type LawName = keyof typeof laws;

/** Names of the coefficients of a law: of the library's by its name, of your own by the object. */
export type CoefficientOf<L extends LawName | LawForm> = L extends LawName
  ? (typeof laws)[L] extends LawForm<infer Name>
    ? Name
    : never
  : L extends LawForm<infer Name>
    ? Name
    : never;

/** The law that a fit uses unless told otherwise (Hoffmann et al. 2022). */
export const DEFAULT_LAW = 'chinchilla';

/** Laws of users by their `kind`, beside the form that each was made of. */
const registered = new Map<string, { readonly form: LawForm; readonly law: Law }>();

/** Whether `name` is a law of the library itself, which every worker thread has too. */
export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(laws, name) || Object.hasOwn(links, name);
}

/**
 * The law called `name`.
 *
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, with the names there are.
 */
export function lawNamed(name: string): Law {
  if (Object.hasOwn(laws, name)) return laws[name as LawName] as unknown as Law;
  if (Object.hasOwn(links, name)) return links[name] as Law;
  const own = registered.get(name);
  if (own) return own.law;
  const known = [...Object.keys(laws), ...registered.keys()];
  throw new ScalingLawsError(
    'E_LAW_UNKNOWN',
    `law must be one of ${known.join(', ')}, got ${name}; register your law first: registerLaw(law)`,
    { law: name, known },
  );
}

/**
 * Makes a law of your own known by its `kind`, so that fits, predictors, bootstraps and saved fits find it. `fitScalingLaw` does so by
 * itself when it is given a law object; a program that only loads a saved fit must register the law first.
 *
 * @param form - The law: plain data, `value`, and if you have them `gradient` and `kernel`.
 * @returns The law with its gradient and kernel filled in. The same object registered again, or a law of the library, is the same law.
 * @throws {ScalingLawsError} `E_LAW_FORM` if it is ill-formed: kind taken, a coefficient without bounds, unit or solver rule, a value that is
 *   finite nowhere or throws, a gradient that is not the derivative of the value; `E_ARGUMENT` for no object. Where a law is not defined its
 *   value is NaN or Infinity; what it throws in the middle of a fit comes out as it is.
 * @example
 * const falling = registerLaw({
 *   kind: 'falling-exponential',
 *   coefficients: ['E', 'A', 'scale'],
 *   variables: ['D'],
 *   bounds: { E: [0, Infinity], A: [0, Infinity], scale: [1e6, 1e15] },
 *   solver: {
 *     E: { scale: 'linear', role: 'amplitude' },
 *     A: { scale: 'log', role: 'amplitude' },
 *     scale: { scale: 'log', role: 'exponent', scan: [1e8, 1e13] },
 *   },
 *   units: { E: 'nats per token', A: 'nats per token', scale: 'tokens' },
 *   equation: 'L(D) = E + A exp(-D / scale)',
 *   source: 'an example',
 *   value: ({ E, A, scale }, { D }) => E + A * Math.exp(-D / scale),
 * });
 * falling.value({ E: 2, A: 1, scale: 1e10 }, { D: 1e10 }) // => 2.3679
 */
export function registerLaw<Name extends string>(form: LawForm<Name>): Law<Name> {
  recordOf('law', form);
  if (isBuiltIn(form.kind) && Object.is(lawNamed(form.kind), form)) return form as Law<Name>;
  const known = registered.get(form.kind);
  if (known?.form === form || known?.law === form) return known.law as unknown as Law<Name>;
  checkForm(form as unknown as LawForm, known !== undefined || isBuiltIn(form.kind));
  const law = completeLaw(form);
  registered.set(form.kind, { form: form as unknown as LawForm, law: law as unknown as Law });
  return law;
}

/**
 * The law that a fit, a published law or `{ law, coefficients }` is of.
 *
 * @param where - Name of the argument in the message.
 * @throws {ScalingLawsError} `E_ARGUMENT` for no object; `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`.
 */
export function lawBehind(fitted: FittedLaw<string>, where = 'law'): Law {
  const { law, coefficients } = recordOf(where, fitted);
  const form = lawNamed(law);
  checkCoefficients(form, coefficients);
  return form;
}

/**
 * Checks that `coefficients` are all that `law` needs, finite and inside its bounds.
 *
 * @throws {ScalingLawsError} `E_LAW_COEFFICIENTS`, naming the coefficient and its bounds.
 */
export function checkCoefficients(law: LawForm, coefficients: Coefficients): void {
  for (const name of law.coefficients) {
    const [low, high] = law.bounds[name]!;
    const value: unknown = (coefficients as Coefficients | undefined)?.[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high) continue;
    throw new ScalingLawsError(
      'E_LAW_COEFFICIENTS',
      `${law.kind}: ${name} must be ${ruleOf(low, high)}, got ${shown(value)}`,
      {
        law: law.kind,
        coefficient: name,
        value,
      },
    );
  }
}

function ruleOf(low: number, high: number): string {
  if (high < Number.POSITIVE_INFINITY) return `a number from ${low} to ${high}`;
  return low > Number.NEGATIVE_INFINITY ? `a finite number >= ${low}` : 'a finite number';
}
