/** `scaling-laws choose`: several laws on the same runs, ranked by how well each predicts what it has not seen. */

import { type Candidate, chooseLaw, chooseOptions, type LawChoice } from '../choose/choose-law.ts';
import { type Finding, findingInWords } from '../finding.ts';
import { defaultHoldOut, holdOutInWords } from '../hold-out/split.ts';
import { table } from '../report/text-table.ts';
import { choice, list } from '../schema/fields.ts';
import { object } from '../schema/objects.ts';
import type { Door } from '../sentence.ts';
import { percent, signedPercent } from '../words.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { ofExperiment } from './judged-fits.ts';
import { ownLaws } from './law-argument.ts';
import { FORM_NAMES, formNamed } from './law-names.ts';
import { jsonFlags } from './out.ts';
import { holdOutFlags } from './questions.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

const candidates = object('laws', {
  laws: list(choice(FORM_NAMES), { help: 'Laws to compare; see scaling-laws laws.', placeholder: 'law,law,...' }),
});

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    laws: flagSet(candidates, { title: 'Judgement', needed: [['laws']] }),
    holdOut: holdOutFlags,
    columns: columnFlags,
    filters: filterFlags(false),
    fit: { ...fitFlags, flags: fitFlags.flags.filter(({ name }) => name !== 'law') },
    law: lawFlags,
    uncertainty: flagSet(chooseOptions, { title: 'Uncertainty' }),
    output: jsonFlags('Print { ranked: [{ name, fit, heldOut, difference }], tied, unfit, findings } as JSON.'),
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
    const names = flags.laws.laws!;
    const { filters } = flags;
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
    const runs = ofExperiment(rows, filters);
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
