/**
 * Laws as their authors published them, each with its source. Coefficients are a set: never mix those of two fits, never round
 * them (beta 0.2849 -> 0.28 alone changes B / D^beta by 13% at 1e11 tokens).
 *
 * Each is in nats per token of its own data and tokenizer: losses of different sets do not compare. Most are Chinchilla laws; the last
 * few have forms of their own.
 */

import { deepFreeze } from '../freeze.ts';
import { type ChinchillaCoefficient, chinchilla } from './chinchilla.ts';
import { type FittedLaw, type FittedRange, withLaw } from './fitted-law.ts';
import { KAPLAN_2020, type KaplanCoefficient, kaplan } from './kaplan.ts';
import type { Law } from './law.ts';
import { LUDZIEJEWSKI_2025, type MixtureOfExpertsCoefficient, mixtureOfExperts } from './mixture-of-experts.ts';
import { MUENNIGHOFF_2023, type MuennighoffCoefficient, muennighoff } from './muennighoff.ts';
import { type PowerLawCoefficient, powerLawC, powerLawD, powerLawN } from './power-law.ts';
import { KUMAR_2024, type PrecisionPartsCoefficient, precisionParts } from './precision.ts';

/** A law from the literature. */
export interface PublishedLaw<Name extends string = ChinchillaCoefficient> extends FittedLaw<Name> {
  /** Name of the law. */
  readonly law: string;
  /** Name on the command line. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly description: string;
  /** Paper and where in it. */
  readonly source: string;
  /** What N counts, where the authors say so: `body` leaves embeddings out. */
  readonly convention?: { readonly N: 'total' | 'body' };
  /** Standard errors, where the authors give them. */
  readonly standardErrors?: Readonly<Record<Name, number>>;
}

/** Hoffmann et al.'s runs, as read off their figure 4 by Besiroglu et al. 2024: both fitted their laws to these. */
const HOFFMANN_RUNS: FittedRange = {
  N: [5.73e7, 1.62e10],
  D: [2.45e8, 3.18e11],
  C: [1.4e18, 1.3e22],
  tokensPerParam: [0.036, 341],
};

/** A published law of the form `law`. */
/* @__NO_SIDE_EFFECTS__ */
function published<Name extends string>(law: Law<Name>, rest: Omit<PublishedLaw<Name>, 'law'>): PublishedLaw<Name> {
  const { name, ...more } = rest;
  return deepFreeze(withLaw({ name, law: law.kind, lossUnit: 'nats' as const, ...more }, law));
}

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
} & {
  readonly kaplan2020: PublishedLaw<KaplanCoefficient>;
  readonly kaplan2020Size: PublishedLaw<PowerLawCoefficient>;
  readonly kaplan2020Data: PublishedLaw<PowerLawCoefficient>;
  readonly muennighoff2023Repeated: PublishedLaw<MuennighoffCoefficient>;
  readonly cerebras2023: PublishedLaw<PowerLawCoefficient>;
  readonly kumar2024: PublishedLaw<PrecisionPartsCoefficient>;
  readonly ludziejewski2025: PublishedLaw<MixtureOfExpertsCoefficient>;
} = /* @__PURE__ */ Object.freeze({
  hoffmann2022: published(chinchilla, {
    name: 'hoffmann-2022',
    description: 'Chinchilla, approach 3, as printed',
    coefficients: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 },
    convention: { N: 'total' },
    fittedRange: HOFFMANN_RUNS,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, eq. 10',
  }),
  hoffmann2022Unrounded: published(chinchilla, {
    name: 'hoffmann-2022-unrounded',
    description: "Chinchilla, approach 3, from the paper's TeX source",
    coefficients: {
      E: Math.exp(0.5267228),
      A: Math.exp(6.0073404),
      B: Math.exp(6.0179186),
      alpha: 0.33917084,
      beta: 0.2849083,
    },
    convention: { N: 'total' },
    fittedRange: HOFFMANN_RUNS,
    source: 'Hoffmann et al. 2022, arXiv:2203.15556, TeX source',
  }),
  sardana2024: published(chinchilla, {
    name: 'sardana-2024',
    description: 'Constants of Beyond Chinchilla-Optimal',
    coefficients: { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 },
    fittedRange: HOFFMANN_RUNS,
    source: "Sardana et al. 2024, arXiv:2401.00448, appendix A, footnote 2, after De Vries; the authors' code",
  }),
  besiroglu2024: published(chinchilla, {
    name: 'besiroglu-2024',
    description: "Replication of Chinchilla's fit, as reported",
    coefficients: { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.34781, beta: 0.36585 },
    standardErrors: { E: 0.0257, A: 124.52, B: 1293.28, alpha: 0.0154, beta: 0.0206 },
    fittedRange: HOFFMANN_RUNS,
    source: 'Besiroglu et al. 2024, arXiv:2404.10102, table 1',
  }),
  besiroglu2024Huber: published(chinchilla, {
    name: 'besiroglu-2024-huber',
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
  }),
  muennighoff2023: published(chinchilla, {
    name: 'muennighoff-2023',
    description: 'Base law of the data-constrained law, alpha = beta',
    coefficients: {
      E: MUENNIGHOFF_2023.E,
      A: MUENNIGHOFF_2023.A,
      B: MUENNIGHOFF_2023.B,
      alpha: MUENNIGHOFF_2023.alpha,
      beta: MUENNIGHOFF_2023.beta,
    },
    source: 'Muennighoff et al. 2023, arXiv:2305.16264, huggingface/datablations',
  }),
  gadre2024C4: published(chinchilla, {
    name: 'gadre-2024-c4',
    description: 'Over-training, C4, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.508, A: 113.7, B: 152.5, alpha: 0.2425, beta: 0.2425 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  }),
  gadre2024RedPajama: published(chinchilla, {
    name: 'gadre-2024-redpajama',
    description: 'Over-training, RedPajama, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.837, A: 166.2, B: 287.2, alpha: 0.2729, beta: 0.2729 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  }),
  gadre2024RefinedWeb: published(chinchilla, {
    name: 'gadre-2024-refinedweb',
    description: 'Over-training, RefinedWeb, alpha = beta (recomputed from its five small runs)',
    coefficients: { E: 1.7345, A: 125.1, B: 196.0, alpha: 0.2544, beta: 0.2544 },
    source: 'Gadre et al. 2024, arXiv:2403.08540, mlfoundations/scaling',
  }),
  kaplan2020: published(kaplan, {
    name: 'kaplan-2020',
    description: 'Size and data together; N without embeddings, nats per token of their tokenizer',
    coefficients: { ...KAPLAN_2020 },
    convention: { N: 'body' },
    source: 'Kaplan et al. 2020, arXiv:2001.08361, eq. 1.5, table 2',
  }),
  kaplan2020Size: published(powerLawN, {
    name: 'kaplan-2020-size',
    description: 'Size alone, on data that do not run out: (8.8e13 / N)^0.076; N without embeddings',
    coefficients: { E: 0, A: 8.8e13 ** 0.076, alpha: 0.076 },
    convention: { N: 'body' },
    source: 'Kaplan et al. 2020, arXiv:2001.08361, eq. 1.1',
  }),
  kaplan2020Data: published(powerLawD, {
    name: 'kaplan-2020-data',
    description: 'Data alone, with a large model: (5.4e13 / D)^0.095',
    coefficients: { E: 0, A: 5.4e13 ** 0.095, alpha: 0.095 },
    source: 'Kaplan et al. 2020, arXiv:2001.08361, eq. 1.2',
  }),
  muennighoff2023Repeated: published(muennighoff, {
    name: 'muennighoff-2023-repeated',
    description: 'Repeated data; U unique tokens',
    coefficients: { ...MUENNIGHOFF_2023 },
    source: 'Muennighoff et al. 2023, arXiv:2305.16264, huggingface/datablations',
  }),
  cerebras2023: published(powerLawC, {
    name: 'cerebras-2023',
    description: 'Cerebras-GPT, Pile test loss at 20 tokens per parameter: (C / 5.984e22)^-0.0737 + 0.5066',
    coefficients: { E: 0.5066, A: 5.984e22 ** 0.0737, alpha: 0.0737 },
    source: 'Dey et al. 2023, arXiv:2304.03208, eq. 2',
  }),
  kumar2024: published(precisionParts, {
    name: 'kumar-2024',
    description: 'Training in few bits; the constants do not carry over to other models, as the authors warn',
    coefficients: { ...KUMAR_2024 },
    source: 'Kumar et al. 2024, arXiv:2411.04330, table 2',
  }),
  ludziejewski2025: published(mixtureOfExperts, {
    name: 'ludziejewski-2025',
    description: 'Mixtures of 1 to 32 experts; N counts active parameters',
    coefficients: { ...LUDZIEJEWSKI_2025 },
    source: 'Ludziejewski et al. 2025, arXiv:2502.05172',
  }),
});
