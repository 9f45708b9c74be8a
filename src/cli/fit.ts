/** `scaling-laws fit`: from a table of runs to coefficients. */

import { findingInWords } from '../finding.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { mixedConventions } from '../fit/mixed-conventions.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import { poorlyKnown, summaryLines } from '../report/summary.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { DEFAULT_LEVEL, intervalOptions } from '../uncertainty/intervals.ts';
import { withBootstrap } from '../uncertainty/with-bootstrap.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { bootstrapFlags, FIT_SETS, fitInput } from './fit-options.ts';
import { fitInTable } from './fit-words.ts';
import { flagSet, given } from './flags.ts';
import { publishedNamed } from './law-names.ts';
import { redraw } from './long-work.ts';
import { priorFlags, priorOf } from './prior-flags.ts';
import { FILE, FILTER_ORDER } from './rows.ts';
import { uncertaintyOf } from './uncertainty.ts';

const output = object('output', {
  out: optional(
    text({
      help: 'File to save the fit in, with its replicates where it was bootstrapped; - prints it.',
      placeholder: 'file',
    }),
  ),
  json: optional(yes({ help: 'Print the fit as JSON; with --bootstrap its standard errors and intervals are in it.' })),
});

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    ...FIT_SETS,
    prior: priorFlags,
    bootstrap: bootstrapFlags,
    level: flagSet(intervalOptions, { title: 'Uncertainty', only: ['level'], needs: { level: ['bootstrap'] } }),
    output: flagSet(output, { title: 'Output' }),
    by: byFlags,
  },
  notes: FILTER_ORDER,
  examples: [
    'scaling-laws fit runs.csv --out fit.json',
    "scaling-laws fit runs.csv --N 'Model Size' --C 'Training FLOP' --drop-top-loss 5",
    'scaling-laws fit checkpoints.jsonl --run model,seed --exclude-early-fraction 0.25 --max-tokens-per-param 100',
    'scaling-laws fit runs.csv --bootstrap 1000 --seed 1',
    'scaling-laws fit families.csv --by family --out fits.json',
    'scaling-laws fit repeated.csv --law muennighoff --U unique_tokens --fix-to muennighoff-2023',
    'scaling-laws fit - --penalty absolute --tie alpha=beta --bounds E=0:1.9 --json < runs.csv',
  ],
  each: { of: 'rows', all: 'fits', one: 'fit' },
  run: async ({ flags, io, rows, door }) => {
    const prior = await priorOf(flags.prior);
    const { runs, options } = await fitInput(flags, rows);
    const fitted = fitScalingLaw(runs, { ...options, ...given({ prior }) });
    const { fixTo } = flags.law;
    const mixed = fixTo === undefined ? [] : mixedConventions(publishedNamed('--fix-to', fixTo), runs);
    const found = withLaw({ ...fitted, warnings: [...mixed, ...fitted.warnings] }, lawOf(fitted));
    const replicates =
      flags.bootstrap.replicates === undefined ? undefined : await redraw(found, runs, flags.bootstrap, io);
    const { level = DEFAULT_LEVEL } = flags.level;
    const uncertainty = replicates && uncertaintyOf(replicates, level);
    const known = replicates ? withBootstrap(found, replicates) : found;
    return {
      json: uncertainty ? { ...known, bootstrap: uncertainty } : known,
      saved: known,
      words: () => [
        ...summaryLines(known, level),
        ...poorlyKnown(known, level).flatMap((one) => ['', findingInWords(one, door)]),
      ],
      table: () => fitInTable(found, uncertainty),
      warnings: found.warnings,
    };
  },
});
