/** Layouts of experiments: which sizes are trained on how many tokens. Plain data. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { list, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, orKind, variants } from '../schema/objects.ts';

const N = list(positive('parameters'), { least: 1, help: 'Model sizes.' });

const forms = variants(
  'layout',
  {
    /** Every size on every number of tokens. */
    grid: { N, D: list(positive('tokens'), { least: 1, help: 'Training tokens.' }) },
    /** Every size at every budget: D = C / 6N (Hoffmann et al. 2022, approach 2). */
    isoflop: { C: list(positive('FLOPs'), { least: 1, help: 'Training budgets.' }), N },
    /** Every size at one ratio: D = tokensPerParam N. On such a ray A and B cannot be told apart. */
    ray: { N, tokensPerParam: positive('tokens per parameter', { help: 'The ratio of all runs.' }) },
    /** 47 runs laid out like those of Sardana et al. 2024: 150M to 6B, 10 to 10,000 tokens per parameter. */
    sardana: {},
    /** Exactly these. */
    points: {
      points: list(object('point', { N: positive('parameters'), D: positive('tokens') }), {
        least: 1,
        help: 'Size and tokens of each run.',
      }),
    },
  },
  { help: 'Which sizes are trained on how many tokens.' },
);

/** A layout as a caller gives it: in full, or `'sardana'`. */
export const layout = orKind(forms);

/** Which (N, D) to train. N in parameters, D in tokens, C in FLOPs. */
export type Layout = Given<typeof forms>;

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

/** The (N, D) of every run of a layout that was checked. */
export function runsOfLayout(of: Checked<typeof forms>): readonly { readonly N: number; readonly D: number }[] {
  switch (of.kind) {
    case 'grid':
      return of.N.flatMap((N) => of.D.map((D) => ({ N, D })));
    case 'isoflop':
      return of.C.flatMap((C) => of.N.map((N) => ({ N, D: C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N) })));
    case 'ray':
      return of.N.map((N) => ({ N, D: of.tokensPerParam * N }));
    case 'sardana':
      return SARDANA_LAYOUT.flatMap(([N, ratios]) => ratios.map((ratio) => ({ N, D: ratio * N })));
    case 'points':
      return of.points;
    default:
      return of satisfies never;
  }
}
