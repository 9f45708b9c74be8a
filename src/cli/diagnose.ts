/** `scaling-laws diagnose`: what is wrong with a fit, and what to do about it. */

import type { Command } from 'commander';
import { ScalingLawsError } from '../errors.ts';
import { type Diagnosis, diagnose } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import type { Runs } from '../runs/runs.ts';
import { inCode, worded } from '../sentence.ts';
import { type Io, inFlags, printJson, printLines, UsageError } from './io.ts';
import { savedFitFrom } from './law-argument.ts';
import { addColumnFlags, type ColumnFlags, readRows } from './row-flags.ts';

interface Flags extends ColumnFlags {
  readonly json?: true;
}

const EXAMPLES = `
Each finding is an error (do not use the coefficients), a warning (use them with care) or a note, the gravest first.
The filters of the fit are applied to FILE again; its columns must be named as they were for the fit.

Examples:
  scaling-laws diagnose fit.json runs.csv
  scaling-laws diagnose fit.json runs.csv --N 'Model Size' --C 'Training FLOP' --json
  scaling-laws fit runs.csv --json | scaling-laws diagnose - runs.csv`;

/** Adds the command to `program`. */
export function addDiagnose(program: Command, io: Io): void {
  const command = program
    .command('diagnose')
    .description('what is wrong with a fit: its design, its optimum, its residuals; and what to do')
    .argument('<fit>', 'the file of a saved fit, or - for one on stdin')
    .argument('<file>', 'the table that the fit was made from; - for stdin');
  addColumnFlags(command)
    .optionsGroup('Output:')
    .option('--json', 'print { findings: [{ code, severity, message, evidence, advice }] } as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, file: string, flags: Flags) => {
      if (name === '-' && file === '-') throw new UsageError('one of FIT and FILE must be a file, got - for both');
      const fit = await savedFitFrom(name, io);
      const diagnosis = diagnoseFrom(fit, await readRows(file, flags, io), { name, file });
      if (flags.json) return printJson(io, diagnosis);
      printLines(io, diagnosisInWords(diagnosis));
    });
}

/** As {@link diagnose}; where the table is not the one behind the fit, says what to look at. */
function diagnoseFrom(fit: Fit, runs: Runs, { name, file }: { name: string; file: string }): Diagnosis {
  try {
    return diagnose(fit, runs);
  } catch (error) {
    if (!(error instanceof ScalingLawsError && error.code === 'E_RUNS_MISMATCH')) throw error;
    const { read, kept, dropped } = fit.runs;
    const predicate = dropped.map(({ filter }) => filter).find(({ kind }) => kind === 'predicate');
    const hint = predicate
      ? `; ${name} was filtered by a function, so FILE must hold the rows it kept`
      : runs.length === read
        ? '; as many rows, so perhaps other columns: name them as for the fit, with --N, --D, --C, --loss, --run'
        : '';
    throw new ScalingLawsError(
      error.code,
      `${file}: the table must be the one that ${name} was made from (${read} rows read, ${kept} kept), ` +
        `got other rows (${runs.length} read)${hint}`,
      error.details,
    );
  }
}

/** A paragraph a finding. */
function diagnosisInWords({ findings }: Diagnosis): string[] {
  if (findings.length === 0) return ['Nothing to report: no check found anything wrong with this fit.'];
  return findings.flatMap(({ code, severity, message, advice }, i) => [
    ...(i > 0 ? [''] : []),
    `${severity}: ${inFlags(message)} (${code})`,
    ...(advice === undefined ? [] : [`    ${inFlags(worded(advice, inCode))}`]),
  ]);
}
