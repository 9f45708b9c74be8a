/** `scaling-laws laws`: the forms that can be fitted, and the published laws to be used by name. */

import type { Command } from 'commander';
import { ScalingLawsError } from '../errors.ts';
import type { LawForm } from '../laws/law.ts';
import { type PublishedLaw, publishedLaws } from '../laws/published.ts';
import { type LawName, laws } from '../laws/registry.ts';
import { nearest } from '../nearest.ts';
import { digits } from '../words.ts';
import { fold } from './fold.ts';
import { type Io, printJson, printLines, UsageError } from './io.ts';
import { table } from './words.ts';

/** Adds the command to `program`. */
export function addLaws(program: Command, io: Io): void {
  program
    .command('laws')
    .description('list the forms that can be fitted, and the published laws: name, coefficients, source')
    .argument('[name]', 'one form or one published law, with all there is to say about it')
    .option('--json', 'print the published laws, or the one named, as JSON')
    .action((name: string | undefined, { json }: { json?: true }) => {
      if (name !== undefined) {
        const found = formOrLaw(name);
        if (json) return printJson(io, found);
        return printLines(io, 'description' in found ? lawInWords(found) : formInWords(found));
      }
      const published = PUBLISHED;
      if (json) return printJson(io, published);
      const forms: readonly LawForm[] = Object.values(laws) as unknown as LawForm[];
      const lines = [
        'Forms, for fit --law:',
        '',
        ...table(
          forms.map(({ kind, equation }) => [kind, equation]),
          2,
        ),
        '',
        'Published laws, for predict, optimal and fit --fix-to:',
        ...forms.flatMap((form) =>
          publishedTable(
            form,
            published.filter(({ law }) => law === form.kind),
            io.columns,
          ),
        ),
      ];
      io.stdout(`${fold(lines.join('\n'), io.columns)}\n`);
    });
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

const FORMS: readonly string[] = Object.keys(laws);
/** Other names of forms. */
const ALIASES: Readonly<Record<string, LawName>> = { 'power-law': 'power-law-c' };
/** What a flag that names a form takes. */
export const FORM_NAMES: readonly string[] = [...FORMS, ...Object.keys(ALIASES)];
const PUBLISHED: readonly PublishedLaw<string>[] = Object.values(publishedLaws);

/** What `fit --law` and `fit --fix-to` may name. */
function formOrLaw(name: string): LawForm | PublishedLaw<string> {
  if (FORM_NAMES.includes(name)) return laws[formNamed('name', name)] as unknown as LawForm;
  return publishedNamed('name', name, FORM_NAMES);
}

/** The form that `text` names at `where`, a flag or an argument. @throws {UsageError} With the closest name. */
export function formNamed(where: string, text: string): LawName {
  if (Object.hasOwn(ALIASES, text)) return ALIASES[text]!;
  if (FORMS.includes(text)) return text as LawName;
  const hint = hintOf(nearest(text, FORM_NAMES));
  throw new UsageError(`${where} must be one of ${FORM_NAMES.join(', ')}, got ${JSON.stringify(text)}${hint}`);
}

/**
 * The published law that `text` names at `where`.
 *
 * @param others - Further names that may stand there, for the hint.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, with the closest name, or the first law whose name begins so.
 */
export function publishedNamed(where: string, text: string, others: readonly string[] = []): PublishedLaw<string> {
  const found = PUBLISHED.find(({ name }) => name === text);
  if (found) return found;
  const names = [...PUBLISHED.map(({ name }) => name), ...others];
  const near = nearest(text, names) ?? names.find((name) => name.startsWith(`${text}-`));
  const what = others.length > 0 ? 'a form or a published law' : 'a published law';
  throw new ScalingLawsError(
    'E_LAW_UNKNOWN',
    `${where} must be ${what} that scaling-laws laws lists, got ${JSON.stringify(text)}${hintOf(near)}`,
    { law: text, didYouMean: near, known: names },
  );
}

const hintOf = (near: string | undefined): string => (near === undefined ? '' : `; did you mean ${near}?`);

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
  const { equation } = laws[law as keyof typeof laws] as unknown as LawForm;
  return [name, `    ${description}`, `    ${equation}`, `    ${source}`, '', ...table(rows, 2)];
}
