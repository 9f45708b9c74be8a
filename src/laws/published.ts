/**
 * Laws as their authors published them, each with its source. Coefficients are a set: never mix those of two fits, never round
 * them (beta .2849 -> .28 alone changes B / D^beta by 13 % at 1e11 tokens).
 *
 * All are Chinchilla laws in nats per token of their own data and tokenizer: losses of different sets do not compare.
 */

import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from './chinchilla.ts';
import type { FittedLaw, FittedRange } from './fitted-law.ts';

/** A law from the literature. */
export interface PublishedLaw extends FittedLaw<ChinchillaCoefficient> {
  /** Name on the command line. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly description: string;
  /** Paper and where in it. */
  readonly source: string;
  /** Standard errors, where the authors give them. */
  readonly standardErrors?: Readonly<Record<ChinchillaCoefficient, number>>;
}

/** Hoffmann et al.'s runs, as read off their figure 4 by Besiroglu et al. 2024: both fitted their laws to these. */
const HOFFMANN_RUNS: FittedRange = {
  N: [5.73e7, 1.62e10],
  D: [2.45e8, 3.18e11],
  C: [1.4e18, 1.3e22],
  tokensPerParam: [0.036, 341],
};

const law = 'chinchilla';

/** Published laws by name in code; each one's `name` is its name on the command line. */
export const publishedLaws: {
  readonly [Name in
    | 'hoffmann2022'
    | 'hoffmann2022Unrounded'
    | 'sardana2024'
    | 'besiroglu2024'
    | 'besiroglu2024Huber'
    | 'muennighoff2023'
    | 'gadre2024C4'
    | 'gadre2024RedPajama'
    | 'gadre2024RefinedWeb']: PublishedLaw;
} = deepFreeze({
  hoffmann2022: {
    name: 'hoffmann-2022',
    law,
    description: 'Chinchilla, approach 3, as printed',
    coefficients: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 },
    fittedRange: HOFFMANN_RUNS,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, eq. 10',
  },
  hoffmann2022Unrounded: {
    name: 'hoffmann-2022-unrounded',
    law,
    description: "Chinchilla, approach 3, from the paper's TeX source",
    coefficients: {
      E: Math.exp(0.5267228),
      A: Math.exp(6.0073404),
      B: Math.exp(6.0179186),
      alpha: 0.33917084,
      beta: 0.2849083,
    },
    fittedRange: HOFFMANN_RUNS,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, TeX source',
  },
  sardana2024: {
    name: 'sardana-2024',
    law,
    description: 'Constants of Beyond Chinchilla-Optimal',
    coefficients: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 },
    fittedRange: HOFFMANN_RUNS,
    source: "Sardana et al. 2024, arXiv:2401.00448, appendix A, footnote 2, after De Vries; the authors' code",
  },
  besiroglu2024: {
    name: 'besiroglu-2024',
    law,
    description: "Replication of Chinchilla's fit, as reported",
    coefficients: { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.34781, beta: 0.36585 },
    standardErrors: { E: 0.0257, A: 124.52, B: 1293.28, alpha: 0.0154, beta: 0.0206 },
    fittedRange: HOFFMANN_RUNS,
    source: 'Besiroglu et al. 2024, arXiv:2404.10102, table 1',
  },
  besiroglu2024Huber: {
    name: 'besiroglu-2024-huber',
    law,
    description: "The replication's best of 4,500 starts under Huber 1e-3",
    coefficients: {
      E: 1.817235504463726,
      A: 477.84171252965143,
      B: 2143.8637880335505,
      alpha: 0.34731265761033453,
      beta: 0.3671826173946711,
    },
    fittedRange: HOFFMANN_RUNS,
    source: 'Besiroglu et al. 2024, arXiv:2404.10102, data_analysis.ipynb, cell 18',
  },
  muennighoff2023: {
    name: 'muennighoff-2023',
    law,
    description: 'Base law of the data-constrained law, alpha = beta',
    coefficients: {
      E: Math.exp(0.6254804),
      A: Math.exp(6.255414),
      B: Math.exp(7.3049974),
      alpha: 0.3526596,
      beta: 0.3526596,
    },
    source: 'Muennighoff et al. 2023, arXiv:2305.16264, huggingface/datablations',
  },
  gadre2024C4: {
    name: 'gadre-2024-c4',
    law,
    description: 'Over-training, C4, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.508, A: 113.7, B: 152.5, alpha: 0.2425, beta: 0.2425 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  },
  gadre2024RedPajama: {
    name: 'gadre-2024-redpajama',
    law,
    description: 'Over-training, RedPajama, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.837, A: 166.2, B: 287.2, alpha: 0.2729, beta: 0.2729 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  },
  gadre2024RefinedWeb: {
    name: 'gadre-2024-refinedweb',
    law,
    description: 'Over-training, RefinedWeb, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.7345, A: 125.1, B: 196.0, alpha: 0.2544, beta: 0.2544 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  },
});
