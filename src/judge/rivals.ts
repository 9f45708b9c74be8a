/** Whether two minima are one answer, and what a user should hear of those that are not. */

import { type Finding, finding } from '../finding.ts';
import type { Kernel } from '../laws/law.ts';
import { listed, plural, short } from '../words.ts';
import type { Optimum } from './case.ts';

/** A minimum with other coefficients than the best. */
export interface RivalOptimum<Name extends string = string> {
  readonly coefficients: Readonly<Record<Name, number>>;
  /** At most 1% above the fit's. */
  readonly objective: number;
  /** Descents that ended there, or next to it with coefficients alike. */
  readonly starts: number;
}

/** Coefficients that differ by less than this share are one answer. */
const ALIKE = 0.1;
/** So are values of the floor that differ by less than this, in nats per token, and exponents that differ by less than a tenth of it. */
const ALIKE_FLOOR = 0.1;

/** Names of the coefficients by which two answers differ; amplitudes go with their exponents. */
export function differences(
  { coordinates }: Pick<Kernel, 'coordinates'>,
  one: Readonly<Record<string, number>>,
  two: Readonly<Record<string, number>>,
): string[] {
  return coordinates.flatMap(({ name, scale, role, scan }) => {
    if (scale === 'log' && !scan) return [];
    const gap = Math.abs(one[name]! - two[name]!);
    const least = role === 'amplitude' ? ALIKE_FLOOR : ALIKE_FLOOR / 10;
    return gap > Math.max(least, ALIKE * Math.max(Math.abs(one[name]!), Math.abs(two[name]!))) ? [name] : [];
  });
}

/** Other coefficients that fit nearly as well. */
export function rivalFindings({ kernel, coefficients, objective, rivals, status }: Optimum): Finding[] {
  const [lowest] = rivals;
  // Where the minimum is a line, its points are no rivals: the status says so.
  if (!lowest || status.kind === 'unidentified') return [];
  const about = new Set<string>();
  const inWords = rivals.map((rival) => {
    const names = differences(kernel, coefficients, rival.coefficients);
    for (const name of names) about.add(`coefficients.${name}`);
    const values = listed(names.map((name) => `${name} = ${short(rival.coefficients[name]!)}`));
    const above = Number((100 * (rival.objective / objective - 1)).toPrecision(1));
    return `${values} (objective ${above}% higher, ${plural(rival.starts, 'start')})`;
  });
  return [
    finding('W_RIVAL_OPTIMA', `Other coefficients fit these rows nearly as well: ${inWords.join('; ')}.`, {
      about: [...about],
      evidence: { rival: lowest.coefficients, startsAtRivals: rivals.reduce((sum, { starts }) => sum + starts, 0) },
      advice:
        'Do not choose between them by the objective: use what all of them predict alike, or add rows that tell them apart.',
    }),
  ];
}
