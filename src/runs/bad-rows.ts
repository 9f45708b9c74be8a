/** Rows that cannot be used: collected over the whole table, then thrown as one error or told as warnings. */

import { type Breach, ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import type { BadRow, Cell } from '../tables/table.ts';

/** Skipped rows that get a warning each; the others are counted in one more. */
const MAX_SKIP_WARNINGS = 20;

/** Throws the first bad row; the message ends with how many more there are. */
export function throwBadRows(bad: Iterable<BadRow>): never {
  const [first, ...further] = inOrder(bad);
  const { code, row, value, details } = first!;
  const breach = breachOf(first!);
  const more = further.length === 0 ? [] : [`${further.length} further bad ${further.length === 1 ? 'row' : 'rows'}`];
  const cure = [...(breach.cure === undefined ? [] : [breach.cure as string]), ...more].join('; ');
  throw new ScalingLawsError(
    code,
    { ...breach, ...(cure !== '' && { cure }) },
    { row, value, furtherBadRows: further.length, ...details },
  );
}

/** Warnings that name the skipped rows: the first {@link MAX_SKIP_WARNINGS} one by one, the rest as a number. */
export function skipWarnings(bad: Iterable<BadRow>): readonly Finding[] {
  const rows = inOrder(bad);
  const skipped = (message: string, about: readonly BadRow[]): Finding =>
    finding('W_ROW_SKIPPED', message, { about: about.map(({ row }) => `rows.${row}`) });
  const [told, rest] = [rows.slice(0, MAX_SKIP_WARNINGS), rows.slice(MAX_SKIP_WARNINGS)];
  return [
    ...told.map((row) =>
      skipped(`${new ScalingLawsError(row.code, breachOf(row)).message}; the row is skipped.`, [row]),
    ),
    ...(rest.length > 0
      ? [skipped(`${rest.length} further bad ${rest.length === 1 ? 'row is' : 'rows are'} skipped.`, rest)]
      : []),
  ];
}

const inOrder = (bad: Iterable<BadRow>): BadRow[] => [...bad].sort((a, b) => a.row - b.row);

function breachOf({ row, header, argument, rule, value }: BadRow): Breach {
  const cure = decimalComma(value);
  return {
    where: header === undefined ? `row ${row}` : `row ${row}, column ${JSON.stringify(header)}`,
    argument,
    rule,
    got: value === null || value === '' ? undefined : value,
    ...(cure !== undefined && { cure }),
  };
}

/** A comma parts thousands in a count; where it cannot, it may have been meant for a point. */
const decimalComma = (value: Cell): string | undefined =>
  typeof value === 'string' && /^\s*[+-]?\d+,\d+(e[+-]?\d+|\s*[kmbgt])?\s*$/i.test(value)
    ? `commas are not read as decimal points: write ${value.trim().replace(',', '.')}`
    : undefined;
