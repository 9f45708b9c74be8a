/** `scaling-laws fit`: from a table of runs to coefficients. */

import type { Filter } from '../filters/filter.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { DEFAULT_LEVEL, intervalOptions } from '../uncertainty/intervals.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { bootstrapFlags, bootstrapOf, fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { publishedNamed } from './law-names.ts';
import { priorFlags, priorOf } from './prior-flags.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

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
    columns: columnFlags,
    filters: filterFlags(false),
    fit: fitFlags,
    law: lawFlags,
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
    const options = { ...(await fitOptionsOf(flags.fit, flags.law)), ...(prior && { prior }) };
    const filters = flags.filters as readonly Filter[];
    const runs = await rows(options.law);
    const { fitScalingLaw } = await import('../fit/fit-scaling-law.ts');
    const { mixedConventions } = await import('../fit/mixed-conventions.ts');
    const fitted = fitScalingLaw(runs, { ...options, filters });
    const { fixTo } = flags.law;
    const mixed = fixTo === undefined ? [] : mixedConventions(publishedNamed('--fix-to', fixTo), runs);
    const found = withLaw({ ...fitted, warnings: [...mixed, ...fitted.warnings] }, lawOf(fitted));
    const plan = bootstrapOf(flags.bootstrap);
    const { workers } = flags.bootstrap;
    const { level = DEFAULT_LEVEL } = flags.level;
    const { bootstrapParallel } = await import('../node.ts');
    const { longWork } = await import('./long-work.ts');
    const { uncertaintyOf } = await import('./uncertainty.ts');
    const replicates =
      plan &&
      (await longWork(io, 'bootstrap', (watch) =>
        bootstrapParallel(found, runs, { ...plan, ...given({ workers }), ...watch }),
      ));
    const uncertainty = replicates && uncertaintyOf(replicates, level);
    const { withBootstrap } = await import('../uncertainty/with-bootstrap.ts');
    const known = replicates ? withBootstrap(found, replicates) : found;
    const { fitInTable, fitInWords } = await import('./fit-words.ts');
    return {
      json: uncertainty ? { ...known, bootstrap: uncertainty } : known,
      saved: known,
      words: () => fitInWords(found, door, uncertainty),
      table: () => fitInTable(found, uncertainty),
      warnings: found.warnings,
    };
  },
});
