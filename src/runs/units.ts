/** Counts that look as if they were written in millions or billions: the commonest slip with a spreadsheet, and one that every law fits well. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type Finding, finding } from '../finding.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from './runs.ts';

/** No model that a scaling law is fitted to has fewer parameters; Kaplan et al. 2020 begin at 768, with sizes far above it in the same table. */
const LEAST_LARGEST_N = 1e4;
/** No run is trained on fewer tokens than this, its last checkpoint included. */
const LEAST_LARGEST_D = 1e5;
/** No run worth a row is over before this many FLOPs: seconds of one core. Whole tables in millions come to less, each field alone may not. */
const LEAST_LARGEST_C = 1e12;

/** One warning a field whose largest value is too small for a count, or both where the largest run is. */
export function unitWarnings({ N, D }: Pick<Runs, 'N' | 'D'>): Finding[] {
  const fields = [
    { name: 'N', values: N, least: LEAST_LARGEST_N, what: 'parameters' },
    { name: 'D', values: D, least: LEAST_LARGEST_D, what: 'tokens' },
  ] as const;
  const largestC = N.reduce((most, size, i) => Math.max(most, DEFAULT_FLOPS_PER_PARAM_TOKEN * size * D[i]! || 0), 0);
  const isTiny = largestC > 0 && largestC < LEAST_LARGEST_C;
  return fields.flatMap(({ name, values, least, what }) => {
    const [low, high] = spanOf(values);
    if (!(high < least || isTiny)) return [];
    const message = `${name} goes from ${Number(low.toPrecision(3))} to ${Number(high.toPrecision(3))} ${what}: counts are taken as they stand.`;
    const advice = 'If these are millions or billions, write 25M or 25B.';
    return [finding('W_UNITS', message, { about: [`columns.${name}`], evidence: { [name]: [low, high] }, advice })];
  });
}
