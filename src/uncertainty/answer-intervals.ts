/**
 * Intervals beside an answer: of numbers of the law itself, and of the loss of one new run, which lies off the law by noise of its own:
 *
 *     end = estimate -+ sqrt( (distance of the end of the law's interval)^2 + (t s)^2 )
 *
 * in the space of the residuals, s their spread over runs and t the quantile of Student's t (Zou & Donner 2008, Statistics in Medicine 27,
 * 1693-1702: intervals of a sum from those of its parts).
 */

import type { FittedLaw } from '../laws/fitted-law.ts';
import { tQuantile } from '../numeric/distributions.ts';
import { type Interval, type IntervalOptions, jointIntervals, type Replicated, uncertaintyOf } from './intervals.ts';

/** Lower and upper end. */
export type Ends = readonly [lower: number, upper: number];

/** Intervals of the numbers of an answer. */
export type AnswerIntervals<K extends string> = Readonly<Record<K, Ends>> & {
  /** Nominal coverage. */
  readonly level: number;
  /** Ends that the replicates do not determine: `N.upper`. */
  readonly open: readonly string[];
};

/** Ends of `interval`. */
export const endsOf = ({ lower, upper }: Interval): Ends => [lower, upper];

/** The ends among `intervals` that are open, by name: `N.upper`. */
export function openNames(intervals: Readonly<Record<string, Interval>>): string[] {
  return Object.entries(intervals).flatMap(([name, { open }]) =>
    (['lower', 'upper'] as const).filter((end) => open[end]).map((end) => `${name}.${end}`),
  );
}

/** Intervals of the numbers that `quantities` gives; undefined where it is not known how far to trust the law. */
export function answerIntervals<K extends string>(
  law: Replicated,
  quantities: (law: FittedLaw<string>) => Readonly<Record<K, number>>,
  options?: IntervalOptions,
): AnswerIntervals<K> | undefined {
  const found = jointIntervals(law, quantities, options);
  if (!found) return undefined;
  const all = Object.entries<Interval>(found);
  const ends = Object.fromEntries(all.map(([name, interval]) => [name, endsOf(interval)]));
  return { ...ends, level: all[0]![1].level, open: openNames(found) } as unknown as AnswerIntervals<K>;
}

/** Interval of the loss of one new run, from that of the law's own loss; undefined where the noise of a run is not known. */
export function newRunInterval({ estimate, lower, upper, level }: Interval, law: Replicated): Ends | undefined {
  const { noise, degreesOfFreedom } = uncertaintyOf(law) ?? {};
  if (!noise || degreesOfFreedom === undefined) return undefined;
  const own = noise.standardDeviation * tQuantile((1 + level) / 2, degreesOfFreedom);
  const [to, from] = noise.space === 'log' ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const centre = to(estimate);
  return [
    from(centre - Math.hypot(Math.max(centre - to(lower), 0), own)),
    from(centre + Math.hypot(Math.max(to(upper) - centre, 0), own)),
  ];
}
