/** `--by COLUMN`: a command once for each value of a column, on the rows of that value alone, and all its answers as one. */

import { refusal, ScalingLawsError } from '../errors.ts';
import { type FamilyError, familyError } from '../families/each.ts';
import { familiesOf } from '../families/families.ts';
import type { Filter } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import { table } from '../report/text-table.ts';
import { text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { joinSheets } from '../tables/sheet.ts';
import { listed } from '../words.ts';
import type { Answer, Page, Said } from './answer.ts';
import type { Each, Line, Sets, Spec } from './command.ts';
import { fitOptionsOf } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { savedFamilies } from './law-argument.ts';
import { isStdout, writeOut } from './out.ts';

/** The flag. */
export const byFlags = flagSet(
  object('by', {
    by: optional(
      text({
        help: 'Answer for each value of this column by itself, on its own rows: family, or any other column.',
        placeholder: 'column',
      }),
    ),
  }),
  { title: 'Families' },
);

/** One of several answers. */
interface One<A extends Answer> {
  readonly family: string;
  readonly answer: A;
}
const isPage = (one: One<Answer>): one is One<Page> => 'page' in one.answer;
const isSaid = (one: One<Answer>): one is One<Said> => !isPage(one);

/** What a command answers: of all rows, or of each value of --by. */
export async function answerEach(spec: Spec, each: Each, line: Line<Sets>): Promise<Answer | undefined> {
  const parts = await partsOf(each, line);
  return parts ? answerParts(spec, each, line, parts) : ((await spec.run(line)) ?? undefined);
}

/** What a command is repeated for. */
interface Parts {
  readonly by: string;
  readonly lines: readonly { readonly family: string; readonly line: Line<Sets> }[];
  /** Families that had no fit to begin with. */
  readonly failed: readonly FamilyError[];
}

/** The command line once for each family; none where it is about all rows. */
async function partsOf({ of }: Each, line: Line<Sets>): Promise<Parts | undefined> {
  const by = line.values.get('by') as string | undefined;
  if (of === 'fit') {
    const saved = await savedFamilies(line.args[0], line.io);
    if (!saved && by !== undefined) throw refusal('FIT', 'be what scaling-laws fit --by saved', 'the fit of one table');
    if (!saved) return undefined;
    if (by !== undefined && by !== saved.by) throw refusal('--by', `be ${saved.by}, as FIT was made`, by);
    const lines = saved.families.map((family) => ({ family, line: { ...line, family } }));
    return { by: saved.by, lines, failed: saved.failed };
  }
  if (by === undefined) return undefined;
  const { fit, law = {}, filters } = line.flags as { readonly fit?: object; law?: object; filters?: readonly Filter[] };
  const asked = fit && (await fitOptionsOf(fit, law)).law;
  const lines = familiesOf(await line.rows(asked), by, filters).map(({ name: family, runs, filter }) => {
    const flags = { ...line.flags, ...(filters && { filters: [filter, ...filters] }) };
    return { family, line: { ...line, family, flags, rows: async () => runs } };
  });
  return { by, lines, failed: [] };
}

async function answerParts(spec: Spec, each: Each, whole: Line<Sets>, { by, lines, failed }: Parts): Promise<Answer> {
  const all: One<Answer>[] = [];
  const errors: FamilyError[] = [...failed];
  const thrown: { readonly family: string; readonly error: unknown }[] = [];
  for (const { family, line } of lines) {
    try {
      const answer = await spec.run(line);
      if (answer) all.push({ family, answer });
    } catch (error) {
      errors.push(familyError(family, error));
      thrown.push({ family, error });
    }
  }
  if (all.length === 0 && thrown[0])
    throw ofFamily(thrown[0].family, thrown[0].error as ScalingLawsError, thrown.length);
  const order = lines.map(({ family }) => family);
  if (all.some(isPage)) return pages(by, all.filter(isPage), whole.values.get('out') as string | undefined);
  const found = all.filter(isSaid);
  const list = (of: (answer: Said) => unknown) => ({
    by,
    [each.all]: [...found.map(({ family, answer }) => ({ family, [each.one]: of(answer) })), ...errors].sort(
      (a, b) => order.indexOf(a.family) - order.indexOf(b.family),
    ),
  });
  return {
    json: list(({ json }) => json),
    words: () => inWords(by, found, errors, whole.io.columns),
    ...(found.every(({ answer }) => answer.sheet) && {
      sheet: () =>
        joinSheets(
          by,
          found.map(({ family, answer }) => [family, answer.sheet!()]),
        ),
    }),
    ...(found.some(({ answer }) => answer.saved !== undefined) && { saved: list(({ saved }) => saved) }),
    warnings: warningsOf(found),
  };
}

/** What went wrong with every family; a mistake in the command line is none of a family's. */
const ofFamily = (family: string, error: ScalingLawsError, families: number): ScalingLawsError =>
  error.code === 'E_OPTION' || error.code === 'E_ARGUMENT'
    ? error
    : new ScalingLawsError(
        error.code,
        `${families} families, and no answer for any of them; ${family}: ${error.message}`,
        error.details,
      );

/** A page a family, each in a file of its own beside the others. */
async function pages(by: string, found: readonly One<Page>[], out: string | undefined): Promise<Answer> {
  if (isStdout(out)) throw refusal('--out', 'be a file, beside which each family has its own', 'none');
  const files = await Promise.all(
    found.map(async ({ family, answer: { page } }) => {
      const file = out.replace(/(\.[^./]*)?$/, (end) => `-${family.replaceAll(/[^\w.-]+/g, '-')}${end}`);
      await writeOut(file, page);
      return { family, file };
    }),
  );
  return { json: { by, pages: files }, words: () => files.map(({ family, file }) => `${family}: ${file}`) };
}

/** One table where every answer has its lines in one, else each in its own words. */
async function inWords(
  by: string,
  found: readonly One<Said>[],
  errors: readonly FamilyError[],
  width: number | undefined,
): Promise<readonly string[]> {
  const reasons = errors.map(({ family, error }) => `${family}: ${error.message}`);
  const tables = found.flatMap(({ family, answer }) => (answer.table ? [{ family, lines: answer.table() }] : []));
  if (tables.length < found.length) {
    const parts = await Promise.all(
      found.map(async ({ family, answer }) => [`${by} ${family}`, '', ...(await answer.words()), '']),
    );
    return [...parts.flat(), ...reasons];
  }
  const heads = [...new Set(tables.flatMap(({ lines }) => lines[0]!))];
  const rows = tables.flatMap(({ family, lines: [head = [], ...rest] }) =>
    rest.map((row) => [family, ...heads.map((name) => row[head.indexOf(name)] ?? '-')]),
  );
  return [...table([[by, ...heads], ...rows], 1, width), ...(reasons.length > 0 ? ['', ...reasons] : [])];
}

/** What is said of several families is said once, with their names. */
function warningsOf(found: readonly One<Said>[]): readonly Finding[] {
  const said = new Map<string, { readonly one: Finding; readonly families: string[] }>();
  for (const { family, answer } of found) {
    for (const one of answer.warnings ?? []) {
      const known = said.get(one.message);
      if (known) known.families.push(family);
      else said.set(one.message, { one, families: [family] });
    }
  }
  return [...said.values()].map(({ one, families }) =>
    families.length === found.length && found.length > 1
      ? one
      : { ...one, message: `${listed(families)}: ${one.message}` },
  );
}
