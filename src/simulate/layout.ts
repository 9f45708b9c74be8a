/** Designs of experiments: which sizes are trained on how many tokens. Plain data. */

import { positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';

/** Which (N, D) to train. N in parameters, D in tokens, C in FLOPs. */
export type Design =
  /** Every size on every number of tokens. */
  | { readonly kind: 'grid'; readonly N: readonly number[]; readonly D: readonly number[] }
  /** Every size at every budget: D = C / 6N (Hoffmann et al. 2022, approach 2). */
  | { readonly kind: 'isoflop'; readonly C: readonly number[]; readonly N: readonly number[] }
  /** Every size at one ratio: D = tokensPerParam N. On such a ray A and B cannot be told apart. */
  | { readonly kind: 'ray'; readonly N: readonly number[]; readonly tokensPerParam: number }
  /** 47 runs laid out like those of Sardana et al. 2024: 150M to 6B, 10 to 10,000 tokens per parameter. */
  | { readonly kind: 'sardana' }
  /** Exactly these. */
  | { readonly kind: 'points'; readonly points: readonly { readonly N: number; readonly D: number }[] };

/** Ratios of tokens to parameters by size: the layout of Sardana et al. 2024, arXiv:2401.00448, section 4. */
const SARDANA_RATIOS = [10, 15, 20, 30, 50, 75, 100, 250, 500, 1000, 5000, 10_000];
const SARDANA_LAYOUT: readonly (readonly [N: number, ratios: readonly number[]])[] = [
  [150e6, SARDANA_RATIOS],
  [370e6, SARDANA_RATIOS.slice(0, 10)],
  [750e6, SARDANA_RATIOS.slice(0, 9)],
  [1.3e9, SARDANA_RATIOS.slice(0, 8)],
  [2.5e9, [10, 15, 20, 50, 100, 250, 500]],
  [6e9, [20]],
];

/**
 * The (N, D) of every run of `design`.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for an unknown kind, an empty list, or a number that is not positive and finite.
 */
export function runsOfDesign(design: Design): readonly { readonly N: number; readonly D: number }[] {
  switch (design.kind) {
    case 'grid':
      return cross(list('N', 'parameters', design.N), list('D', 'tokens', design.D), (N, D) => ({ N, D }));
    case 'isoflop':
      return cross(list('C', 'FLOPs', design.C), list('N', 'parameters', design.N), (C, N) => ({
        N,
        D: C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N),
      }));
    case 'ray': {
      const ratio = positive('design.tokensPerParam', 'tokens per parameter', design.tokensPerParam);
      return list('N', 'parameters', design.N).map((N) => ({ N, D: ratio * N }));
    }
    case 'sardana':
      return SARDANA_LAYOUT.flatMap(([N, ratios]) => ratios.map((ratio) => ({ N, D: ratio * N })));
    case 'points':
      if (design.points.length === 0) {
        throw new ScalingLawsError('E_ARGUMENT', 'design.points must hold a point, got none', {});
      }
      return design.points.map(({ N, D }, i) => ({
        N: positive(`design.points[${i}].N`, 'parameters', N),
        D: positive(`design.points[${i}].D`, 'tokens', D),
      }));
    default:
      return unknownDesign(design);
  }
}

function cross<T>(one: readonly number[], two: readonly number[], pair: (a: number, b: number) => T): T[] {
  return one.flatMap((a) => two.map((b) => pair(a, b)));
}

function list(name: string, unit: string, values: readonly number[]): readonly number[] {
  if (values.length === 0)
    throw new ScalingLawsError('E_ARGUMENT', `design.${name} must hold a number of ${unit}, got none`, {});
  values.forEach((value, i) => {
    positive(`design.${name}[${i}]`, unit, value);
  });
  return values;
}

function unknownDesign(design: never): never {
  const kind = String((design as { kind?: unknown }).kind);
  throw new ScalingLawsError('E_ARGUMENT', `design.kind must be grid, isoflop, ray, sardana or points, got ${kind}`, {
    kind,
  });
}
