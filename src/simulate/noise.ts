/**
 * Noise of simulated runs, in log loss: an offset of the run, plus errors that remember the checkpoint before.
 *
 *     ln loss = ln L + runEffect u + sd e_k,   e_k = rho e_(k-1) + sqrt(1 - rho^2) z_k,   e_1 = z_1
 *
 * with u standard normal, and z of mean 0 and variance 1: normal, or Student's t for outliers. `sd` is the deviation within a run
 * whatever rho is; between checkpoints that are j apart the errors are correlated by rho^j.
 */

import { notNegative } from '../arguments.ts';
import { ScalingLawsError, shown } from '../errors.ts';
import { type Random, seededRandom } from '../numeric/random.ts';

/** What errors of one run share, and how large they are. */
export interface RunNoise {
  /** Standard deviation of log loss within a run, >= 0. */
  readonly sd: number;
  /** Standard deviation, in log loss, of an offset that all checkpoints of a run share, >= 0; default 0. */
  readonly runEffect?: number;
  /** Correlation of neighbouring checkpoints within a run (AR(1)), in (-1, 1); default 0. */
  readonly autocorrelation?: number;
}

/** Noise in log loss. */
export type Noise =
  /** Normal. */
  | ({ readonly kind: 'log-normal' } & RunNoise)
  /** Student's t, scaled to `sd`: the fewer degrees of freedom, the more outliers. */
  | ({
      readonly kind: 'student-t';
      /** Degrees of freedom, > 2, so that there is a variance. */
      readonly df: number;
    } & RunNoise);

/**
 * Checks noise from outside; a bare number is the deviation of log-normal noise.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 */
export function noiseOf(noise: number | Noise): Noise {
  if (typeof noise === 'number') {
    return { kind: 'log-normal', sd: notNegative('noise', 'log loss', noise) };
  }
  notNegative('noise.sd', 'log loss', noise.sd);
  notNegative('noise.runEffect', 'log loss', noise.runEffect ?? 0);
  const { autocorrelation = 0 } = noise;
  if (!(Math.abs(autocorrelation) < 1)) refuse('autocorrelation', 'above -1 and below 1', autocorrelation);
  if (noise.kind === 'student-t' && !(noise.df > 2 && noise.df < Number.POSITIVE_INFINITY)) {
    refuse('df', 'a finite number above 2', noise.df);
  }
  deviate(noise);
  return noise;
}

/**
 * A source of errors: call it once for each run, in order, and what it returns once for each checkpoint, in order.
 *
 * @param noise - As {@link noiseOf} returns it.
 * @param seed - Any integer. Offsets of runs have a stream of their own, so that the other errors do not change with them.
 * @returns Errors of log loss.
 */
export function noiseOfRuns(noise: Noise, seed: number): () => () => number {
  const { sd, runEffect = 0, autocorrelation: rho = 0 } = noise;
  const draw = deviate(noise);
  const random = seededRandom(seed);
  const offsets = seededRandom(~seed);
  const fresh = Math.sqrt(1 - rho * rho);
  return () => {
    const offset = runEffect > 0 ? runEffect * offsets.normal() : 0;
    let error: number | undefined;
    return () => {
      const z = draw(random);
      error = error === undefined ? z : rho * error + fresh * z;
      return offset + sd * error;
    };
  };
}

/** How a deviate of mean 0 and variance 1 is drawn. */
function deviate(noise: Noise): (random: Random) => number {
  switch (noise.kind) {
    case 'log-normal':
      return (random) => random.normal();
    case 'student-t': {
      const { df } = noise;
      // Box-Muller's transform with the radius of Student's t: Bailey 1994, Mathematics of Computation 62, 779-781.
      return ({ uniform }) =>
        Math.sqrt((df - 2) * ((1 - uniform()) ** (-2 / df) - 1)) * Math.cos(2 * Math.PI * uniform());
    }
    default:
      return refuse('kind', 'log-normal or student-t', (noise as { kind?: unknown }).kind);
  }
}

function refuse(name: string, rule: string, value: unknown): never {
  throw new ScalingLawsError('E_ARGUMENT', `noise.${name} must be ${rule}, got ${shown(value)}`, { value });
}
