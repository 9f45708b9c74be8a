/** Derivatives of a law that brings none: central differences, good to about 1e-9. */

import type { Coefficients, Law, LawForm, Point } from './law.ts';

/** Step of a central difference in units of the coefficient: the cube root of rounding, where its two errors are alike. */
const STEP = 6e-6;

/** Gradient of `form.value`, each step 6e-6 of its coefficient (6e-6 at 0), inside the bounds. */
export function gradientByDifferences<Name extends string>(
  form: Pick<LawForm<Name>, 'coefficients' | 'bounds' | 'value'>,
): Law<Name>['gradient'] {
  return (coefficients: Coefficients<Name>, point: Point, out: Float64Array) => {
    const moved: Record<Name, number> = { ...coefficients };
    form.coefficients.forEach((name, j) => {
      const at = coefficients[name];
      const [low, high] = form.bounds[name];
      const step = STEP * (Math.abs(at) || 1);
      const [above, below] = [Math.min(at + step, high), Math.max(at - step, low)];
      moved[name] = above;
      const risen = form.value(moved, point);
      moved[name] = below;
      out[j] = (risen - form.value(moved, point)) / (above - below);
      moved[name] = at;
    });
  };
}
