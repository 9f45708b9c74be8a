/** `scaling-laws diagnose`: what is wrong with a fit, and what to do about it. */

import { ScalingLawsError } from '../errors.ts';
import { type Diagnosis, diagnose as diagnosisOf } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import type { Runs } from '../runs/runs.ts';
import { type Door, worded } from '../sentence.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { onOneLine } from './io.ts';
import { FIT, FIT_FILE, lawFileFlags, savedFitFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, readRowsOf } from './rows.ts';

/** The command. */
export const declared = command({
  args: [FIT, FIT_FILE],
  sets: {
    columns: columnFlags,
    law: lawFileFlags,
    output: jsonFlags('Print { findings: [{ code, severity, message, evidence, advice }] } as JSON.'),
    by: byFlags,
  },
  each: { of: 'fit', all: 'diagnoses', one: 'diagnosis' },
  notes: `Each finding is an error (do not use the coefficients), a warning (use them with care) or a note, the gravest first.
The filters of the fit are applied to FILE again; its columns are those that the fit was read from, unless flags name others.`,
  examples: [
    'scaling-laws diagnose fit.json runs.csv',
    "scaling-laws diagnose fit.json runs.csv --N 'Model Size' --C 'Training FLOP' --json",
    'scaling-laws fit runs.csv --json | scaling-laws diagnose - runs.csv',
  ],
  run: async ({ args: [name = '-'], files, flags, io, door, family }) => {
    const fit = await savedFitFrom(name, flags.law.lawFile, io, family);
    const found = diagnoseFrom(fit, await readRowsOf(fit, files, flags.columns, io), {
      name,
      file: files.join(' ') || '-',
    });
    return { json: found, words: () => diagnosisInWords(found, door) };
  },
});

/** As {@link diagnose}; where the table is not the one behind the fit, says what to look at. */
function diagnoseFrom(fit: Fit, runs: Runs, { name, file }: { name: string; file: string }): Diagnosis {
  try {
    return diagnosisOf(fit, runs);
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
function diagnosisInWords({ findings }: Diagnosis, door: Door): string[] {
  if (findings.length === 0) return ['Nothing to report: no check found anything wrong with this fit.'];
  return findings.flatMap(({ code, severity, message, advice }, i) => [
    ...(i > 0 ? [''] : []),
    `${severity}: ${onOneLine(message)} (${code})`,
    ...(advice === undefined ? [] : [`    ${onOneLine(worded(advice, door))}`]),
  ]);
}
