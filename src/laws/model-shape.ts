/**
 * The law of the shape of a model: wide, shallow models are faster to serve and somewhat worse.
 *
 *     L(N, D, r) = (E + A / N^alpha + B / D^alpha) (1 + gamma r^alpha)     r = d_model / n_layers
 *     L(N, D, r) = (E + A / N^alpha + B / D^alpha) (1 + gamma r^eta)       the ratio with an exponent of its own
 *
 * Bian et al. 2025, "Scaling Inference-Efficient Language Models", arXiv:2501.18107. Their coefficients are not published. Sizes at one ratio
 * of tokens to parameters do not identify the law: on their 24 runs at 20 tokens per parameter A and B turn negative where they may.
 */

import { completeLaw } from './complete.ts';
import { amplitudeOf, type Coefficients, EXPONENT, FALLING, FLOOR, type Law, NOT_NEGATIVE, type Point } from './law.ts';

/** Names of the coefficients of the law of shape with one exponent for all. */
export type ModelShapeCoefficient = 'E' | 'A' | 'B' | 'alpha' | 'gamma';
/** Names of the coefficients of the law of shape in which the ratio has its own exponent. */
export type ModelShapeOwnCoefficient = ModelShapeCoefficient | 'eta';

function modelShapeLaw<Name extends ModelShapeOwnCoefficient>(
  kind: string,
  exponent: Name,
): Law<ModelShapeCoefficient | Name> {
  type All = ModelShapeCoefficient | Name;
  const own = exponent !== 'alpha';
  const names = ['E', 'A', 'B', 'alpha', 'gamma', ...(own ? [exponent] : [])] as All[];
  const ratio = ({ d_model, n_layers }: Point): number => d_model! / n_layers!;
  const among = <T>(of: Record<ModelShapeOwnCoefficient, T>): Record<All, T> =>
    Object.fromEntries(names.map((name) => [name, of[name]])) as Record<All, T>;
  const penalty = (c: Coefficients<All>, point: Point): number => c.gamma * ratio(point) ** c[exponent as All];

  return completeLaw<All>({
    kind,
    coefficients: names,
    variables: ['N', 'D', 'd_model', 'n_layers'],
    bounds: among<readonly [number, number]>({
      E: NOT_NEGATIVE,
      A: NOT_NEGATIVE,
      B: NOT_NEGATIVE,
      alpha: FALLING,
      gamma: NOT_NEGATIVE,
      eta: FALLING,
    }),
    solver: among<Law<All>['solver'][All]>({
      E: FLOOR,
      A: amplitudeOf('N', 'alpha' as All),
      B: amplitudeOf('D', 'alpha' as All),
      alpha: EXPONENT,
      // gamma r^exponent at the centre of the data: a cost of shape from a thousandth of the loss to all of it.
      gamma: {
        scale: 'log',
        role: 'exponent',
        scan: [1e-3, 1],
        power: { of: (point) => 1 / ratio(point), exponent: exponent as All },
      },
      eta: EXPONENT,
    }),
    units: among({
      E: 'nats per token',
      A: 'nats per token x parameters^alpha',
      B: 'nats per token x tokens^alpha',
      alpha: '1',
      gamma: '1',
      eta: '1',
    }),
    equation: `L(N, D, d_model, n_layers) = (E + A / N^alpha + B / D^alpha) (1 + gamma (d_model / n_layers)^${exponent})`,
    source: 'Bian et al. 2025, arXiv:2501.18107',

    value(c, point) {
      return (c.E + c.A * point.N! ** -c.alpha + c.B * point.D! ** -c.alpha) * (1 + penalty(c, point));
    },

    gradient(c, point, out) {
      const perA = point.N! ** -c.alpha;
      const perB = point.D! ** -c.alpha;
      const base = c.E + c.A * perA + c.B * perB;
      const extra = penalty(c, point);
      const byRatio = base * extra * Math.log(ratio(point));
      out[0] = 1 + extra;
      out[1] = perA * (1 + extra);
      out[2] = perB * (1 + extra);
      out[3] = -(c.A * perA * Math.log(point.N!) + c.B * perB * Math.log(point.D!)) * (1 + extra);
      out[4] = base * ratio(point) ** c[exponent as All];
      if (own) out[5] = byRatio;
      else out[3] = out[3]! + byRatio;
    },
  });
}

/** The law of shape with one exponent; d_model and n_layers are columns of the runs (Bian et al. 2025). */
export const modelShape: Law<ModelShapeCoefficient> = modelShapeLaw<'alpha'>('model-shape', 'alpha');
/** The law of shape in which the ratio has its own exponent eta. */
export const modelShapeOwn: Law<ModelShapeOwnCoefficient> = modelShapeLaw<'eta'>('model-shape-eta', 'eta');
