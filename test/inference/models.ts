/** Models of the tests, by their papers. */

import type { FullShape } from '../../src/flops/shape.ts';

/** BLOOM (Workshop 2022): 176B parameters. */
export const BLOOM: FullShape = {
  layers: 70,
  dModel: 14336,
  heads: 112,
  kvHeads: 112,
  headSize: 128,
  dFf: 57344,
  vocabulary: 250880,
};
