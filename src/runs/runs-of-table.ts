/** A table -> validated runs: every cell that is used is checked, with defaults where nobody said otherwise. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { type GivenLossUnit, lossReading } from '../loss-unit.ts';
import { type BadRow, type Cell, noRows, type Table } from '../tables/table.ts';
import { skipWarnings, throwBadRows } from './bad-rows.ts';
import { type CheckedColumns, readCells } from './cells.ts';
import {
  COMPUTE,
  type ColumnPlaces,
  type ComputeName,
  placeColumns,
  placeNamed,
  readColumns,
  refuseLookalikes,
  requireFields,
} from './columns.ts';
import { type Convention, checkComputed, conventionWarnings } from './convention.ts';
import { withExpressions } from './expression.ts';
import { type ColumnChoice, FIELDS, type GivenValues, NUMBER_NAMES, type ScaleChoice } from './fields.ts';
import { withGivenValues } from './given-values.ts';
import { headingOf, isTrainingLoss } from './headings.ts';
import { loggedRows } from './logged-rows.ts';
import { numbersOf } from './numbers.ts';
import { type Decimal, parseQuantity } from './quantity.ts';
import { readingOf } from './reading.ts';
import { type Runs, takeRuns } from './runs.ts';
import type { Source } from './source.ts';
import { stepTokens } from './step-tokens.ts';
import { computeWarnings, doubledWarnings, trainingLoss } from './table-warnings.ts';
import { checkNats, checkScales, logarithmsIn } from './units.ts';
import { writingOfVariable, writings } from './writings.ts';

/** How a table is read, checked. */
export interface TableSettings {
  readonly columns: ColumnChoice;
  readonly constants: GivenValues;
  readonly runConstants: Readonly<Record<string, GivenValues>>;
  readonly flopsPerParamToken: number;
  readonly convention?: Convention | undefined;
  readonly onBadRow: 'throw' | 'skip';
  readonly needs?: readonly string[] | undefined;
  readonly scale?: ScaleChoice | undefined;
  readonly lossUnit?: GivenLossUnit | undefined;
  readonly bytesPerToken?: number | undefined;
  readonly decimal?: Decimal | undefined;
  readonly derive?: readonly ComputeName[] | undefined;
}

/** Names that no field of a table stands for. */
export const variablesIn = (names: readonly string[] = []): readonly string[] =>
  names.filter((name) => !(name in FIELDS));

/** The runs in `source`. */
export function runsOfTable(source: Source, settings: TableSettings): Runs {
  const { flopsPerParamToken: k, onBadRow, convention: counts, columns: choice } = settings;
  const { row, bad: ragged } = source.table;
  if (row.length + ragged.length === 0) throw noRows('none below the header');
  if (row.length === 0 && onBadRow === 'throw') throwBadRows(ragged);
  const commas = { given: settings.decimal, delimiter: source.table.delimiter };
  const written = withExpressions(source.table, source.columns, commas);
  const plainly = placeColumns(written.table, written.columns, source.isExport);
  const product = givesTokens(settings) ? undefined : stepTokens(written.table, plainly.places, k);
  const typed =
    product === undefined ? written : withExpressions(written.table, { ...written.columns, D: product }, commas);
  const found = product === undefined ? plainly : placeColumns(typed.table, typed.columns, source.isExport);
  const isCounted =
    choice.step === undefined && typed.table.header[found.places.step?.[0] ?? -1] === (source.counter ?? '_step');
  const filled = withGivenValues(typed.table, found.places, settings, isCounted);
  const { places } = filled;
  const { header } = filled.table;
  const variables = variablePlaces(header, typed.columns, variablesIn(settings.needs));
  requireFields(filled.table, { ...places, ...variables }, settings.needs);
  refuseLookalikes(filled.table, { ...places, ...variables }, settings.derive ?? []);
  if (counts && !places.C) checkComputed(counts);

  const lossHeading = headingOf(header[places.loss![0]!]!);
  const lossGiven = settings.lossUnit ?? lossHeading.lossUnit;
  const loss = lossReading(lossGiven ?? 'nats', settings.bytesPerToken);
  const widths = { own: source.table.header.length, computed: typed.table.header.length };
  const writingAs = (scale: ScaleChoice) => writings(filled.table, places, widths, scale, settings.decimal);
  const first = writingAs(settings.scale ?? {});
  const counted = ([places.D ? 'D' : 'C'] as const).filter((name) => typeof first(name).scale === 'number');
  const { table, leftOut, warnings: gone } = loggedRows(filled.table, places, source.isExport, counted);

  const readAs = (writing: typeof first): readonly [CheckedColumns, Map<number, BadRow>] => {
    const bad = new Map(table.bad.map((one) => [one.row, one]));
    return [readCells(table, places, { writing, loss, k }, bad), bad];
  };
  const isOpen = (name: ComputeName): boolean =>
    settings.scale?.[name] === undefined && first(name).scale === 1 && (places[name]?.[0] ?? widths.own) < widths.own;
  const plain = readAs(first);
  const logs = logarithmsIn(plain[0], COMPUTE.filter(isOpen));
  const scale = { ...settings.scale, ...Object.fromEntries(logs.map((name) => [name, 'log10'])) };
  const writing = logs.length > 0 ? writingAs(scale) : first;
  const [columns, bad] = logs.length > 0 ? readAs(writing) : plain;
  if (bad.size > 0 && onBadRow === 'throw') throwBadRows(bad.values());

  const read: Runs = {
    length: table.row.length,
    ...columns,
    lossUnit: loss.unit,
    extra: extraColumns(table, places, variables, settings),
    columns: readColumns(typed.table.header, { ...places, ...variables }),
    ...(counts && { convention: Object.freeze(counts) }),
    row: table.row,
    passed: [],
    warnings: [],
    reading: readingOf(
      header,
      { ...places, ...variables },
      { settings, widths, found, writing, scale, lossGiven, loss, leftOut, k },
    ),
  };
  const good =
    bad.size === 0
      ? read
      : takeRuns(
          read,
          Array.from(table.row.keys()).filter((i) => !bad.has(table.row[i]!)),
        );
  if (good.length === 0) {
    throw new ScalingLawsError('E_EMPTY', {
      argument: 'the table',
      rule: 'have a good row',
      got: `${bad.size} bad ones`,
    });
  }
  const warnings = [
    ...source.warnings,
    ...(product === undefined ? [] : [readAsProduct(product, k)]),
    ...(choice.loss === undefined && isTrainingLoss(lossHeading, source.isExport)
      ? [trainingLoss(lossHeading.text)]
      : []),
    ...filled.warnings,
    ...gone,
    ...skipWarnings(bad.values()),
    ...(places.N && places.D && places.C ? computeWarnings(good, k) : []),
    ...checkScales(
      good,
      COMPUTE.filter((name) => places[name] && isOpen(name) && !logs.includes(name)),
    ),
    ...(lossGiven === undefined ? checkNats(good) : []),
    ...doubledWarnings(header),
    ...conventionWarnings(counts ?? {}),
  ];
  return Object.freeze({
    ...good,
    passed: Object.freeze([]),
    warnings: Object.freeze(warnings.map((warning) => Object.freeze(warning))),
  });
}

/** Whether the caller gives what tokens follow from. */
const givesTokens = ({ constants, runConstants }: TableSettings): boolean =>
  [constants, ...Object.values(runConstants)].some(({ D, tokensPerStep }) => (D ?? tokensPerStep) !== undefined);

const readAsProduct = (product: string, k: number): Finding =>
  finding('W_READ_AS', `D is read as ${product}, which agrees with C = ${k} N D.`, {
    severity: 'note',
    about: ['columns.D'],
  });

/** Where the variables of a law stand that no field stands for: by the caller's word, else under their own name. */
function variablePlaces(
  header: readonly string[],
  choice: ColumnChoice,
  names: readonly string[],
): Readonly<Record<string, readonly number[]>> {
  const found = names.flatMap((name) => {
    const named = choice[name] as string | undefined;
    const place = named === undefined ? header.indexOf(name) : placeNamed(header, name, named);
    return place < 0 ? [] : [[name, [place]] as const];
  });
  return Object.fromEntries(found);
}

/** The columns that no number was read from, by their headers, of two with the same header the first; and variables by their names. */
function extraColumns(
  table: Table,
  places: ColumnPlaces,
  variables: Readonly<Record<string, readonly number[]>>,
  { scale = {}, decimal }: TableSettings,
): Runs['extra'] {
  const used = new Set([...NUMBER_NAMES.flatMap((name) => places[name] ?? []), ...Object.values(variables).flat()]);
  const extra = new Map<string, readonly Cell[]>();
  const keep = (name: string, cells: readonly Cell[]): void => {
    if (!extra.has(name)) extra.set(name, Object.freeze(cells));
  };
  for (const [name, [place]] of Object.entries(variables)) {
    const cells = table.columns[place!]!;
    const writing = writingOfVariable(name, table.header[place!]!, cells, { scale, decimal });
    const isPlain = writing.scale === 1 && writing.decimal === '.';
    keep(name, isPlain ? cells : Array.from(numbersOf(cells, parseQuantity, writing)));
  }
  table.header.forEach((name, place) => {
    if (!used.has(place)) keep(name, table.columns[place]!);
  });
  return Object.freeze(Object.fromEntries(extra));
}
