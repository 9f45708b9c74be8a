/** Rows that cannot be used: collected over the whole table, then thrown as one error or told as warnings. */

import { type Breach, ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import type { Sentence } from '../sentence.ts';
import type { BadRow, Cell } from '../tables/table.ts';

/** Row numbers that a warning names at most. */
const MAX_ROWS = 5;

/** Throws the first bad row; the message ends with how many more there are. */
export function throwBadRows(bad: Iterable<BadRow>): never {
  const [first, ...further] = inOrder(bad);
  const { code, row, value, details } = first!;
  const breach = breachOf(first!);
  const more = further.length === 0 ? [] : [`${further.length} further bad ${further.length === 1 ? 'row' : 'rows'}`];
  const parts = [...(breach.cure === undefined ? [] : [breach.cure]), ...more];
  const cure = joined(parts);
  throw new ScalingLawsError(
    code,
    { ...breach, ...(cure !== '' && { cure }) },
    { row, value, furtherBadRows: further.length, ...details },
  );
}

/** Warnings that count the skipped rows by what was wrong with them. */
export function skipWarnings(bad: Iterable<BadRow>): readonly Finding[] {
  const reasons = new Map<string, BadRow[]>();
  for (const one of inOrder(bad)) {
    const reason = JSON.stringify([one.argument, one.header, one.rule]);
    const rows = reasons.get(reason);
    if (rows) rows.push(one);
    else reasons.set(reason, [one]);
  }
  return [...reasons.values()].map((rows) => {
    const [first] = rows;
    const { where: _, ...breach } = breachOf(first!);
    const numbers = rows.slice(0, MAX_ROWS).map(({ row }) => row);
    const more = rows.length > numbers.length ? ` and ${rows.length - numbers.length} more` : '';
    const where = `${rows.length === 1 ? 'row' : 'rows'} ${numbers.join(', ')}${more}`;
    const { message } = new ScalingLawsError(first!.code, { ...breach, where });
    return finding(
      'W_ROW_SKIPPED',
      `${message}; ${rows.length === 1 ? 'the row is' : `${rows.length} rows are`} skipped.`,
      {
        about: rows.map(({ row }) => `rows.${row}`),
        evidence: { rows: rows.length },
      },
    );
  });
}

const inOrder = (bad: Iterable<BadRow>): BadRow[] => [...bad].sort((a, b) => a.row - b.row);

function breachOf({ row, header, argument, rule, value }: BadRow): Breach {
  const cure = decimalComma(value) ?? (argument === 'loss' ? notMeasured(value) : undefined);
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

/** Several sentences as one. */
function joined(parts: readonly Sentence[]): Sentence {
  if (parts.every((part) => typeof part === 'string')) return parts.join('; ');
  return parts.flatMap((part, i) => [...(i > 0 ? ['; '] : []), ...(typeof part === 'string' ? [part] : part)]);
}

/** Nothing, or what Python writes for a loss that diverged or was not measured. */
const notMeasured = (value: Cell): Sentence | undefined =>
  value === null || value === '' || (typeof value === 'string' && /^[+-]?(?:nan|inf(?:inity)?)$/i.test(value))
    ? ['leave such rows out with ', { option: 'onBadRow', value: 'skip' }]
    : undefined;
