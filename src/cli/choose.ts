/** `scaling-laws choose`: several laws on the same runs, ranked by how well each predicts what it has not seen. */

import type { Candidate, LawChoice } from '../choose/choose-law.ts';
import { refusal } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import { type Finding, findingInWords } from '../finding.ts';
import { defaultHoldOut, holdOutInWords } from '../hold-out/split.ts';
import { choice, inside, integer, list, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import type { Door } from '../sentence.ts';
import { DEFAULT_REPLICATES } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL } from '../uncertainty/intervals.ts';
import { percent, signedPercent } from '../words.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { ownLaws } from './law-argument.ts';
import { FORM_NAMES, formNamed } from './law-names.ts';
import { holdOutFlags } from './questions.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';
import { table } from './words.ts';

const candidates = object('laws', {
  laws: optional(list(text(), { help: 'The laws to compare; see scaling-laws laws.', placeholder: 'a,b,...' })),
});
const uncertainty = object('comparison options', {
  method: optional(
    choice(['bootstrap', 'paired-t'], {
      help: 'bootstrap redraws fits and held-out runs (default); paired-t is instant, takes the fits as they are, and is too sure.',
    }),
  ),
  replicates: optional(integer({ help: 'Re-fits of each law.', placeholder: 'k' }, 2), DEFAULT_REPLICATES),
  level: optional(inside({ help: 'Nominal coverage of the intervals.', placeholder: 'share' }), DEFAULT_LEVEL),
  seed: optional(integer({ help: 'Seed of the random numbers. Default: 1.', placeholder: 'integer' })),
});
const output = object('output', {
  json: optional(
    yes({ help: 'Print { ranked: [{ name, fit, heldOut, difference }], tied, unfit, findings } as JSON.' }),
  ),
});

/** The command. */
export const choose = command({
  args: [FILE],
  sets: {
    laws: flagSet(candidates, { title: 'Judgement', change: { laws: { choices: FORM_NAMES } } }),
    holdOut: holdOutFlags,
    columns: columnFlags,
    filters: filterFlags(false),
    fit: { ...fitFlags, flags: fitFlags.flags.filter(({ name }) => name !== 'law') },
    law: lawFlags,
    uncertainty: flagSet(uncertainty, { title: 'Uncertainty' }),
    output: flagSet(output, { title: 'Output' }),
    by: byFlags,
  },
  renamed: { law: '--laws' },
  notes: `A law whose columns the table lacks, that has too few rows, or that has not the coefficients of --fix or --tie, is
listed with the reason. Where no law could be judged, that is the answer: the exit code is 0, and ranked is empty.
Without --hold-out, the largest sizes judge: as few as hold five runs. --law-file adds a law of your own.

${FILTER_ORDER}
--equals takes rows from both sides, every other filter from the fits alone, so that all laws are judged on the same rows.`,
  examples: [
    'scaling-laws choose runs.csv --laws chinchilla,kaplan,power-law-n',
    'scaling-laws choose runs.csv --laws chinchilla,farseer --hold-out largest-N:2 --method paired-t',
    'scaling-laws choose checkpoints.csv --laws chinchilla,skaling --exclude-early-fraction 0.2 --json',
  ],
  each: { of: 'rows', all: 'choices', one: 'choice' },
  run: async ({ flags, rows: table, door }) => {
    const { laws: names } = flags.laws;
    if (!names) throw refusal('choose', 'have --laws', 'none', '--laws chinchilla,kaplan compares two');
    const filters = flags.filters as readonly Filter[];
    const { lawFile, ...law } = flags.law;
    const forms = [...names.map((name) => formNamed('laws', name)), ...(await ownLaws(lawFile))];
    const list = await Promise.all(
      forms.map(async (form): Promise<Candidate> => {
        const options = await fitOptionsOf(flags.fit, law, form);
        return { name: typeof form === 'string' ? form : form.kind, options: { ...options, filters, law: form } };
      }),
    );
    const rows = await table();
    // Rows of other experiments judge nothing.
    const { applyFilters } = await import('../filters/apply.ts');
    const { chooseLaw } = await import('../choose/choose-law.ts');
    const runs = applyFilters(
      rows,
      filters.filter(({ kind }) => kind === 'equals'),
    ).kept;
    const found = chooseLaw(runs, list, flags.holdOut ?? defaultHoldOut(runs), flags.uncertainty);
    return {
      json: found,
      words: () => choiceInWords(found, door),
      table: () => rankedLines(found),
      warnings: warningsOf(found),
    };
  },
});

function rankedLines({ ranked }: LawChoice): string[][] {
  const rows = ranked.map(({ name, fit, heldOut }) => [
    name,
    String(fit.runs.kept),
    String(heldOut.rows),
    percent(heldOut.meanAbsoluteRelativeError!),
    signedPercent(heldOut.meanSignedError!),
    percent(heldOut.maxAbsoluteRelativeError!),
  ]);
  return [['law', 'rows', 'held out', 'mean error', 'signed', 'worst'], ...rows];
}

function choiceInWords(choice: LawChoice, door: Door): string[] {
  const { how, ranked, unfit, findings } = choice;
  return [
    ...(ranked.length === 0 ? ['No law could be judged.'] : []),
    ...(ranked.length > 0 ? [`Held out: ${holdOutInWords(how)}.`, '', ...table(rankedLines(choice))] : []),
    ...(findings.length > 0 ? ['', ...findings.map((one) => findingInWords(one, door))] : []),
    ...(unfit.length > 0 ? ['', ...unfit.map(({ name, message }) => `${name}: not judged: ${message}`)] : []),
  ];
}

/** Warnings of the fits, each with its law. */
const warningsOf = ({ ranked }: LawChoice): Finding[] =>
  ranked.flatMap(({ name, fit }) => fit.warnings.map((one) => ({ ...one, message: `${name}: ${one.message}` })));
