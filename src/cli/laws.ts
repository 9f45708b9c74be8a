/** `scaling-laws laws`: the forms that can be fitted, and the published laws to be used by name. */

import type { LawForm } from '../laws/law.ts';
import type { PublishedLaw } from '../laws/published.ts';
import { laws as allForms } from '../laws/registry.ts';
import { table } from '../report/text-table.ts';
import { digits } from '../words.ts';
import { command } from './command.ts';
import { fold } from './fold.ts';
import { FORM_NAMES, formNamed, PUBLISHED, PUBLISHED_NAMES, publishedNamed } from './law-names.ts';
import { jsonFlags } from './out.ts';

const FORMS: readonly LawForm[] = Object.values(allForms) as unknown as LawForm[];

/** The command. */
export const declared = command({
  args: [
    {
      name: '[name]',
      help: 'One form or one published law, with all there is to say about it.',
      choices: () => [...FORM_NAMES, ...PUBLISHED_NAMES],
      open: true,
    },
  ],
  sets: { output: jsonFlags('Print the published laws, or the one named, as JSON.') },
  examples: ['scaling-laws laws', 'scaling-laws laws hoffmann-2022 --json'],
  run: ({ args: [name], io }) => {
    if (name === undefined) return { json: PUBLISHED, words: () => overview(io.columns) };
    const found = formOrLaw(name);
    return { json: found, words: () => ('description' in found ? lawInWords(found) : formInWords(found)) };
  },
});

function overview(width: number | undefined): string[] {
  const lines = [
    'Forms, for fit --law:',
    '',
    ...table(
      FORMS.map(({ kind, equation }) => [kind, equation]),
      2,
    ),
    '',
    'Published laws, for predict, optimal and fit --fix-to:',
    ...FORMS.flatMap((form) =>
      publishedTable(
        form,
        PUBLISHED.filter(({ law }) => law === form.kind),
        width,
      ),
    ),
  ];
  return [fold(lines.join('\n'), width)];
}

/** The published laws of one form, each with its source; of a parted table, in its last part. */
function publishedTable(
  { equation, coefficients }: LawForm,
  published: readonly PublishedLaw<string>[],
  width: number | undefined,
): string[] {
  if (published.length === 0) return [];
  const rows = published.map(({ name, coefficients: values }) => [
    name,
    ...coefficients.map((key) => digits(values[key]!)),
  ]);
  const lines = table([['', ...coefficients], ...rows], 1, width);
  const notes = published.map(({ description, source }) => `    ${description}. ${source}`);
  const before = lines.length - notes.length;
  return ['', equation, ...lines.flatMap((line, i) => [line, notes[i - before] ?? []].flat())];
}

/** What `fit --law` and `fit --fix-to` may name. */
function formOrLaw(name: string): LawForm | PublishedLaw<string> {
  if (FORM_NAMES.includes(name)) return allForms[formNamed('name', name)] as unknown as LawForm;
  return publishedNamed('name', name, FORM_NAMES);
}

function formInWords({ kind, equation, source, variables, coefficients, bounds, units }: LawForm): string[] {
  const rows = coefficients.map((name) => [
    name,
    units[name]!,
    `from ${digits(bounds[name]![0])}`,
    `to ${digits(bounds[name]![1])}`,
  ]);
  return [kind, `    ${equation}`, `    ${source}`, '', `reads ${variables.join(', ')}`, '', ...table(rows, 4)];
}

function lawInWords({ name, law, description, source, coefficients }: PublishedLaw<string>): string[] {
  const rows = Object.entries(coefficients).map(([key, value]) => [key, digits(value, 10)]);
  const { equation } = allForms[law as keyof typeof allForms] as unknown as LawForm;
  return [name, `    ${description}`, `    ${equation}`, `    ${source}`, '', ...table(rows, 2)];
}
