/** Can this design identify this law? Which sizes, token counts and budgets there are, whatever the losses turned out to be. */

import { type Finding, finding } from '../finding.ts';
import { spanOf } from '../numeric/span.ts';
import { plural, power, short } from '../words.ts';
import type { Optimum } from './case.ts';
import { ratioSpread } from './ratio-spread.ts';
import { termOf } from './roles.ts';

/** Ratios of D to N, or budgets, that differ by less than this factor are one: the rows lie on a line of the (N, D) plane. */
const ONE_LINE = 1.25;
/**
 * Ratios within a factor of about 3 at beta = 0.28. Kricheli et al. 2026 give no threshold; their fits to {10, 15} (share 0.003) beat those
 * to one ray barely, their 2-D grids nearly always; {10, 20, 40, 80, 160} has 0.07, and Sardana et al.'s 47 runs have 0.09.
 */
const NARROW = 0.01;
/**
 * Below this share, exponents closer than {@link CLOSE} make the terms alike: errors grow as 1 / |alpha - beta| (Kricheli et al. 2026). So does
 * noise: where the best size at 100 times the largest budget is known within a factor of {@link POORLY} at best, such ratios are why.
 */
const RATHER_NARROW = 0.03;
const CLOSE = 0.05;
const POORLY = 2;
/** Choshen et al. 2024, arXiv:2410.11840, section 8: five models are a safe number. */
const SAFE_SIZES = 5;
/** Fewer rows a coefficient than this leave little to judge the fit by. */
const ROWS_PER_COEFFICIENT = 3;

/** Too few sizes for a law that reads them. */
export function sizeFindings({ law, rows }: Optimum): Finding[] {
  return law.variables.includes('N') ? fewSizes(new Set(rows.N).size) : [];
}

/** Too few model sizes. */
export function fewSizes(sizes: number): Finding[] {
  if (sizes >= SAFE_SIZES) return [];
  const there = sizes === 1 ? 'is only 1 model size' : `are only ${sizes} model sizes`;
  return [
    finding('W_FEW_SIZES', `There ${there}; ${SAFE_SIZES} is a safe number.`, {
      about: ['columns.N'],
      evidence: { sizes },
      advice: 'Train more sizes; small ones are fine.',
    }),
  ];
}

/** Too few rows for the coefficients that are free. */
export function rowFindings({ kernel, rows, options: { prior } }: Optimum): Finding[] {
  const free = kernel.dimension;
  // A prior leaves nothing open, whatever the rows.
  if (prior || rows.length >= ROWS_PER_COEFFICIENT * free) return [];
  const message = `There are ${plural(rows.length, 'row')} for ${plural(free, 'free coefficient')}: the fit follows the noise, and its residuals look too small.`;
  return [
    finding('W_FEW_ROWS', message, {
      evidence: { rows: rows.length, free, rowsPerCoefficient: rows.length / free },
      advice: 'Add rows, or fix or tie coefficients.',
    }),
  ];
}

const ratiosOf = ({ N, D }: Optimum['rows']): Float64Array => D.map((tokens, i) => tokens / N[i]!);

/** Rows on one line of the (N, D) plane: what such a line cannot tell apart are a term of N and a term of D. */
export function lineFindings({ law, rows }: Optimum): Finding[] {
  const [ofN, ofD] = [termOf(law, 'N'), termOf(law, 'D')];
  if (!ofN || !ofD) return [];
  const about = [ofN, ofD].map(({ amplitude }) => `coefficients.${amplitude}`);
  const both = `${ofN.amplitude} and ${ofD.amplitude}`;
  const [budgets, ratios] = [spanOf(rows.C), spanOf(ratiosOf(rows))];
  const isLine = ([least, most]: readonly [number, number]): boolean => most / least < ONE_LINE;
  const oneBudget = finding(
    'W_ONE_BUDGET',
    `All rows have about ${power(budgets[0])} FLOPs: a larger model always saw fewer tokens, so that the rows can hardly tell ${both} apart.`,
    { about, evidence: { C: budgets }, advice: 'Predict at this budget only; add runs at other budgets.' },
  );
  const oneRay = finding(
    'W_ONE_RAY',
    `All rows have about ${short(ratios[0])} tokens per parameter: ${both} cannot be told apart.`,
    {
      severity: 'error',
      about,
      evidence: { tokensPerParam: ratios },
      advice:
        'Predict along this ratio only; to learn more, train some sizes on far fewer and on far more tokens per parameter.',
    },
  );
  return [...(isLine(budgets) ? [oneBudget] : []), ...(isLine(ratios) ? [oneRay] : [])];
}

/** What the ratios of rows near one ray, but not on it, leave to be known; none for rows on a ray, and laws without terms of N and D. */
function ratiosBetween({ law, rows, coefficients }: Optimum) {
  const [ofN, ofD] = [termOf(law, 'N'), termOf(law, 'D')];
  if (!ofN || !ofD) return undefined;
  const ratios = ratiosOf(rows);
  const [least, most] = spanOf(ratios);
  if (most / least < ONE_LINE) return undefined;
  const [alpha, beta] = [coefficients[ofN.exponent]!, coefficients[ofD.exponent]!];
  const { spread, share } = ratioSpread(ratios, beta);
  const about = [ofN, ofD].flatMap(({ amplitude, exponent }) =>
    [amplitude, exponent].map((name) => `coefficients.${name}`),
  );
  const evidence = { tokensPerParam: [least, most], ratioSpread: spread, share, alpha, beta };
  return { ofN, ofD, least, most, alpha, beta, spread, share, about, evidence };
}

/** Tokens per parameter within a narrow span. */
export function ratioFindings(optimum: Optimum): Finding[] {
  const there = ratiosBetween(optimum);
  if (!there) return [];
  const { ofN, ofD, least, most, spread, share, about, evidence } = there;
  const factor = optimum.decision?.at(-1)?.factor;
  const poorly = factor === null || (factor !== undefined && factor > POORLY);
  if (!(share < NARROW || (share < RATHER_NARROW && poorly))) return [];
  return [
    finding(
      'W_NARROW_RATIOS',
      `Tokens per parameter, ${short(least)} to ${short(most)}, spread too little for the law to tell ${ofN.amplitude} and ${ofD.amplitude} ` +
        `apart well (V_K ${short(spread)}, ${short(100 * share)}% of its size).`,
      {
        about,
        evidence,
        advice: 'Add under- and over-trained runs: the ends of the range of ratios count, not how many there are.',
      },
    ),
  ];
}

/** Exponents that are close where the ratios are rather narrow. */
export function likeTermFindings(optimum: Optimum): Finding[] {
  const there = ratiosBetween(optimum);
  if (!there || ratioFindings(optimum).length > 0) return [];
  const { fixed, tied } = optimum.options;
  const { ofN, ofD, least, most, alpha, beta, share, about, evidence } = there;
  const free = !(Object.hasOwn(fixed, ofN.exponent) || Object.hasOwn(fixed, ofD.exponent)) && tied.length === 0;
  if (!free || share >= RATHER_NARROW || Math.abs(alpha - beta) >= CLOSE) return [];
  return [
    finding(
      'W_ALPHA_NEAR_BETA',
      `${ofN.exponent} ${short(alpha)} and ${ofD.exponent} ${short(beta)} are close, and tokens per parameter go only from ${short(least)} ` +
        `to ${short(most)}: the two terms of the law look nearly alike on these rows.`,
      {
        about,
        evidence,
        advice: [
          'Add runs at other ratios, or tie the exponents with ',
          { option: 'tied', value: [[ofN.exponent, ofD.exponent]] },
          ' and trust the other coefficients more.',
        ],
      },
    ),
  ];
}
