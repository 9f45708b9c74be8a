/**
 * The LAW of a command line: a published law by name, the file of a saved fit or of `{"law": "kaplan", "coefficients": {...}}`, or coefficients
 * in flags; and the FIT, which has rows behind it.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { refusal, ScalingLawsError } from '../errors.ts';
import type { FamilyError, FamilyFits } from '../families/each.ts';
import { type Fit, fitFromJson } from '../fit/fit.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { lawFromJson } from '../laws/from-json.ts';
import type { LawForm } from '../laws/law.ts';
import { DEFAULT_LAW, lawNamed } from '../laws/registry.ts';
import { nearest } from '../nearest.ts';
import { fileReason } from '../node/file-reason.ts';
import { byName, choice, finite, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { isRecord } from '../tables/table.ts';
import { listed } from '../words.ts';
import type { Argument } from './command.ts';
import { type FlagSet, flagSet } from './flags.ts';
import { type Io, stdinText } from './io.ts';
import { FORM_NAMES, formNamed, PUBLISHED, PUBLISHED_NAMES } from './law-names.ts';

/** The argument. */
export const LAW: Argument = {
  name: '[law]',
  help: 'Name of a published law (see scaling-laws laws), or file of a saved fit or of coefficients; - reads stdin.',
  choices: () => PUBLISHED_NAMES,
  open: true,
};
/** The argument of commands that need the rows behind a fit. */
export const FIT: Argument = { name: 'fit', help: 'File of a saved fit; - reads stdin.' };
/** The table behind it. */
export const FIT_FILE: Argument = {
  name: 'file',
  help: 'The table that the fit was made from; - reads stdin.',
  isTable: true,
};

const lawFile = optional(
  text({ help: 'Module that exports a law of your own, made by defineLaw.', placeholder: 'file' }),
);

/** Flags that give a law, or say where it is defined. */
export const lawSourceFlags = flagSet(
  object('law', {
    law: optional(choice(FORM_NAMES, { help: 'Law of --coefficients; see scaling-laws laws.' }), DEFAULT_LAW),
    coefficients: optional(byName(finite(), { help: 'Coefficients in place of LAW.', example: { E: 1.69, A: 406.4 } })),
    lawFile,
  }),
  {
    title: 'Law',
    needs: { law: ['coefficients'] },
  },
);
/** What they say. */
export type LawSource = typeof lawSourceFlags extends FlagSet<infer T> ? T : never;
/** The flag of a command whose fit may be of a law of the user's own. */
export const lawFileFlags = flagSet(object('law', { lawFile }), { title: 'Law' });

/** The user's own law, if a flag names its file. */
export async function ownLaws(path: string | undefined): Promise<readonly LawForm[]> {
  if (path === undefined) return [];
  const { loadLawFile } = await import('../node.ts');
  return [(await loadLawFile(path)) as LawForm];
}

/**
 * The law that `name` or the flags give; a published law wins over a file of that name.
 *
 * @param folder - Where files are looked for.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN` if it is none, with the closest name.
 */
export async function lawFrom(
  name: string | undefined,
  { law, coefficients, lawFile: path }: LawSource,
  io: Io,
  folder = '.',
): Promise<FittedLaw<string>> {
  const laws = await ownLaws(path);
  if (coefficients) {
    if (name !== undefined) throw refusal('LAW', 'be left out where --coefficients are given', name);
    const form = laws[0] ?? lawNamed(formNamed('law', law ?? DEFAULT_LAW));
    return lawFromJson({ law: form.kind, coefficients }, { laws });
  }
  if (name === undefined) throw refusal('LAW', 'be given', 'none', 'give its name, its file or --coefficients');
  const found = PUBLISHED.find((one) => one.name === name);
  if (found) return found;
  const file = name === '-' ? name : resolve(folder, name);
  if (name !== '-' && !existsSync(file)) throw unknownLaw(name);
  return fromText(name, await textOf(file, io), laws);
}

function unknownLaw(name: string): ScalingLawsError {
  const near = nearest(name, PUBLISHED_NAMES);
  const rule = 'be the name of a published law or the file of a saved fit';
  const cure = `${near === undefined ? '' : `did you mean ${near}? `}the names are ${PUBLISHED_NAMES.join(', ')}`;
  const details = { law: name, didYouMean: near, known: PUBLISHED_NAMES };
  return new ScalingLawsError('E_LAW_UNKNOWN', { argument: 'LAW', rule, got: name, cure }, details);
}

/** The text of `file`, or of standard input where it is `-`. */
export async function textOf(file: string, io: Io): Promise<string> {
  if (file === '-') return stdinText(io);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ScalingLawsError('E_FILE', { argument: file, rule: 'be a readable file', got: fileReason(error) });
  }
}

/** A saved fit, or a law with coefficients. */
function fromText(name: string, content: string, laws: readonly LawForm[]): FittedLaw<string> {
  const file = name === '-' ? 'standard input' : name;
  return inFileSync(file, () =>
    isPlainLaw(content) ? lawFromJson(content, { laws }) : fitFromJson(content, { laws }),
  );
}

function isPlainLaw(content: string): boolean {
  try {
    const data: unknown = JSON.parse(content);
    return typeof data === 'object' && data !== null && 'law' in data && 'coefficients' in data && !('schema' in data);
  } catch {
    return false;
  }
}

/** What `ask` finds; what it refuses is bad input of `file`. */
export function inFileSync<T>(file: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw ofFile(file, error);
  }
}

/** `error` as one about what stands in `file`, where the names of options are those of the library. */
export function ofFile(file: string, error: unknown): unknown {
  if (!(error instanceof ScalingLawsError)) return error;
  const isArgument = error.code === 'E_ARGUMENT' || error.code === 'E_OPTION';
  return new ScalingLawsError(isArgument ? 'E_FORMAT' : error.code, `${file}: ${error.message}`, {
    ...error.details,
    path: file,
  });
}

/** The families in the file of a `fit --by`: those that have a fit, and why others have none. */
export interface SavedFamilies {
  readonly by: string;
  readonly families: readonly string[];
  readonly failed: readonly FamilyError[];
}

/** What `fit --by` saved at path `name`; undefined for anything else. */
export async function savedFamilies(name = '-', io: Io): Promise<SavedFamilies | undefined> {
  if (name !== '-' && !existsSync(name)) return undefined;
  const saved = familyFitsIn(await textOf(name, io));
  if (!saved) return undefined;
  const { by, fits } = saved;
  return {
    by,
    families: fits.flatMap((one) => ('fit' in one ? [one.family] : [])),
    failed: fits.filter((one) => 'error' in one),
  };
}

function familyFitsIn(content: string): FamilyFits<string> | undefined {
  try {
    const data: unknown = JSON.parse(content);
    return isRecord(data) && Array.isArray(data.fits) ? (data as unknown as FamilyFits<string>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The saved fit at path `name`, or on standard input; of `family` in what `fit --by` saved.
 *
 * @throws {ScalingLawsError} If there is none, or a published law is asked for.
 */
export async function savedFitFrom(name: string, path: string | undefined, io: Io, family?: string): Promise<Fit> {
  const laws = await ownLaws(path);
  if (name !== '-' && !existsSync(name) && PUBLISHED_NAMES.includes(name)) {
    throw new ScalingLawsError('E_FILE', {
      argument: 'FIT',
      rule: 'be a saved fit',
      got: `the published law ${name}`,
      cure: 'its rows are not here',
    });
  }
  const content = await textOf(name, io);
  const all = familyFitsIn(content)?.fits;
  const one = all?.find((found) => found.family === family);
  if (all && !(one && 'fit' in one)) {
    const rule = 'be the fit of one family here';
    const got = listed(all.map((found) => found.family));
    throw new ScalingLawsError('E_FILE', { argument: 'FIT', rule, got });
  }
  const text = one && 'fit' in one ? JSON.stringify(one.fit) : content;
  return inFileSync(name === '-' ? 'standard input' : name, () => fitFromJson(text, { laws }));
}
