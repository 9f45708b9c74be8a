/** From a law as its author writes it to one that can be fitted: a gradient by differences, a kernel from both. */

import { genericKernel } from './generic-kernel.ts';
import type { Coefficients, Law, LawForm, Point } from './law.ts';

/** Step of a central difference in units of the coefficient: the cube root of rounding, where its two errors are alike. */
const STEP = 6e-6;

/**
 * The law that `form` describes: where it has no gradient, central differences, each step 6e-6 of its coefficient (6e-6 at 0), good to
 * about 1e-9; where it has no kernel, the generic one.
 */
export function completeLaw<Name extends string>(form: LawForm<Name>): Law<Name> {
  const gradient = form.gradient?.bind(form) ?? differences(form);
  const full = { ...form, gradient };
  const generic = (
    columns: Parameters<Law['kernel']>[0],
    options: Parameters<Law['kernel']>[1],
  ): ReturnType<Law['kernel']> => genericKernel(full as unknown as Law, columns, options);
  return Object.freeze({ ...full, kernel: form.kernel?.bind(form) ?? generic });
}

function differences<Name extends string>(form: LawForm<Name>): Law<Name>['gradient'] {
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
