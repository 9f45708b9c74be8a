/** How the numbers of each field of a table are written: what commas are, and in which scale, as the caller says, the heading, or the cells. */

import { refusal } from '../errors.ts';
import type { Cell, Table } from '../tables/table.ts';
import type { ColumnPlaces } from './columns.ts';
import { NUMBER_FIELDS, NUMBER_NAMES, type NumberName, type ScaleChoice, scaleGiven } from './fields.ts';
import { headingOf, withoutTail } from './headings.ts';
import { type Commas, decimalOf, type Writing } from './numbers.ts';
import { commaIn, type Decimal, parseQuantity } from './quantity.ts';
import { type Scale, scaleCure } from './scales.ts';

/** The scale that a heading says of a count; 1 where it says none. */
export function headingScale(name: string, header: string): Scale {
  const { scale = 1 } = withoutTail(headingOf(header));
  if (scale !== 'log') return scale;
  const cure = scaleCure([name], 'log10');
  throw refusal(`columns.${name}`, 'say which logarithm it is', header, cure);
}

/** What is known of the commas of a table from the columns that are read. */
export function commasOf({ columns, delimiter }: Table, places: readonly number[], given: Decimal | undefined): Commas {
  const kinds = new Set(given ? [] : places.flatMap((place) => kindsIn(columns[place] ?? [])));
  const shown = kinds.size === 1 ? [...kinds][0] : undefined;
  return { given, shown, delimiter };
}

const kindsIn = (cells: readonly Cell[]): readonly Decimal[] => [
  ...new Set(cells.map(commaIn).filter((kind) => kind !== undefined && kind !== 'either')),
];

/**
 * How each field is written.
 *
 * @param own - Headings of the source: what stands behind them was computed, or given by the caller, in no scale.
 * @param computed - Headings of the source and what was computed from them.
 */
export function writings(
  table: Table,
  places: ColumnPlaces,
  { own, computed }: Readonly<Record<'own' | 'computed', number>>,
  scales: ScaleChoice,
  decimal: Decimal | undefined,
): (name: NumberName) => Writing {
  const numbers = NUMBER_NAMES.flatMap((name) => places[name] ?? []).filter((place) => place < own);
  const commas = commasOf(table, numbers, decimal);
  const known = new Map<NumberName, Writing>();
  const writing = (name: NumberName): Writing => {
    const place = places[name]?.[0];
    if (place === undefined || place >= computed) return { decimal: '.', scale: 1 };
    const isCount = NUMBER_FIELDS[name].parse === parseQuantity;
    const given = scales[name];
    const said = (): Scale => (isCount && place < own ? headingScale(name, table.header[place]!) : 1);
    return {
      scale: given === undefined ? said() : scaleGiven(given),
      decimal: place < own ? decimalOf(table.columns[place]!, name, isCount, commas) : '.',
    };
  };
  return (name) => {
    const found = known.get(name) ?? writing(name);
    known.set(name, found);
    return found;
  };
}

/** How a variable of a law is written, that no field stands for. */
export function writingOfVariable(
  name: string,
  header: string,
  cells: readonly Cell[],
  { scale, decimal }: { readonly scale: ScaleChoice; readonly decimal: Decimal | undefined },
): Writing {
  const given = scale[name];
  return {
    scale: given === undefined ? headingScale(name, header) : scaleGiven(given),
    decimal: decimalOf(cells, name, true, { given: decimal }),
  };
}
