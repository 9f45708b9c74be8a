/** The laws of width and depth. */

import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { modelShape, modelShapeOwn } from '../../src/laws/model-shape.ts';
import { contractOf } from './contract.ts';

contractOf('model-shape', {
  coefficients: { E: [0.5, 2.5], A: [50, 2000], B: [50, 5000], alpha: [0.2, 0.6], gamma: [1e-3, 1e-2] },
  others: { d_model: [1024, 2048, 3072, 4096], n_layers: [12, 24, 32, 48, 16] },
  falls: ['N', 'D'],
});

contractOf('model-shape-eta', {
  coefficients: {
    E: [0.5, 2.5],
    A: [50, 2000],
    B: [50, 5000],
    alpha: [0.2, 0.6],
    gamma: [1e-4, 1e-3],
    eta: [0.4, 1.2],
  },
  others: { d_model: [1024, 2048, 3072, 4096], n_layers: [12, 24, 32, 48, 16] },
  examples: 1,
  falls: ['N', 'D'],
});

const plain = { E: 1.7, A: 400, B: 900, alpha: 0.34, beta: 0.34 };
const point = { N: 3e8, D: 2e10 };

it('with gamma = 0 is the Chinchilla law', () => {
  const shape = { d_model: 2048, n_layers: 24 };
  expect(modelShape.value({ ...plain, gamma: 0 }, { ...point, ...shape })).toBeCloseTo(
    chinchilla.value(plain, point),
    14,
  );
});

it('with eta = alpha is the one with a single exponent', () => {
  const given = { ...point, d_model: 3072, n_layers: 12 };
  expect(modelShapeOwn.value({ ...plain, gamma: 0.01, eta: 0.34 }, given)).toBeCloseTo(
    modelShape.value({ ...plain, gamma: 0.01 }, given),
    14,
  );
});
