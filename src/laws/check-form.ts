/** Checks of a law that a user brings: well-formed, finite somewhere, and its gradient the derivative of its value. */

import { ScalingLawsError } from '../errors.ts';
import { gradientByDifferences } from './differences.ts';
import { type Coefficients, isFloor, type Law, type LawForm, type Point } from './law.ts';

/** Points at which a law is tried: models small and large, other variables of order 1 and far above. */
const SIZES = [1e6, 1e8, 1e10];
const OTHERS = [1, 4, 100, 1e6, 1e9];
/** A gradient may differ from central differences by this share of its largest entry. */
const GRADIENT_GAP = 1e-4;

type Refuse = (name: string, rule: string, value: unknown) => never;

const refusing =
  ({ kind }: LawForm): Refuse =>
  (name, rule, value) => {
    const where = `law ${String(kind)}`;
    throw new ScalingLawsError('E_LAW_FORM', { where, argument: name, rule, got: value }, { law: kind, name, value });
  };

/**
 * `form`, if all of it is there.
 *
 * @throws {ScalingLawsError} `E_LAW_FORM`, naming the law and what must be.
 */
export function checkShape<Name extends string>(form: Law<Name>): Law<Name> {
  const { kind, coefficients, variables, bounds, solver, units, value, kernel } = form as unknown as LawForm;
  const refuse = refusing(form as unknown as LawForm);
  if (typeof kind !== 'string' || kind === '') refuse('kind', 'be a name', kind);
  for (const [key, names] of Object.entries({ coefficients, variables })) {
    // The order of coefficients is that of the gradient, and a name that is a number would come first in any object.
    const fine = names.length > 0 && names.every((name) => typeof name === 'string' && /^[^0-9]/.test(name));
    if (!fine || new Set(names).size < names.length)
      refuse(key, 'have different names that begin with no digit', names);
  }
  if (typeof value !== 'function') refuse('value', 'be a function', value);
  if (kernel !== undefined && kernel !== 'power-sum' && typeof kernel !== 'function')
    refuse('kernel', 'be power-sum or a function', kernel);
  for (const name of coefficients) {
    const range = bounds[name];
    if (!Array.isArray(range) || !(range[0] < range[1]))
      refuse(`bounds of ${name}`, 'be [low, high], low < high', range);
    if (typeof units[name] !== 'string') refuse(`unit of ${name}`, 'be a text', units[name]);
    const { scale, role, scan, power } = solver[name]!;
    if (scale !== 'log' && scale !== 'linear') refuse(`scale of ${name}`, "be 'log' or 'linear'", scale);
    if (scale === 'log' && range![0] < 0) refuse(`bounds of ${name}`, 'start at 0 or more, on a log scale', range);
    if (role === 'exponent' && !scan && !power) refuse(`scan of ${name}`, 'be a range', scan);
    if (power && !coefficients.includes(power.exponent))
      refuse(`exponent of ${name}`, 'be a coefficient', power.exponent);
  }
  return form;
}

/** Laws that were found to be well-formed. */
const fine = new WeakSet<Law>();

/**
 * Tries `form` at many points, once: finite somewhere, its gradient the derivative of its value, its example kept.
 *
 * @throws {ScalingLawsError} `E_LAW_FORM`, naming the law and what must be.
 */
export function checkForm(form: Law): void {
  if (fine.has(form)) return;
  const refuse = refusing(form);
  try {
    checkValues(form, refuse);
  } catch (error) {
    if (error instanceof ScalingLawsError) throw error;
    refuse('value', 'be a number at every point, NaN where the law is not defined', `a throw of ${String(error)}`);
  }
  fine.add(form);
}

/** Where `example` gives no other, a loss is known to this share of it: it has four digits. */
const PRINTED = 5e-4;

function checkValues(form: Law, refuse: Refuse): void {
  const { example } = form;
  if (example) {
    const { coefficients, point, loss, within = PRINTED } = example;
    const value = form.value(coefficients, point);
    if (!(Math.abs(value / loss - 1) <= within)) refuse('value', `be ${loss} at its example`, value);
  }
  const tried = trials(form).flatMap((point) => coefficientTrials(form).map((c) => ({ c, point })));
  const finite = tried.filter(({ c, point }) => Number.isFinite(form.value(c, point)));
  if (finite.length === 0) {
    const value = form.value(tried[0]!.c, tried[0]!.point);
    refuse('value', 'be finite somewhere inside its bounds', value);
  }
  if (form.kernel === 'power-sum') {
    const gaps = finite.map(({ c, point }) => Math.abs(powerSum(form, c, point) / form.value(c, point) - 1));
    if (!gaps.every((gap) => gap <= SUM_GAP))
      refuse('kernel', 'be power-sum for a floor and falling powers alone', 'another value');
  }
  const reference = gradientByDifferences(form);
  const [own, differences] = [0, 0].map(() => new Float64Array(form.coefficients.length));
  // A kink at one of the points must not condemn a law: it is the best of all points that counts.
  const gaps = finite.map(({ c, point }) => {
    form.gradient(c, point, own!);
    reference(c, point, differences!);
    const size = differences!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return own!.map((value, j) => Math.abs(value - differences![j]!) / (size || 1));
  });
  form.coefficients.forEach((name, j) => {
    const median = gaps.map((gap) => gap[j]!).sort((one, two) => one - two)[gaps.length >> 1]!;
    if (!(median <= GRADIENT_GAP)) refuse('gradient', `be the derivative of value by ${name}`, `a gap of ${median}`);
  });
}

/** Relative rounding of a sum of a few terms, each a power. */
const SUM_GAP = 1e-9;

/** The floor, and a falling power for each amplitude of a variable. */
function powerSum({ coefficients, solver }: LawForm, c: Coefficients, point: Point): number {
  const terms = coefficients.map((name) => {
    const { power } = solver[name]!;
    if (power?.variable) return c[name]! * point[power.variable]! ** -c[power.exponent]!;
    return isFloor(solver[name]) ? c[name]! : 0;
  });
  return terms.reduce((sum, term) => sum + term, 0);
}

function trials({ variables }: LawForm): Point[] {
  return SIZES.flatMap((N) =>
    OTHERS.map((other) => {
      const known: Record<string, number> = { N, D: 20 * N, C: 120 * N * N, U: 5 * N };
      return Object.fromEntries(variables.map((name) => [name, known[name] ?? other]));
    }),
  );
}

/** Coefficients inside all bounds: at one, two and three quarters of what is scanned, or near 1. */
function coefficientTrials({ coefficients, bounds, solver }: LawForm): Coefficients[] {
  return [0.25, 0.5, 0.75].map((share) =>
    Object.fromEntries(
      coefficients.map((name) => {
        const [low, high] = bounds[name]!;
        const { scan } = solver[name]!;
        const [from, to] = Array.isArray(scan) ? scan : [0.5, 2];
        return [
          name,
          Math.min(Math.max(from > 0 ? from * (to / from) ** share : from + (to - from) * share, low), high),
        ];
      }),
    ),
  );
}
