/**
 * The law of the shape of a model: wide, shallow models are faster to serve and somewhat worse.
 *
 *     L(N, D, r) = (E + A / N^alpha + B / D^alpha) (1 + gamma r^alpha)     r = d_model / n_layers
 *     L(N, D, r) = (E + A / N^alpha + B / D^alpha) (1 + gamma r^eta)       the ratio with an exponent of its own
 *
 * Bian et al. 2025, "Scaling Inference-Efficient Language Models", arXiv:2501.18107. Their coefficients are not published. Sizes at one ratio
 * of tokens to parameters do not identify the law: on their 24 runs at 20 tokens per parameter A and B turn negative where they may.
 */

import { defineLaw } from './built-in.ts';
import { amplitude, exponent, floor } from './coefficient.ts';
import type { At, Coefficients, Law } from './law.ts';

/** Names of the coefficients of the law of shape with one exponent for all. */
export type ModelShapeCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'gamma';
/** Names of the coefficients of the law of shape in which the ratio has its own exponent. */
export type ModelShapeOwnCoefficient = ModelShapeCoefficient | 'eta';

type Shape = At<'d_model' | 'n_layers'>;
const ratio = ({ d_model, n_layers }: Shape): number => d_model / n_layers;
const perRatio = (shape: Shape): number => 1 / ratio(shape);

/** Derivatives by E, A, B, alpha and gamma, where the ratio r has the exponent `own`, and by `own`. */
function gradient(
  c: Coefficients<ModelShapeCoefficient>,
  own: number,
  point: At<'N' | 'D'> & Shape,
): readonly number[] {
  const perA = point.N ** -c.alpha;
  const perB = point.D ** -c.alpha;
  const base = c.E + c.A * perA + c.B * perB;
  const power = ratio(point) ** own;
  const extra = c.gamma * power;
  const byAlpha = -(c.A * perA * Math.log(point.N) + c.B * perB * Math.log(point.D)) * (1 + extra);
  const byOwn = base * extra * Math.log(ratio(point));
  return [1 + extra, perA * (1 + extra), perB * (1 + extra), byAlpha, base * power, byOwn];
}

/** The law of shape with one exponent; d_model and n_layers are columns of the runs (Bian et al. 2025). */
export const modelShape: Law<ModelShapeCoefficient> = defineLaw({
  kind: 'model-shape',
  variables: ['N', 'D', 'd_model', 'n_layers'],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'alpha'),
    alpha: exponent(),
    // gamma r^alpha at the centre of the data: a cost of shape from a thousandth of the loss to all of it.
    gamma: amplitude(perRatio, 'alpha', { linear: false, scan: [1e-3, 1], unit: '1' }),
  },
  equation: 'L(N, D, d_model, n_layers) = (E + A / N^alpha + B / D^alpha) (1 + gamma (d_model / n_layers)^alpha)',
  source: 'Bian et al. 2025, arXiv:2501.18107',
  value: ({ E, A, B, alpha, gamma }, point) =>
    (E + A * point.N ** -alpha + B * point.D ** -alpha) * (1 + gamma * ratio(point) ** alpha),

  gradient(c, point, out) {
    const [byE, byA, byB, byAlpha, byGamma, byOwn] = gradient(c, c.alpha, point) as [number, ...number[]];
    out.set([byE, byA!, byB!, byAlpha! + byOwn!, byGamma!]);
  },

  // Coefficients of the authors' script, run again on their 27 runs, at the width and depth of Open-LM-1B.
  example: {
    coefficients: { E: 2.4475, A: 54754, B: 778337, alpha: 0.61457, gamma: 1.1462e-3 },
    point: { N: 1e9, D: 2e10, d_model: 2048, n_layers: 24 },
    loss: 3.02451,
    within: 2e-6,
  },
});

/** The law of shape in which the ratio has its own exponent eta. */
export const modelShapeOwn: Law<ModelShapeOwnCoefficient> = defineLaw({
  kind: 'model-shape-eta',
  variables: ['N', 'D', 'd_model', 'n_layers'],
  coefficients: {
    E: floor(),
    A: amplitude('N', 'alpha'),
    B: amplitude('D', 'alpha'),
    alpha: exponent(),
    gamma: amplitude(perRatio, 'eta', { linear: false, scan: [1e-3, 1], unit: '1' }),
    eta: exponent(),
  },
  equation: 'L(N, D, d_model, n_layers) = (E + A / N^alpha + B / D^alpha) (1 + gamma (d_model / n_layers)^eta)',
  source: 'Bian et al. 2025, arXiv:2501.18107',
  value: ({ E, A, B, alpha, gamma, eta }, point) =>
    (E + A * point.N ** -alpha + B * point.D ** -alpha) * (1 + gamma * ratio(point) ** eta),
  gradient: (c, point, out) => out.set(gradient(c, c.eta, point)),
  example: {
    coefficients: { E: 2.4675, A: 50842, B: 704744, alpha: 0.6096, gamma: 2.358e-5, eta: 1.256 },
    point: { N: 1e9, D: 2e10, d_model: 2048, n_layers: 24 },
    loss: 3.02253,
    within: 2e-6,
  },
});
