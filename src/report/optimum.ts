/** What a fit says to train: under budgets of compute, or for a problem with demand and costs. */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { ScalingLawsError } from '../errors.ts';
import { findingInWords } from '../finding.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Plan, PlannedModel } from '../plan/plan.ts';
import { inCode } from '../sentence.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import { drawnAmount as amount, drawnCount as count, digits, interval, percent, powerOfTen } from '../words.ts';
import { facts, type Html, html, table } from './html.ts';

/** Budgets of a report that is asked for none: the largest run's compute, and as many times more. */
const TIMES = [1, 10, 100] as const;
/** FLOPs, where a law does not say what it was fitted to. */
const SOMEWHERE = 1e22;

/** Compute-optimal models around the runs behind `law`; a sentence, where there are none. */
export function computeOptima(law: FittedLaw<string>): Html {
  const most = law.fittedRange?.C[1] ?? SOMEWHERE;
  try {
    const rows = TIMES.map((times) => {
      const { N, D, tokensPerParam, loss, extrapolation, intervals } = computeOptimal(law, { C: times * most });
      const ends = (of: 'N' | 'D' | 'loss', write: (value: number) => string): string =>
        intervals === undefined
          ? ''
          : ` (${interval(intervals[of], write, {
              lower: intervals.open.includes(`${of}.lower`),
              upper: intervals.open.includes(`${of}.upper`),
            })})`;
      return [
        powerOfTen(times * most),
        `${count(N)}${ends('N', count)}`,
        `${count(D)}${ends('D', count)}`,
        digits(tokensPerParam, 3),
        `${digits(loss, 4)}${ends('loss', (value) => digits(value, 4))}`,
        extrapolation ? 'outside the runs' : 'inside',
      ];
    });
    const numbers = true;
    return table(
      'Compute-optimal models: at the largest budget among the runs, and at 10 and 100 times as much',
      [
        { name: 'FLOPs' },
        { name: 'Parameters', numbers },
        { name: 'Tokens', numbers },
        { name: 'Tokens per parameter', numbers },
        { name: 'Loss', numbers },
        { name: 'Where' },
      ],
      rows,
    );
  } catch (error) {
    if (!(error instanceof ScalingLawsError)) throw error;
    return html`<p>There is no compute-optimal model: ${error.message}.</p>\n`;
  }
}

/** A plan: the model beside the Chinchilla-style one, and what there is to know about it. */
export function planned(plan: Plan): Html {
  const { chinchilla, unconstrained, unit, flat, saving, intervals, binding, warnings } = plan;
  const models: readonly (readonly [string, PlannedModel])[] = [
    ['Plan', plan],
    ['Chinchilla-style, same loss', chinchilla],
    ...(unconstrained && unconstrained.N !== plan.N ? [['Without constraints', unconstrained] as const] : []),
  ];
  const numbers = true;
  const span = ([low, high]: readonly [number, number]): string => `${count(low)} to ${count(high)}`;
  const ends = ({ lower, upper, open }: Interval, write: (value: number) => string): string =>
    interval([lower, upper], write, open);
  const more = saving.overChinchilla < 0 ? 'more' : 'less';
  return html`${table(
    `What to train, and what its life costs in ${unit}`,
    [
      { name: 'Model' },
      { name: 'Parameters', numbers },
      { name: 'Tokens', numbers },
      { name: 'Loss', numbers },
      { name: 'Training', numbers },
      { name: 'Serving', numbers },
      { name: 'In all', numbers },
    ],
    models.map(([name, { N, D, loss, cost }]) => [
      name,
      count(N),
      count(D),
      digits(loss, 4),
      amount(cost.training, unit),
      amount(cost.prefill + cost.decode, unit),
      amount(cost.total, unit),
    ]),
  )}${facts([
    ['Cost', `${percent(Math.abs(saving.overChinchilla))} ${more} than the Chinchilla-style model of the same loss`],
    ['For 1% more', `${span(flat.within1Percent)} parameters`],
    ['For 5% more', `${span(flat.within5Percent)} parameters`],
    ...(intervals
      ? [
          [
            `${percent(intervals.N.level)} intervals`,
            `${ends(intervals.N, count)} parameters, ${ends(intervals.D, count)} tokens, loss ${ends(intervals.loss, (value) => digits(value, 4))}`,
          ] as const,
        ]
      : []),
    ...binding.map(({ constraint, limit, unit: of }) => ['Held by', `${constraint}, ${count(limit)} ${of}`] as const),
    [
      'Extrapolation',
      plan.extrapolation
        ? `yes, outside the runs in ${plan.outside.join(', ')}: take it as a guess`
        : plan.extrapolation === null
          ? 'unknown: the law does not say what it was fitted to'
          : 'no, inside the runs',
    ],
    ...warnings
      .filter(({ code }) => code !== 'W_EXTRAPOLATION')
      .map((one) => ['Warning', findingInWords(one, inCode)] as const),
  ])}`;
}
