/** What is saved of replicates, in a bootstrap and in a fit that keeps one; and of a covariance. */

import { RESAMPLES } from '../laws/kept-uncertainty.ts';
import { byName, choice, finite, integer, list } from '../schema/fields.ts';
import { openObject, optional, variants } from '../schema/objects.ts';

/** The fields, made by a call, so that a bundle which loads nothing has none of them. */
/* @__NO_SIDE_EFFECTS__ */
export function replicateFields() {
  const count = (help: string) => integer({ help }, 0);
  const draws = (help: string) => byName(list(finite()), { help });
  return {
    resample: choice(RESAMPLES, { help: 'What was drawn.' }),
    seed: integer({ help: 'Seed of the draws.' }),
    replicates: count('Re-fits.'),
    units: count('Rows, runs or sizes that were drawn from.'),
    degreesOfFreedom: finite({ help: 'Units less the coefficients that were free.' }),
    jumped: count('Replicates whose optimum lies in another basin.'),
    failed: count('Replicates that ended in no minimum.'),
    noise: optional(runNoise()),
    draws: draws('Each coefficient over the replicates.'),
    jackknife: draws('Each coefficient with one unit left out.'),
  };
}

/* @__NO_SIDE_EFFECTS__ */
const runNoise = () =>
  openObject(
    'noise',
    { space: choice(['log', 'linear']), standardDeviation: finite() },
    { help: 'How far one new run lies from the law.' },
  );

/** What a fit keeps. */
/* @__NO_SIDE_EFFECTS__ */
export function savedUncertainty() {
  return variants(
    'uncertainty',
    {
      bootstrap: replicateFields(),
      curvature: {
        degreesOfFreedom: finite({ help: 'Runs less the coefficients that were free.' }),
        noise: runNoise(),
        points: byName(list(finite()), {
          help: 'Each coefficient a standard error up and down each axis of the covariance.',
        }),
      },
    },
    { help: 'What intervals are made of.' },
  );
}
