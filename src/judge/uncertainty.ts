/** Coefficients that the rows hardly constrain, by their intervals: of a bootstrap, or of the curvature at the optimum. */

import { type Finding, finding } from '../finding.ts';
import type { Coefficients, LawForm } from '../laws/law.ts';
import { normalQuantile } from '../numeric/distributions.ts';
import { interval, listed, percent, plural, short } from '../words.ts';

/** Lower and upper end. */
export type Ends = readonly [lower: number, upper: number];

/** A coefficient with a standard error above this share of it is poorly constrained; for an interval, that of the normal law as wide. */
const UNCERTAIN = 0.4;
/** Upper over lower end from which an amplitude is: A and B trade against their exponents, so they are judged less strictly. */
const TIMES = 30;

/** One finding about all coefficients that are poorly constrained; none where all ends of an interval are one. */
export function uncertaintyFindings(
  { bounds, solver }: LawForm,
  coefficients: Coefficients,
  intervals: Readonly<Record<string, Ends>>,
  level: number,
): Finding[] {
  const z = normalQuantile((1 + level) / 2);
  const weak = Object.entries(intervals).flatMap(([name, [lower, upper]]) => {
    const value = coefficients[name]!;
    const [least, most] = bounds[name] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const error = (upper - lower) / 2 / z;
    const ends: Ends = [Math.max(lower, least), Math.min(upper, most)];
    // Nothing on a logarithmic scale reaches 0.
    const atLeast = solver[name]?.scale === 'linear' && lower <= least + 1e-3 * (upper - least);
    const wide = solver[name]?.scale === 'log' ? upper > TIMES * lower : error > UNCERTAIN * Math.abs(value);
    return lower < upper && (wide || atLeast) ? [{ name, value, error, ends }] : [];
  });
  if (weak.length === 0) return [];
  const names = listed(weak.map(({ name }) => name));
  const inWords = weak.map(({ name, value, ends }) => `${name} = ${short(value)}, ${interval(ends)}`);
  return [
    finding(
      'W_UNCERTAIN_COEFFICIENTS',
      `These rows constrain ${names} poorly (${percent(level)} intervals: ${inWords.join('; ')}).`,
      {
        about: weak.map(({ name }) => `coefficients.${name}`),
        evidence: {
          level,
          coefficients: Object.fromEntries(weak.map(({ name, value }) => [name, value])),
          standardErrors: Object.fromEntries(weak.map(({ name, error }) => [name, error])),
        },
        advice: [
          'Do not quote these coefficients one by one: predictions near the rows are better known. Give intervals with ',
          { option: 'bootstrap' },
          ', and extrapolate only as far as they allow; larger models and longer runs narrow them.',
        ],
      },
    ),
  ];
}

/** What to say of ends of intervals that are not determined; `open` names them: `N.upper`. Without replicates they come from a covariance. */
export function openEndFindings(open: readonly string[], replicates: number): Finding[] {
  if (open.length === 0) return [];
  const sides = new Map<string, string[]>();
  for (const name of open) {
    const [of = '', side = ''] = name.split('.');
    sides.set(of, [...(sides.get(of) ?? []), side]);
  }
  const ends = Array.from(
    sides,
    ([of, all]) => `${all.length > 1 ? 'both ends' : `the ${all[0]} end`} of ${QUANTITIES[of] ?? of}`,
  );
  if (replicates === 0) {
    const names = listed(Array.from(sides.keys(), (of) => QUANTITIES[of] ?? of));
    return [
      finding('W_OPEN_INTERVAL', `A standard error from the fit there is no such answer: ${names} may lie anywhere.`, {
        severity: 'note',
        about: [...open],
        evidence: { replicates },
        advice: ['See with ', { option: 'bootstrap' }, ' how often there is one.'],
      }),
    ];
  }
  return [
    finding(
      'W_OPEN_INTERVAL',
      `${plural(replicates, 'replicate')} ${replicates === 1 ? 'does' : 'do'} not determine ${listed(ends)}: ` +
        'with another seed it could lie far from where it is.',
      {
        severity: 'note',
        about: [...open],
        evidence: { replicates },
        advice: [
          'Read it as "or more" (or "or less"). Take 1000 replicates with ',
          { option: 'bootstrap' },
          '; if it stays open, the rows set no bound there.',
        ],
      },
    ),
  ];
}

/** Names of intervals in words. */
const QUANTITIES: Readonly<Record<string, string>> = {
  mean: "the law's own loss",
  loss: 'the loss',
  totalFlops: 'the FLOPs',
};
