/** Whom to cite for a fit: this package, the law, and the methods that made the numbers. */

import { VERSION } from '../constants.ts';
import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';

/** What of this library was used. */
export interface Used {
  readonly bootstrap: boolean;
  readonly plan: boolean;
}

/** A source, and what it is the source of. */
export interface Citation {
  readonly of: string;
  readonly source: string;
}

/** The sources of a fit, the package first. */
export function citationsOf(fit: Fit<string>, { bootstrap, plan }: Used): readonly Citation[] {
  const { penalty } = fit.objective;
  return [
    { of: 'Software', source: `scaling-laws ${fit.version} (npm)${madeBy(fit.version)}` },
    { of: 'Law', source: lawOf(fit).source },
    ...(penalty.kind === 'huber'
      ? [
          {
            of: 'Penalty',
            source:
              'Huber 1964, Robust Estimation of a Location Parameter; in scaling laws Hoffmann et al. 2022, arXiv:2203.15556',
          },
        ]
      : []),
    {
      of: 'Starts',
      source:
        'Golub & Pereyra 1973, The Differentiation of Pseudo-Inverses and Nonlinear Least Squares (variable projection)',
    },
    bootstrap
      ? {
          of: 'Intervals',
          source: 'Efron 1987, Better Bootstrap Confidence Intervals; Hesterberg 2015, arXiv:1411.5279',
        }
      : {
          of: 'Intervals',
          source: 'White 1982, Maximum Likelihood Estimation of Misspecified Models (sandwich covariance)',
        },
    ...(plan
      ? [{ of: 'Plan', source: 'Sardana et al. 2024, Beyond Chinchilla-Optimal, arXiv:2401.00448' }]
      : [{ of: 'Optimum', source: 'Hoffmann et al. 2022, arXiv:2203.15556' }]),
  ];
}

/** A page may be made by another version than the fit. */
const madeBy = (version: string): string => (version === VERSION ? '' : `; this page by version ${VERSION}`);
