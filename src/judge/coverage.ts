/** Can this design identify this law? Which sizes and token counts there are, whatever the losses turned out to be. */

import { freeCoefficients } from '../fit/problem.ts';
import { ONE_LINE } from '../fit/status.ts';
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { ratioSpread } from './ratio-spread.ts';
import { digits } from './words.ts';

/**
 * Ratios within a factor of about 3 at beta = .28. Kricheli et al. 2026 give no threshold; their fits to {10, 15} (share .003) beat those
 * to one ray barely, their 2-D grids nearly always; {10, 20, 40, 80, 160} has .07, and Sardana et al.'s 47 runs have .09.
 */
const NARROW = 0.01;
/** Below this share, exponents closer than {@link CLOSE} make the terms alike: errors grow as 1 / |alpha - beta| (Kricheli et al. 2026). */
const RATHER_NARROW = 0.03;
const CLOSE = 0.05;
/** Choshen et al. 2024, arXiv:2410.11840, section 8: five models are a safe number. */
const SAFE_SIZES = 5;
/** Fewer rows a coefficient than this leave little to judge the fit by. */
const ROWS_PER_COEFFICIENT = 3;

export function designFindings(patient: Case): Finding[] {
  return [...ratioFindings(patient), ...sizeFindings(patient), ...rowFindings(patient)];
}

function ratioFindings({ fit, rows, coefficients: { A, B, alpha, beta } }: Case): Finding[] {
  // It is a term of N and a term of D that few ratios cannot tell apart.
  if (A === undefined || B === undefined || alpha === undefined || beta === undefined) return [];
  const [least, most] = fit.fittedRange.tokensPerParam;
  const ratios = rows.D.map((D, i) => D / rows.N[i]!);
  const { spread, share } = ratioSpread(ratios, beta);
  const evidence = { tokensPerParam: [least, most], ratioSpread: spread, share, alpha, beta };
  if (most / least < ONE_LINE) {
    return [
      {
        code: 'D_ONE_RAY',
        severity: 'error',
        message: `All rows have about ${digits(least)} tokens per parameter: A and B cannot be told apart.`,
        evidence,
        advice:
          'Predict along this ratio only; to learn more, train some sizes on far fewer and on far more tokens per parameter.',
      },
    ];
  }
  if (share < NARROW) {
    return [
      {
        code: 'D_NARROW_RATIOS',
        severity: 'warning',
        message:
          `Tokens per parameter, ${digits(least)} to ${digits(most)}, hardly spread as the law sees them ` +
          `(V_K ${digits(spread)}, ${digits(100 * share)} % of its size): A and B are poorly told apart.`,
        evidence,
        advice:
          'Add under- and over-trained runs: it is the ends of the range of ratios that count, not how many there are.',
      },
    ];
  }
  const free = !('alpha' in fit.options.fixed || 'beta' in fit.options.fixed || fit.options.tied.length > 0);
  if (free && share < RATHER_NARROW && Math.abs(alpha - beta) < CLOSE) {
    return [
      {
        code: 'D_ALPHA_NEAR_BETA',
        severity: 'warning',
        message:
          `alpha ${digits(alpha)} and beta ${digits(beta)} are close, and tokens per parameter go from ${digits(least)} ` +
          `to ${digits(most)} only: the two terms of the law nearly look alike on these rows.`,
        evidence,
        advice:
          "Add runs at other ratios, or tie the exponents with tied: [['alpha', 'beta']] and trust the other coefficients more.",
      },
    ];
  }
  return [];
}

function sizeFindings({ rows }: Case): Finding[] {
  const sizes = new Set(rows.N).size;
  if (sizes >= SAFE_SIZES) return [];
  return [
    {
      code: 'D_FEW_SIZES',
      severity: 'warning',
      message: `There ${sizes === 1 ? 'is only 1 model size' : `are only ${sizes} model sizes`}; ${SAFE_SIZES} is a safe number.`,
      evidence: { sizes },
      advice: 'Train more sizes; small ones are fine.',
    },
  ];
}

function rowFindings({ fit, rows, law }: Case): Finding[] {
  const free = freeCoefficients(law, fit.options);
  if (rows.length >= ROWS_PER_COEFFICIENT * free) return [];
  return [
    {
      code: 'D_FEW_ROWS',
      severity: 'warning',
      message: `There are ${rows.length} rows for ${free} free coefficients: the fit follows the noise, and its residuals look too small.`,
      evidence: { rows: rows.length, free, rowsPerCoefficient: rows.length / free },
      advice: 'Add rows, or fix or tie coefficients.',
    },
  ];
}
