/** `scaling-laws downstream`: a link from loss to benchmark error, and the accuracy of a model that is yet to be trained. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { downstream as askedOf, type Downstream, type FittedLink, fitLink, linkKind } from '../fit/downstream.ts';
import { table } from '../report/text-table.ts';
import { fieldOf } from '../runs/field-of.ts';
import { parseQuantity } from '../runs/quantity.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { readText } from '../tables/read-text.ts';
import { digits, percent } from '../words.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { inFileSync, lawFrom, textOf } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { MODEL } from './questions.ts';

const linking = object('link options', {
  link: optional(linkKind, 'sigmoid'),
  loss: optional(text({ help: 'Column of the loss, in nats per token.', placeholder: 'column' }), 'loss'),
  error: optional(text({ help: 'Column of the share of errors, 0 to 1.', placeholder: 'column' }), 'error'),
});
const asking = object('link options', {
  through: optional(text({ help: 'Law of that loss: its name, or its file.', placeholder: 'law' })),
  point: optional(object('model', MODEL, { help: 'Model whose accuracy to predict.', flag: 'predict-at' })),
});

/** The command. */
export const declared = command({
  args: [{ name: 'file', help: 'Table of models, the loss and the error of one a row; - reads stdin.' }],
  sets: {
    link: flagSet(linking, { title: 'Link' }),
    question: flagSet(asking, { title: 'Question', needs: { through: ['predict-at'], 'predict-at': ['through'] } }),
    output: jsonFlags('Print { link, answer: { error, accuracy, loss, extrapolation } } as JSON.'),
  },
  notes: 'The law must be of the loss that the link is fitted to, on the same text.',
  examples: ['scaling-laws downstream benchmark.csv --link exponential --through fit.json --predict-at 70B,1.4T'],
  run: async ({ args: [file = '-'], flags, io }) => {
    const { link: kind = 'sigmoid', loss = 'loss', error = 'error' } = flags.link;
    const { through, point } = flags.question;
    if (file === '-' && through === '-') throw refusal('one of FILE and --through', 'be a file', '- for both');
    const law = through === undefined ? undefined : await lawFrom(through, {}, io);
    const content = await textOf(file, io);
    const where = file === '-' ? 'standard input' : file;
    const link = inFileSync(where, () => fitLink(modelsIn(content, loss, error), kind));
    const answer = law && point ? askedOf(law, link, point) : null;
    return { json: { link, answer }, words: () => [...linkLines(link), ...(answer ? ['', inWords(answer)] : [])] };
  },
});

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
