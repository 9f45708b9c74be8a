/** Models of the tests, by their papers. */

import type { Shape } from '../../src/inference/shape.ts';

/** BLOOM (Workshop 2022): 176B parameters. */
export const BLOOM: Shape = {
  layers: 70,
  dModel: 14336,
  heads: 112,
  kvHeads: 112,
  headSize: 128,
  dFf: 57344,
  vocabulary: 250880,
};
