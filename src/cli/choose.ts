/** `scaling-laws choose`: several laws on the same runs, ranked by how well each predicts what it has not seen. */

import { type Command, Option } from 'commander';
import { type Candidate, type ChooseOptions, chooseLaw, type LawChoice } from '../choose/choose-law.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { type Finding, findingInWords } from '../finding.ts';
import { defaultHoldOut, type HoldOut, holdOutInWords } from '../hold-out/split.ts';
import { inCode } from '../sentence.ts';
import { DEFAULT_REPLICATES } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL } from '../uncertainty/intervals.ts';
import { percent, signedPercent } from '../words.ts';
import { addFitFlags, type FitFlags, fitOptionsOf } from './fit-flags.ts';
import { choiceFlag, given, integer, LEVEL, numberFlag } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { FORM_NAMES, formNamed } from './laws.ts';
import { holdOutFlag } from './question-flags.ts';
import { addRowFlags, FILTER_ORDER, filtersOf, type RowFlags, readRows } from './row-flags.ts';
import { table } from './words.ts';

interface Flags extends RowFlags, FitFlags {
  readonly laws?: readonly string[];
  readonly holdOut?: HoldOut;
  readonly method?: NonNullable<ChooseOptions['method']>;
  readonly level?: number;
  readonly replicates?: number;
  readonly seed?: number;
  readonly json?: true;
}

const EXAMPLES = `
A law whose columns the table lacks, that has too few rows, or that has not the coefficients of --fix or --tie, is
listed with the reason. Where no law could be judged, that is the answer: the exit code is 0, and ranked is empty.
Without --hold-out, the largest sizes judge: as few as hold five runs.

${FILTER_ORDER}
--equals takes rows from both sides, every other filter from the fits alone, so that all laws are judged on the same rows.

Examples:
  scaling-laws choose runs.csv --laws chinchilla,kaplan,power-law-n
  scaling-laws choose runs.csv --laws chinchilla,farseer --hold-out largest-N:2 --method paired-t
  scaling-laws choose checkpoints.csv --laws chinchilla,skaling --exclude-early-fraction 0.2 --json`;

/** Adds the command to `program`. */
export function addChoose(program: Command, io: Io): void {
  const command = program
    .command('choose')
    .description('fit several laws to one part of the runs, and rank them by how they predict the other')
    .argument('<file>', 'CSV, TSV, JSON or JSON Lines, one measured loss a row; - for stdin')
    .addOption(choiceFlag('--laws <a,b,...>', 'the laws to compare', FORM_NAMES, true))
    .addOption(holdOutFlag());
  addFitFlags(addRowFlags(command, false), false)
    .optionsGroup('Uncertainty:')
    .addOption(
      new Option(
        '--method <name>',
        'bootstrap: fits and held-out runs redrawn (default); paired-t: these fits only, at once, and too sure',
      ).choices(['bootstrap', 'paired-t']),
    )
    .addOption(numberFlag('--replicates <k>', `re-fits of each law (default: ${DEFAULT_REPLICATES})`, integer(2)))
    .addOption(numberFlag('--level <share>', `nominal coverage of the intervals (default: ${DEFAULT_LEVEL})`, LEVEL))
    .addOption(numberFlag('--seed <integer>', 'one seed, one answer (default: 1)', integer(0)))
    .optionsGroup('Output:')
    .option('--json', 'print { ranked: [{ name, fit, heldOut, difference }], tied, unfit, findings } as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Flags) => {
      const { laws: names, method, level, replicates, seed } = flags;
      if (!names) throw new UsageError('choose must have --laws, e.g. --laws chinchilla,kaplan, got none');
      if (flags.law) throw new UsageError(`choose must have its laws in --laws, got --law ${flags.law}`);
      const options = fitOptionsOf(flags);
      const filters = filtersOf(flags) as readonly Filter[];
      const table = await readRows(file, flags, io);
      // Rows of other experiments judge nothing.
      const experiment = filters.filter(({ kind }) => kind === 'equals');
      const runs = applyFilters(table, experiment).kept;
      const candidates = names.map((text): Candidate => {
        const name = formNamed('--laws', text);
        return { name, options: { ...options, filters, law: name } };
      });
      const choice = chooseLaw(
        runs,
        candidates,
        flags.holdOut ?? defaultHoldOut(runs),
        given({ method, level, replicates, seed }),
      );
      if (flags.json) return printJson(io, choice);
      printLines(io, choiceInWords(choice));
      printWarnings(io, warningsOf(choice));
    });
}

function choiceInWords({ how, ranked, unfit, findings }: LawChoice): string[] {
  const rows = ranked.map(({ name, fit, heldOut }) => [
    name,
    String(fit.runs.kept),
    String(heldOut.rows),
    percent(heldOut.meanAbsoluteRelativeError!),
    signedPercent(heldOut.meanSignedError!),
    percent(heldOut.maxAbsoluteRelativeError!),
  ]);
  return [
    ...(ranked.length === 0 ? ['No law could be judged.'] : []),
    ...(ranked.length > 0
      ? [
          `Held out: ${holdOutInWords(how)}.`,
          '',
          ...table([['law', 'rows', 'held out', 'mean error', 'signed', 'worst'], ...rows]),
        ]
      : []),
    ...(findings.length > 0 ? ['', ...findings.map((one) => findingInWords(one, inCode))] : []),
    ...(unfit.length > 0 ? ['', ...unfit.map(({ name, message }) => `${name}: not judged: ${message}`)] : []),
  ];
}

/** Warnings of the fits, each with its law. */
const warningsOf = ({ ranked }: LawChoice): Finding[] =>
  ranked.flatMap(({ name, fit }) => fit.warnings.map((one) => ({ ...one, message: `${name}: ${one.message}` })));
