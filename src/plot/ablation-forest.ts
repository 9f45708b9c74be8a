/** An ablation as a forest plot: a line a fit, and beside each other a coefficient, the error on unseen rows, and the optimum. */

import { dot, ruleX, ruleY, text } from '@observablehq/plot';
import type { Ablation, AblationRow } from '../ablate/ablation.ts';
import { refusal } from '../errors.ts';
import { describeFilter, type RecordedFilter } from '../filters/filter.ts';
import { check } from '../schema/check.ts';
import { drawnCount as count, listed, plural, powerOfTen, short, signedPercent } from '../words.ts';
import { type Figure, figure, HALO, HUE, INK } from './figure.ts';
import { type AblationForestOptions, ablationForestOptions } from './options.ts';
import { panelOf, panelTicks, panelTitles } from './panels.ts';

/** A number of a fit, with an interval where it was bootstrapped. */
interface Estimate {
  readonly estimate: number;
  readonly lower?: number;
  readonly upper?: number;
}

/** A column of the figure. */
interface Column {
  readonly title: string;
  readonly of: (row: AblationRow<string>) => Estimate | undefined;
  readonly word: (value: number) => string;
}

/**
 * Every fit of an ablation on a line.
 *
 * @param ablation - From `ablate`, or its JSON.
 * @param options - Which coefficient.
 * @returns Options for `Plot.plot`: the coefficient, the mean signed relative error on the rows that each fit left out (and on the shared
 *   hold-out, if there is one), and the first optimum that the plan asked for. Whiskers are intervals, where the plan bootstraps.
 * @throws {ScalingLawsError} `E_ARGUMENT` if no fit has that coefficient.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const ablation = ablate(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 500, Infinity] }] });
 * ablationForest(ablation).y?.domain // => ['D/N ≤ 100', 'D/N ≤ 500', 'all rows']
 */
export function ablationForest({ rows }: Ablation<string>, options: AblationForestOptions = {}): Figure {
  const { coefficient } = check(ablationForestOptions, options);
  const known = [...new Set(rows.flatMap(({ fit }) => Object.keys(fit?.coefficients ?? {})))];
  if (!known.includes(coefficient)) {
    throw refusal('coefficient', `be one of the fits', ${known.join(', ') || 'which are none'}`, coefficient);
  }
  const names = namesOf(rows);
  const columns = columnsOf(rows, coefficient);
  const panels = columns.map(({ title, of, word }) => {
    const values = rows.flatMap((row) => Object.values(of(row) ?? {}));
    return panelOf(title, title.includes('error') ? [...values, 0] : values, word);
  });
  const estimates = columns.flatMap(({ title, of, word }, k) =>
    rows.flatMap((row, i) => {
      const found = of(row);
      if (!found) return [];
      const { at } = panels[k]!;
      const { estimate, lower = estimate, upper = estimate } = found;
      return [{ fx: title, name: names[i]!, x: at(estimate), x1: at(lower), x2: at(upper), word: word(estimate) }];
    }),
  );
  const zero = panels.filter(({ name }) => name.includes('error')).map(({ name, at }) => ({ fx: name, x: at(0) }));
  const longest = Math.max(...names.map(({ length }) => length));
  const left = 24 + 7 * longest;
  return figure({
    width: left + 200 * columns.length + 20,
    height: 110 + 36 * rows.length,
    marginLeft: left,
    marginTop: 40,
    marginRight: 20,
    fx: { domain: columns.map(({ title }) => title), axis: null, padding: 0.12 },
    x: { domain: [0, 1], axis: null },
    y: { domain: names, label: null, tickSize: 0, type: 'point', padding: 0.8 },
    marks: [
      ...panelTicks(panels),
      ruleX(zero, { fx: 'fx', x: 'x', stroke: INK }),
      ruleY(estimates, { fx: 'fx', y: 'name', x1: 'x1', x2: 'x2', stroke: HUE.blue, strokeWidth: 2 }),
      dot(estimates, { fx: 'fx', y: 'name', x: 'x', fill: HUE.blue, r: 4 }),
      text(estimates, { fx: 'fx', y: 'name', x: 'x', text: 'word', dy: -12, ...HALO }),
      panelTitles(columns.map(({ title }) => ({ fx: title, words: title }))),
    ],
    ariaLabel: 'Fits of an ablation',
    ariaDescription: `${plural(rows.length, 'fit')}: ${listed(rows.map((row, i) => rowInWords(row, names[i]!, columns)))}.`,
  });
}

function columnsOf(rows: readonly AblationRow<string>[], coefficient: string): Column[] {
  const target = rows.find(({ optima }) => optima?.[0])?.optima?.[0]?.target;
  const error =
    (of: 'heldOut' | 'fixedHoldOut') =>
    (row: AblationRow<string>): Estimate | undefined => {
      const found = row[of]?.meanSignedError;
      return found === null || found === undefined ? undefined : { estimate: found };
    };
  const columns: Column[] = [
    {
      title: coefficient,
      of: ({ fit, intervals }) => {
        const estimate = (fit?.coefficients as Readonly<Record<string, number>> | undefined)?.[coefficient];
        return estimate === undefined ? undefined : { estimate, ...endsOf(intervals?.[coefficient]) };
      },
      word: (value) => short(value, 3),
    },
    { title: 'error on rows left out', of: error('heldOut'), word: signedPercent },
    { title: 'error on the hold-out', of: error('fixedHoldOut'), word: signedPercent },
    {
      title: target
        ? `best size ${'C' in target ? `for ${powerOfTen(target.C)} FLOPs` : `for loss ${target.loss}`}`
        : '',
      of: ({ optima }) => {
        const [answer] = optima ?? [];
        return answer?.optimum ? { estimate: answer.optimum.N, ...endsOf(answer.intervals?.N) } : undefined;
      },
      word: count,
    },
  ];
  return columns.filter(({ of }) => rows.some((row) => of(row)));
}

const endsOf = (interval: { readonly lower: number; readonly upper: number } | undefined): Partial<Estimate> =>
  interval ? { lower: interval.lower, upper: interval.upper } : {};

/** What is particular to each row: filters and choices that not all of them share. */
function namesOf(rows: readonly AblationRow<string>[]): string[] {
  const parts = rows.map(({ filters, choice }) => [
    ...filters.map(filterName),
    ...Object.values({
      ...choice,
      penalty: choice.penalty.kind === 'huber' ? `huber ${choice.penalty.delta}` : choice.penalty.kind,
    }),
  ]);
  return parts.map((own) => {
    const particular = own.filter((part) => !parts.every((other) => other.includes(part)));
    return particular.length > 0 ? particular.join(', ') : 'all rows';
  });
}

function filterName(filter: RecordedFilter): string {
  if (filter.kind !== 'range') return describeFilter(filter);
  const { of, min, max } = filter;
  const word = (bound: number): string => (of === 'loss' ? short(bound) : count(bound));
  return `${min === undefined ? '' : `${word(min)} ≤ `}${of === 'tokensPerParam' ? 'D/N' : of}${max === undefined ? '' : ` ≤ ${word(max)}`}`;
}

const rowInWords = (row: AblationRow<string>, name: string, columns: readonly Column[]): string => {
  const found = columns.flatMap(({ title, of, word }) => {
    const estimate = of(row);
    return estimate ? `${title} ${word(estimate.estimate)}` : [];
  });
  return `${name} (${row.fit ? found.join(', ') : 'no fit'})`;
};
