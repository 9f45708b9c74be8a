/** `scaling-laws fit`: from a table of runs to coefficients. */

import type { Command } from 'commander';
import type { Filter } from '../filters/filter.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { mixedConventions } from '../fit/mixed-conventions.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import { bootstrapParallel } from '../node.ts';
import { DEFAULT_LEVEL } from '../uncertainty/intervals.ts';
import { addBootstrapFlags, type BootstrapFlags, bootstrapOf, refuseAlone } from './bootstrap-flags.ts';
import { addFitFlags, type FitFlags, fitOptionsOf } from './fit-flags.ts';
import { fitInWords } from './fit-words.ts';
import { given, LEVEL, numberFlag } from './flags.ts';
import { type Io, printJson, printLines, printWarnings } from './io.ts';
import { publishedNamed } from './laws.ts';
import { longWork } from './long-work.ts';
import { isStdout, writeOut } from './out.ts';
import { addRowFlags, FILTER_ORDER, filtersOf, type RowFlags, readRows } from './row-flags.ts';
import { uncertaintyOf } from './uncertainty.ts';

interface Flags extends RowFlags, FitFlags, BootstrapFlags {
  readonly level?: number;
  readonly out?: string;
  readonly json?: true;
}

const EXAMPLES = `
${FILTER_ORDER}

Examples:
  scaling-laws fit runs.csv --out fit.json
  scaling-laws fit runs.csv --N 'Model Size' --C 'Training FLOP' --drop-top-loss 5
  scaling-laws fit checkpoints.jsonl --run model,seed --exclude-early-fraction 0.25 --max-tokens-per-param 100
  scaling-laws fit runs.csv --bootstrap 1000 --seed 1
  scaling-laws fit repeated.csv --law muennighoff --U unique_tokens --fix-to muennighoff-2023
  scaling-laws fit - --penalty absolute --tie alpha=beta --json < runs.csv`;

/** Adds the command to `program`. */
export function addFit(program: Command, io: Io): void {
  const command = program
    .command('fit')
    .description('fit a scaling law to a table of runs; without --law, L(N, D) = E + A / N^alpha + B / D^beta')
    .argument('<file>', 'CSV, TSV, JSON or JSON Lines, one measured loss a row; - for stdin');
  addBootstrapFlags(addFitFlags(addRowFlags(command, false), false))
    .addOption(numberFlag('--level <share>', `nominal coverage of the intervals (default: ${DEFAULT_LEVEL})`, LEVEL))
    .optionsGroup('Output:')
    .option(
      '--out <file>',
      'save the fit (without its bootstrap), for predict, optimal and diagnose; - for stdout, and no words',
    )
    .option('--json', 'print the fit as JSON, and with --bootstrap { bootstrap: { standardErrors, intervals } } in it')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Flags) => {
      const options = fitOptionsOf(flags);
      // Without lists, what may vary is a plain filter.
      const filters = filtersOf(flags) as readonly Filter[];
      const plan = bootstrapOf(flags);
      if (!plan) for (const name of ['level', 'workers'] as const) refuseAlone(`--${name}`, flags[name]);
      const runs = await readRows(file, flags, io);
      const fitted = fitScalingLaw(runs, { ...options, filters });
      const mixed = flags.fixTo === undefined ? [] : mixedConventions(publishedNamed('--fix-to', flags.fixTo), runs);
      const fit = withLaw({ ...fitted, warnings: [...mixed, ...fitted.warnings] }, lawOf(fitted));
      const { level = DEFAULT_LEVEL, workers } = flags;
      const uncertainty =
        plan &&
        uncertaintyOf(
          await longWork(io, 'bootstrap', (watch) =>
            bootstrapParallel(fit, runs, { ...plan, ...given({ workers }), ...watch }),
          ),
          level,
        );
      const { out, json } = flags;
      if (!isStdout(out)) await writeOut(out, `${JSON.stringify(fit, null, 2)}\n`);
      if (json) return printJson(io, uncertainty ? { ...fit, bootstrap: uncertainty } : fit);
      if (out === '-') printJson(io, fit);
      else printLines(io, [...fitInWords(fit, uncertainty), ...(out === undefined ? [] : ['', `Saved to ${out}`])]);
      printWarnings(io, fit.warnings);
    });
}
