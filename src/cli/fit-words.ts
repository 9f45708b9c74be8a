/** A fit in one line of a table. */

import type { Fit } from '../fit/fit.ts';
import { digits, interval, percent } from '../words.ts';
import type { Uncertainty } from './uncertainty.ts';

/** The fit in one line, under heads. */
export function fitInTable(fit: Fit<string>, uncertainty?: Uncertainty): string[][] {
  const { coefficients, runs, quality, status } = fit;
  const value = ([name, one]: [string, number]): string => {
    const ends = uncertainty?.intervals[name];
    return `${digits(one, 4)}${ends && ends[0] !== ends[1] ? ` (${interval(ends, (end) => digits(end, 3))})` : ''}`;
  };
  return [
    ['rows', ...Object.keys(coefficients), 'R2', 'mean error', 'status'],
    [
      String(runs.kept),
      ...Object.entries<number>(coefficients).map(value),
      digits(quality.r2, 4),
      percent(quality.meanAbsoluteRelativeError),
      status.kind,
    ],
  ];
}
