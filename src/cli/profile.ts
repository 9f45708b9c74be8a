/** `scaling-laws profile`: how far a coefficient can move before the likelihood says no. */

import { table } from '../report/text-table.ts';
import { finite, list, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { DEFAULT_LEVEL, level } from '../uncertainty/intervals.ts';
import {
  type ProfileInterval,
  type ProfilePoint,
  profileInterval,
  profile as profileOf,
} from '../uncertainty/profile.ts';
import { digits, percent } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { FIT, FIT_FILE, lawFileFlags, savedFitFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, readRowsOf } from './rows.ts';

const question = object('profile options', {
  name: text({ help: 'Coefficient that the fit was free to choose.', flag: 'coefficient' }),
  values: optional(list(finite(), { help: 'Values at which to hold it, beside its interval.', flag: 'at' }), []),
  level: optional(level, DEFAULT_LEVEL),
});

/** The command. */
export const declared = command({
  args: [FIT, FIT_FILE],
  sets: {
    question: flagSet(question, { title: 'Question', needed: [['coefficient']] }),
    columns: columnFlags,
    law: lawFileFlags,
    output: jsonFlags('Print { coefficient, interval, points } as JSON.'),
  },
  notes:
    'Runs count as independent, and the likelihood is scaled to what they show of the noise: rows of a run may err together.',
  examples: ['scaling-laws profile fit.json runs.csv --coefficient alpha --at 0.3,0.34'],
  run: async ({ args: [name = '-'], files, flags, io }) => {
    const { name: coefficient = '', values = [], level } = flags.question;
    const fit = await savedFitFrom(name, flags.law.lawFile, io);
    const runs = await readRowsOf(fit, files, flags.columns, io);
    const interval = profileInterval(fit, runs, coefficient, level);
    const points = profileOf(fit, runs, coefficient, values);
    return {
      json: { coefficient, interval, points },
      words: () => [intervalInWords(coefficient, interval), ...pointLines(points)],
    };
  },
});

function intervalInWords(name: string, { estimate, lower, upper, open, level }: ProfileInterval): string {
  const sides = (['lower', 'upper'] as const).filter((side) => open[side]).map((side) => `no ${side} end`);
  const ends = `${percent(level)} interval ${digits(lower)} to ${digits(upper)}`;
  const unbounded = sides.length === 0 ? '' : `; the rows set ${sides.join(' and ')}, so its bound stands there`;
  return `${name} is ${digits(estimate)}, ${ends}${unbounded}.`;
}

function pointLines(points: readonly ProfilePoint[]): string[] {
  if (points.length === 0) return [];
  const rows = points.map(({ value, objective, statistic }) => [value, objective, statistic].map((x) => digits(x)));
  return ['', ...table([['held at', 'objective', 'statistic'], ...rows])];
}
