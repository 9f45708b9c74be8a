/** `scaling-laws downstream`: a link from loss to benchmark error, and the accuracy of a model that is yet to be trained. */

import { readFile } from 'node:fs/promises';
import { refusal, ScalingLawsError } from '../errors.ts';
import { downstream as askedOf, type Downstream, type FittedLink, fitLink, linkKind } from '../fit/downstream.ts';
import { fileReason } from '../node/file-reason.ts';
import { fieldOf } from '../runs/field-of.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { readText } from '../tables/read-text.ts';
import { digits, percent } from '../words.ts';
import { command } from './command.ts';
import { type Flag, type FlagSet, flagSet } from './flags.ts';
import { type Io, printJson, printLines } from './io.ts';
import { inFileSync, lawFrom } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';
import { pointIn } from './questions.ts';
import { table } from './words.ts';

const linking = object('link options', {
  link: optional(linkKind, 'sigmoid'),
  loss: optional(text({ help: 'Column of the loss, in nats per token.', placeholder: 'column' }), 'loss'),
  error: optional(text({ help: 'Column of the share of errors, 0 to 1.', placeholder: 'column' }), 'error'),
});
const asking = object('link options', {
  through: optional(text({ help: 'Law of that loss: its name, or its file.', placeholder: 'law' })),
});
const output = object('output', {
  json: optional(yes({ help: 'Print { link, answer: { error, accuracy, loss, extrapolation } } as JSON.' })),
});
const askingFlags = flagSet(asking, { title: '', change: { through: { choices: PUBLISHED_NAMES } } });
const predictAt: Flag = {
  name: 'predict-at',
  path: 'point',
  placeholder: 'N,D',
  help: 'Ask for the accuracy of N parameters on D tokens.',
  isMany: false,
  read: (texts) => pointIn(texts.at(-1)!),
};
type Asked = { readonly through?: string | undefined; readonly point?: { readonly N: number; readonly D: number } };
const question: FlagSet<Asked> = {
  title: 'Question',
  flags: [...askingFlags.flags, predictAt],
  needs: { through: ['predict-at'], 'predict-at': ['through'] },
  of: (values, names) => ({
    ...askingFlags.of(values, names),
    ...(values.get('predict-at') !== undefined && { point: values.get('predict-at') as { N: number; D: number } }),
  }),
};

/** The command. */
export const downstream = command({
  args: [{ name: 'file', help: 'Table of models, the loss and the error of one a row; - reads stdin.' }],
  sets: { link: flagSet(linking, { title: 'Link' }), question, output: flagSet(output, { title: 'Output' }) },
  notes: 'The law must be of the loss that the link is fitted to, on the same text.',
  examples: ['scaling-laws downstream benchmark.csv --link exponential --through fit.json --predict-at 70B,1.4T'],
  run: async ({ args: [file = '-'], flags, io }) => {
    const { link: kind = 'sigmoid', loss = 'loss', error = 'error' } = flags.link;
    const { through, point } = flags.question;
    if (file === '-' && through === '-') throw refusal('one of FILE and --through', 'be a file', '- for both');
    const law = through === undefined ? undefined : await lawFrom(through, {}, io);
    const content = await contentOf(file, io);
    const where = file === '-' ? 'standard input' : file;
    const link = inFileSync(where, () => fitLink(modelsIn(content, loss, error), kind));
    const answer = law && point ? askedOf(law, link, point) : null;
    if (flags.output.json) return printJson(io, { link, answer });
    printLines(io, [...linkLines(link), ...(answer ? ['', inWords(answer)] : [])]);
  },
});

async function contentOf(file: string, io: Io): Promise<string> {
  if (file === '-') return io.stdin();
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new ScalingLawsError('E_FILE', { argument: file, rule: 'be a readable file', got: fileReason(error) });
  });
}

function modelsIn(content: string, ...names: readonly [string, string]): { loss: number; error: number }[] {
  const { header, columns, bad } = readText(content, fieldOf).table;
  const [worst] = bad;
  if (worst) throw new ScalingLawsError('E_FORMAT', { ...worst, where: `row ${worst.row}`, got: worst.value });
  const [losses, errors] = names.map((name) => {
    const column = columns[header.indexOf(name)];
    if (column) return column.map(parseQuantity);
    throw new ScalingLawsError('E_COLUMN_MISSING', {
      argument: 'the table',
      rule: `have the column ${name}`,
      got: header.join(', '),
    });
  });
  return losses!.map((loss, i) => ({ loss, error: errors![i]! }));
}

const linkLines = ({ link, coefficients, fittedRange: [low, high] }: FittedLink): string[] => [
  `${link} link, fitted to losses from ${digits(low, 4)} to ${digits(high, 4)} nats per token:`,
  '',
  ...table(Object.entries<number>(coefficients).map(([name, value]) => [name, digits(value)])),
];

const inWords = ({ accuracy, loss, extrapolation, clamped }: Downstream): string =>
  `Accuracy ${percent(accuracy)} at loss ${digits(loss, 4)}` +
  `${extrapolation ? ', outside the losses of the link' : ''}${clamped ? ', where the link leaves 0 to 1' : ''}.`;
