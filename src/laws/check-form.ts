/** Checks of a law that a user brings: well-formed, finite somewhere, and its gradient the derivative of its value. */

import { ScalingLawsError, shown } from '../errors.ts';
import { completeLaw } from './complete.ts';
import type { Coefficients, LawForm, Point } from './law.ts';

/** Points at which a law is tried: models small and large, other variables of order 1 and far above. */
const SIZES = [1e6, 1e8, 1e10];
const OTHERS = [1, 4, 100, 1e6, 1e9];
/** A gradient may differ from central differences by this share of its largest entry. */
const GRADIENT_GAP = 1e-4;

/**
 * Checks `form`.
 *
 * @param taken - Whether another law has its kind.
 * @throws {ScalingLawsError} `E_LAW_FORM`, naming the law and what must be.
 */
export function checkForm(form: LawForm, taken: boolean): void {
  const refuse = (name: string, rule: string, value: unknown): never => {
    throw new ScalingLawsError('E_LAW_FORM', `law ${String(form.kind)}: ${name} must ${rule}, got ${shown(value)}`, {
      law: form.kind,
      name,
      value,
    });
  };
  if (typeof form.kind !== 'string' || form.kind === '') refuse('kind', 'be a name', form.kind);
  if (taken) refuse('kind', 'be a name that no other law has', form.kind);
  for (const key of ['coefficients', 'variables'] as const) {
    const names: unknown = form[key];
    const fine = Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string' && name);
    if (!fine || new Set(names).size < names.length) refuse(key, 'be a list of different names', names);
  }
  if (typeof form.value !== 'function') refuse('value', 'be a function', form.value);
  for (const name of form.coefficients) {
    const range = form.bounds?.[name];
    if (!Array.isArray(range) || !(range[0] < range[1])) refuse(`bounds.${name}`, 'be [low, high], low < high', range);
    if (typeof form.units?.[name] !== 'string') refuse(`units.${name}`, 'be a text', form.units?.[name]);
    const rule = form.solver?.[name];
    if (!rule || !['log', 'linear'].includes(rule.scale) || !['amplitude', 'exponent'].includes(rule.role)) {
      refuse(`solver.${name}`, "have a scale, 'log' or 'linear', and a role, 'amplitude' or 'exponent'", rule);
    }
    if (rule!.scale === 'log' && range![0] < 0) refuse(`bounds.${name}`, 'start at 0 or more, on a log scale', range);
    if (rule!.role === 'exponent' && !rule!.scan && !rule!.power) refuse(`solver.${name}`, 'have a scan', rule!.scan);
  }
  try {
    checkValues(form, refuse);
  } catch (error) {
    if (error instanceof ScalingLawsError) throw error;
    refuse('value', 'be a number at every point, NaN where the law is not defined', `a throw of ${String(error)}`);
  }
}

function checkValues(form: LawForm, refuse: (name: string, rule: string, value: unknown) => never): void {
  const tried = trials(form).flatMap((point) => coefficientTrials(form).map((c) => ({ c, point })));
  const finite = tried.filter(({ c, point }) => Number.isFinite(form.value(c, point)));
  if (finite.length === 0) {
    const value = form.value(tried[0]!.c, tried[0]!.point);
    refuse('value', 'be finite somewhere inside its bounds', value);
  }
  if (!form.gradient) return;
  const { gradient: _, kernel: __, ...plain } = form;
  const reference = completeLaw(plain);
  const [own, differences] = [0, 0].map(() => new Float64Array(form.coefficients.length));
  // A kink at one of the points must not condemn a law: it is the best of all points that counts.
  const gaps = finite.map(({ c, point }) => {
    form.gradient!(c, point, own!);
    reference.gradient(c, point, differences!);
    const size = differences!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return own!.map((value, j) => Math.abs(value - differences![j]!) / (size || 1));
  });
  form.coefficients.forEach((name, j) => {
    const median = gaps.map((gap) => gap[j]!).sort((one, two) => one - two)[gaps.length >> 1]!;
    if (!(median <= GRADIENT_GAP)) refuse('gradient', `be the derivative of value by ${name}`, `a gap of ${median}`);
  });
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
