/** A column of cells as numbers: points or commas, suffixes, and the scale of the column. */

import { refusal } from '../errors.ts';
import type { Cell } from '../tables/table.ts';
import { commaIn, type Decimal, parseNumber, withPoint } from './quantity.ts';
import { type Scale, unscaled } from './scales.ts';

/** How a column is written. */
export interface Writing {
  readonly decimal: Decimal;
  readonly scale: Scale;
}

/** What is known of the table that a column stands in. */
export interface Commas {
  /** The caller's word. */
  readonly given?: Decimal | undefined;
  /** What commas are in other columns, where those show it. */
  readonly shown?: Decimal | undefined;
  readonly delimiter?: string | undefined;
}

/**
 * What the commas of a column are: by the caller's word, by the cells that can be read one way only, by those of other columns.
 *
 * @param name - What the column is for.
 * @param isCount - Counts may have thousands parted by commas; no other number has.
 * @throws {ScalingLawsError} `E_ARGUMENT` if the cells contradict each other, or could be both where commas are usual as decimals.
 */
export function decimalOf(cells: readonly Cell[], name: string, isCount: boolean, known: Commas): Decimal {
  if (known.given) return known.given;
  const kinds = new Set(cells.map(commaIn));
  const refuse = (got: string): never => {
    const cure = [
      'say what a comma is, ',
      { option: 'decimal', value: ',' },
      ' or ',
      { option: 'decimal', value: '.' },
    ];
    throw refusal(`columns.${name}`, 'have commas that part decimals, or commas that part thousands', got, cure);
  };
  if (kinds.has(',') && kinds.has('.')) refuse('both');
  if (kinds.has(',')) return ',';
  if (!kinds.has('either') || kinds.has('.')) return '.';
  if (!isCount) return ',';
  if (known.shown) return known.shown;
  return known.delimiter === ';'
    ? refuse(`${cells.find((cell) => commaIn(cell) === 'either')}, which may be either`)
    : '.';
}

/** A point that parts thousands as well as decimals, in a column of decimal commas. */
const DOUBTFUL = /^[+-]?\d{1,3}\.\d{3}\s*[kmbgt]?$/i;
const SUFFIX = /[kmbgt]\s*$/i;

/** `cells` as numbers; NaN where one is none. A cell with a suffix of its own is in no further scale. */
export function numbersOf(
  cells: readonly Cell[],
  parse: (cell: unknown) => number,
  { decimal, scale }: Writing,
): Float64Array {
  const hasCommas = decimal === ',' && cells.some((cell) => commaIn(cell) !== undefined);
  const read = hasCommas
    ? (cell: Cell): number => (typeof cell === 'string' && DOUBTFUL.test(cell) ? Number.NaN : parse(withPoint(cell)))
    : parse;
  if (scale === 1) return Float64Array.from(cells, read);
  const one = unscaled(scale);
  return Float64Array.from(cells, (cell) =>
    typeof cell === 'string' && SUFFIX.test(cell) && Number.isNaN(parseNumber(cell)) ? read(cell) : one(read(cell)),
  );
}
