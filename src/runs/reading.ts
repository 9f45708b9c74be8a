/** What was understood of a table: which column was taken for which quantity and why, in which unit and scale, what was derived or left out. */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { type GivenLossUnit, type LossReading, type LossUnit, lossUnitInWords } from '../loss-unit.ts';
import { FORMULAS } from './cells.ts';
import { COMPUTE, type FoundColumns } from './columns.ts';
import { type FieldName, NUMBER_FIELDS, type NumberName, type ScaleChoice } from './fields.ts';
import type { Writing } from './numbers.ts';
import type { Decimal } from './quantity.ts';
import type { TableSettings } from './runs-of-table.ts';
import { type Scale, scaleInWords } from './scales.ts';

/** Where one quantity came from. */
export interface ReadQuantity {
  /** `choice`: the caller named the column; `heading`: its heading did; `constant`: the caller gave a value; `formula`: from others. */
  readonly from: 'choice' | 'heading' | 'constant' | 'formula';
  readonly columns?: readonly string[];
  /** `C = 6 N D`, `step * tokensPerStep`. */
  readonly formula?: string;
  readonly unit?: string;
  /** What one in the column stood for, or that it held logarithms. */
  readonly scale?: Scale;
  /** Headings that would have done, too. */
  readonly others?: readonly string[];
}

/** What was understood of a table. */
export interface Reading {
  /** By field, or variable of a law. */
  readonly quantities: Readonly<Record<string, ReadQuantity>>;
  /** Unit of the losses in the table. */
  readonly lossGiven: GivenLossUnit;
  /** Unit of the losses that were read. */
  readonly lossUnit: LossUnit;
  readonly decimal?: Decimal;
  /** Rows left out, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Options that read the table in this way again, beside the columns. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** All that a reading is made of. */
interface Understood {
  readonly settings: TableSettings;
  /** Headings of the source, and with what was computed from them; what follows was given. */
  readonly widths: Readonly<Record<'own' | 'computed', number>>;
  readonly found: FoundColumns;
  readonly writing: (name: NumberName) => Writing;
  /** Scales that were given, or that the numbers left no doubt of. */
  readonly scale: ScaleChoice;
  readonly lossGiven: GivenLossUnit | undefined;
  readonly loss: LossReading;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly k: number;
}

/** What was understood of a table with these headings, in which fields and variables stand at `places`. */
export function readingOf(
  header: readonly string[],
  places: Readonly<Record<string, readonly number[]>>,
  { settings, widths, found, writing, scale, lossGiven = 'nats', loss, leftOut, k }: Understood,
): Reading {
  const { columns, lossUnit, bytesPerToken, decimal, derive, constants, runConstants, flopsPerParamToken } = settings;
  const quantities = Object.entries(places).map(([name, own]): [string, ReadQuantity] => {
    const [place] = own as readonly [number];
    if (place >= widths.computed) return [name, { from: 'constant', ...unitOf(name) }];
    const others = found.others[name as FieldName];
    const as = name in NUMBER_FIELDS ? writing(name as NumberName).scale : 1;
    return [
      name,
      {
        from: columns[name] === undefined ? 'heading' : 'choice',
        columns: own.map((at) => header[at]!),
        ...unitOf(name),
        ...(as !== 1 && { scale: as }),
        ...(others && { others }),
      },
    ];
  });
  const derived = COMPUTE.filter((name) => !places[name] && COMPUTE.filter((one) => places[one]).length > 1);
  const formulas = derived.map((name): [string, ReadQuantity] => [
    name,
    { from: 'formula', formula: FORMULAS[name](k), ...unitOf(name) },
  ]);
  const given = { lossUnit, bytesPerToken, decimal, derive, constants, runConstants, scale };
  const isSaid = (value: unknown): boolean =>
    value !== undefined && (typeof value !== 'object' || Object.keys(value ?? {}).length > 0);
  return Object.freeze({
    quantities: Object.freeze(Object.fromEntries([...quantities, ...formulas])),
    lossGiven,
    lossUnit: loss.unit,
    ...(Object.keys(NUMBER_FIELDS).some((name) => writing(name as NumberName).decimal === ',') && {
      decimal: ',' as const,
    }),
    leftOut,
    options: Object.freeze({
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => isSaid(value))),
      ...(flopsPerParamToken !== DEFAULT_FLOPS_PER_PARAM_TOKEN && { flopsPerParamToken }),
    }),
  });
}

const unitOf = (name: string): { readonly unit?: string } => {
  const unit = name in NUMBER_FIELDS && name !== 'loss' ? NUMBER_FIELDS[name as NumberName] : undefined;
  return unit && 'unit' in unit ? { unit: unit.unit } : {};
};

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(' and ');

/** Fields that a reader wants to see, in this order; what else was read is named after them. */
const FIRST: readonly FieldName[] = ['N', 'D', 'C', 'loss'];

/** A reading in one line or two: what was read, and what was derived, given or left out. */
export function readingInWords({ quantities, lossGiven, lossUnit, leftOut, decimal }: Reading): readonly string[] {
  const names = [...new Set([...FIRST, ...Object.keys(quantities)])].filter((name) => quantities[name]);
  const read = names.flatMap((name) => {
    const { columns, scale, others = [], formula } = quantities[name]!;
    if (!columns || formula !== undefined) return [];
    const unit =
      name === 'loss' ? lossWords(lossGiven, lossUnit) : scale === undefined ? '' : ` ${scaleInWords(scale)}`;
    return [`${name} from ${quoted(columns)}${unit}${others.length > 0 ? ` (not ${quoted(others)})` : ''}`];
  });
  const rest = [
    ...names.flatMap((name) => quantities[name]!.formula ?? []),
    ...names.flatMap((name) => (quantities[name]!.from === 'constant' ? [`${name} as given`] : [])),
    ...Object.entries(leftOut).map(([reason, rows]) => `${rows} ${rows === 1 ? 'row' : 'rows'} left out ${reason}`),
    ...(decimal === ',' ? ['commas are decimal points'] : []),
  ];
  return [read.join(', '), ...(rest.length > 0 ? [rest.join('; ')] : [])];
}

function lossWords(given: GivenLossUnit, unit: LossUnit): string {
  if (given === unit) return ` in ${lossUnitInWords(unit)}`;
  return ` in ${given.replaceAll('-', ' ')}, turned into ${lossUnitInWords(unit)}`;
}
