/** `scaling-laws laws`: the forms that can be fitted, and the published laws to be used by name. */

import type { Command } from 'commander';
import { LawError } from '../errors.ts';
import type { LawForm } from '../laws/law.ts';
import { type PublishedLaw, publishedLaws } from '../laws/published.ts';
import { laws } from '../laws/registry.ts';
import { nearest } from '../runs/nearest.ts';
import { type Io, printJson, printLines } from './io.ts';
import { digits, table } from './words.ts';

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
      const published: readonly PublishedLaw<string>[] = Object.values(publishedLaws);
      if (json) return printJson(io, published);
      const forms: readonly LawForm[] = Object.values(laws) as unknown as LawForm[];
      printLines(io, [
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
          ),
        ),
      ]);
    });
}

/** The published laws of one form, each with its source. */
function publishedTable({ equation, coefficients }: LawForm, published: readonly PublishedLaw<string>[]): string[] {
  if (published.length === 0) return [];
  const rows = published.map(({ name, coefficients: values }) => [
    name,
    ...coefficients.map((key) => digits(values[key]!)),
  ]);
  const lines = table([['', ...coefficients], ...rows]);
  const notes = published.map(({ description, source }) => `    ${description}. ${source}`);
  return ['', equation, lines[0]!, ...lines.slice(1).flatMap((line, i) => [line, notes[i]!])];
}

/** What `fit --law` and `fit --fix-to` may name. */
function formOrLaw(name: string): LawForm | PublishedLaw<string> {
  return Object.hasOwn(laws, name) ? (laws[name as keyof typeof laws] as unknown as LawForm) : publishedNamed(name);
}

/**
 * The published law of that name on the command line.
 *
 * @throws {LawError} `E_LAW_UNKNOWN`, with the closest name of a law or a form.
 */
export function publishedNamed(name: string): PublishedLaw<string> {
  const published: readonly PublishedLaw<string>[] = Object.values(publishedLaws);
  const found = published.find((law) => law.name === name);
  if (found) return found;
  const known = [...published.map((law) => law.name), ...Object.keys(laws)];
  const near = nearest(name, known);
  const hint = near === undefined ? '' : `did you mean ${near}? `;
  throw new LawError(
    'E_LAW_UNKNOWN',
    `law must be a name that scaling-laws laws lists, got ${JSON.stringify(name)}; ${hint}`.replace(/[; ]+$/, ''),
    {
      law: name,
      didYouMean: near,
      known,
    },
  );
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
  const { equation } = laws[law as keyof typeof laws] as unknown as LawForm;
  return [name, `    ${description}`, `    ${equation}`, `    ${source}`, '', ...table(rows, 2)];
}
