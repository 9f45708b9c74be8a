/**
 * Rows -> validated runs. This is the border: everything further in trusts the numbers that leave here.
 *
 * Two of model size, tokens and compute give the third by `C = k N D`, with k = 6 FLOPs per parameter and token
 * (Kaplan et al. 2020, arXiv:2001.08361).
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { GIVEN_LOSS_UNITS } from '../loss-unit.ts';
import { check } from '../schema/check.ts';
import { byName, choice, list, positive, text } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { convention } from './convention.ts';
import { type ColumnChoice, columnsFor, derivable, givenValues, scalesFor } from './fields.ts';
import { DECIMALS } from './quantity.ts';
import type { Runs } from './runs.ts';
import { runsOfTable, variablesIn } from './runs-of-table.ts';
import { FORMATS, sourceOf } from './source.ts';

const needs = optional(
  list(text(), {
    help: 'Variables that the rows must have, which are those of a law.',
    otherwise: 'two of N, D and C',
    flag: null,
  }),
);

/** What `readRuns` may be told; `variables` are those of a law that no field of a table stands for. */
/* @__NO_SIDE_EFFECTS__ */
function optionsFor(variables: readonly string[]) {
  return object('readRuns options', {
    columns: optional(columnsFor(variables), {}),
    format: optional(
      choice(FORMATS, {
        help: 'Form of the text: a kind of table, or the export of a tool.',
        otherwise: 'found out from the text',
        flag: 'input-format',
      }),
    ),
    wide: optional(
      text({
        help: 'What the headings of a wide table hold, the losses below: N, D, C, step, run, or a name of your own.',
        placeholder: 'what',
      }),
    ),
    constants: optional(givenValues, {}),
    runConstants: optional(
      byName(givenValues, { help: 'The same for the rows of a run, by its name.', flag: null }),
      {},
    ),
    flopsPerParamToken: optional(
      positive('FLOPs per parameter and token', { help: 'The k of C = k N D.', flag: null }),
      DEFAULT_FLOPS_PER_PARAM_TOKEN,
    ),
    convention: optional(convention),
    scale: optional(scalesFor(variables)),
    lossUnit: optional(
      choice(GIVEN_LOSS_UNITS, {
        help: 'Unit of the losses in the table.',
        otherwise: 'as their heading says, else nats',
      }),
    ),
    bytesPerToken: optional(
      positive('bytes', {
        help: 'Bytes (or characters) of a token, on average: turns bits per byte (or character) into nats per token.',
      }),
    ),
    decimal: optional(
      choice(DECIMALS, {
        help: 'What parts decimals, where the cells leave that open: . or a comma.',
        placeholder: 'sign',
      }),
    ),
    derive: optional(derivable),
    onBadRow: optional(
      choice(['throw', 'skip'], {
        help: 'What to do with a row that breaks a rule: throw an error, or skip it with a warning.',
        placeholder: 'what',
      }),
      'throw',
    ),
    needs,
  });
}

/** What `readRuns` may be told. */
export const readRunsOptions = optionsFor([]);

/** How to read a table of runs. */
export type ReadRunsOptions = Omit<Given<typeof readRunsOptions>, 'columns'> & {
  /** Headers by field, where they do not speak for themselves: `{ N: 'Model Size', run: ['model', 'seed'] }`. */
  readonly columns?: ColumnChoice | undefined;
};

/** `options`, checked: columns may also be named for variables that the rows are to have. */
export function settingsOf(options: ReadRunsOptions): Checked<typeof readRunsOptions> {
  const variables = variablesIn(check(needs, options.needs));
  return check(variables.length > 0 ? optionsFor(variables) : readRunsOptions, options);
}

/**
 * Reads training runs from text or from row objects, and checks every cell that it uses.
 *
 * @param input - Delimited text, Markdown, JSON, JSON Lines or what a tool exports, or row objects. Numbers may be text; counts may be `70B`.
 *   Of an export, rows where a number was not logged, and those before the first token, are left out with a warning that counts them.
 * @param options - Column names, values that no column holds, format, FLOPs per parameter and token, what to do with bad rows.
 * @returns Frozen runs (typed arrays cannot be frozen: do not write to them). A column that is no number of its own
 *   field stays in `extra` under its header.
 * @throws {ScalingLawsError} `E_EMPTY`, `E_FORMAT`, `E_OPTION`, `E_COLUMN_MISSING`, `E_COLUMN_DOUBLED`; `E_ROW_RAGGED` or
 *   `E_CELL` for the first bad row of the whole table, with the number of further ones.
 * @example
 * readRuns('N,D,loss\n70B,1.4T,1.94').C[0] // => 5.88e23
 */
export function readRuns(
  input: string | readonly Readonly<Record<string, unknown>>[],
  options: ReadRunsOptions = {},
): Runs {
  const settings = settingsOf(options);
  return runsOfTable(sourceOf(input, settings), settings);
}
