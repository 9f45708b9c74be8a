/**
 * Noise of simulated runs, in log loss: an offset of the run, plus errors that remember the checkpoint before.
 *
 *     ln loss = ln L + runEffect u + sd e_k,   e_k = rho e_(k-1) + sqrt(1 - rho^2) z_k,   e_1 = z_1
 *
 * with u standard normal, and z of mean 0 and variance 1: normal, or Student's t for outliers. `sd` is the deviation within a run
 * whatever rho is; between checkpoints that are j apart the errors are correlated by rho^j.
 */

import { type Random, seededRandom } from '../numeric/random.ts';
import { either, finite, notNegative } from '../schema/fields.ts';
import { type Checked, type Given, optional, variants, where } from '../schema/objects.ts';

const ofRun = {
  sd: notNegative('log loss', { help: 'Standard deviation of log loss within a run.' }),
  runEffect: optional(
    notNegative('log loss', { help: 'Standard deviation of an offset that all checkpoints of a run share.' }),
    0,
  ),
  autocorrelation: optional(
    where(finite({ help: 'Correlation of neighbouring checkpoints within a run (AR(1)).' }), [
      'be above -1 and below 1',
      (value) => Math.abs(value) < 1,
    ]),
    0,
  ),
};

const forms = variants('noise', {
  /** Normal. */
  'log-normal': ofRun,
  /** Student's t, scaled to `sd`: the fewer degrees of freedom, the more outliers. */
  'student-t': {
    df: where(finite({ help: 'Degrees of freedom, above 2, so that there is a variance.' }), [
      'be a finite number above 2',
      (value) => value > 2,
    ]),
    ...ofRun,
  },
});

/** Noise as a caller gives it; a bare number is the deviation of log-normal noise. */
export const noise = either(
  'be a finite number of log loss, 0 or more, or noise with its kind',
  [notNegative('log loss'), forms] as const,
  { help: 'Standard deviation of log loss, or a model of the noise.', unit: 'log loss' },
);

/** Noise in log loss. */
export type Noise = Given<typeof forms>;
type CheckedNoise = Checked<typeof forms>;

/** Checked noise with its kind. */
export const noiseOf = (given: Checked<typeof noise>): CheckedNoise =>
  typeof given === 'number' ? { kind: 'log-normal', sd: given, runEffect: 0, autocorrelation: 0 } : given;

/**
 * A source of errors: call it once for each run, in order, and what it returns once for each checkpoint, in order.
 *
 * @param of - As {@link noiseOf} returns it.
 * @param seed - Any integer. Offsets of runs have a stream of their own, so that the other errors do not change with them.
 * @returns Errors of log loss.
 */
export function noiseOfRuns(of: CheckedNoise, seed: number): () => () => number {
  const { sd, runEffect, autocorrelation: rho } = of;
  const draw = deviate(of);
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
function deviate(of: CheckedNoise): (random: Random) => number {
  switch (of.kind) {
    case 'log-normal':
      return (random) => random.normal();
    case 'student-t': {
      const { df } = of;
      // Box-Muller's transform with the radius of Student's t: Bailey 1994, Mathematics of Computation 62, 779-781.
      return ({ uniform }) =>
        Math.sqrt((df - 2) * ((1 - uniform()) ** (-2 / df) - 1)) * Math.cos(2 * Math.PI * uniform());
    }
    default:
      return of satisfies never;
  }
}
