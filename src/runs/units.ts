/** Counts that look as if they were written in millions or billions: the commonest slip with a spreadsheet, and one that every law fits well. */

import { type Finding, finding } from '../finding.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from './runs.ts';

/** No model that a scaling law is fitted to has fewer parameters; Kaplan et al. 2020 begin at 768, with sizes far above it in the same table. */
const LEAST_LARGEST_N = 1e4;
/** No run is trained on fewer tokens than this, its last checkpoint included. */
const LEAST_LARGEST_D = 1e5;

/** One warning a field whose largest value is too small for a count. */
export function unitWarnings({ N, D }: Pick<Runs, 'N' | 'D'>): Finding[] {
  const fields = [
    { name: 'N', values: N, least: LEAST_LARGEST_N, what: 'parameters' },
    { name: 'D', values: D, least: LEAST_LARGEST_D, what: 'tokens' },
  ] as const;
  return fields.flatMap(({ name, values, least, what }) => {
    const [low, high] = spanOf(values);
    if (!(high < least)) return [];
    const message = `${name} goes from ${Number(low.toPrecision(3))} to ${Number(high.toPrecision(3))} ${what}: counts are taken as they stand.`;
    const advice = 'If these are millions or billions, write 25M or 25B.';
    return [finding('W_UNITS', message, { about: [`columns.${name}`], evidence: { [name]: [low, high] }, advice })];
  });
}
