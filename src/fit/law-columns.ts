/** A law over a table of runs: the columns it reads, the loss it predicts in every row. */

import { ScalingLawsError } from '../errors.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { LawForm, Point } from '../laws/law.ts';
import { sameLossUnit } from '../loss-unit.ts';
import type { Runs } from '../runs/runs.ts';
import { type VariableColumns, variableColumn } from '../runs/variables.ts';

/**
 * The columns of `runs` that `law` reads, by variable.
 *
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the runs lack one, or a cell of it is no finite number, or below where the law begins.
 */
export function lawColumns(
  law: LawForm,
  runs: VariableColumns & Partial<Pick<Runs, 'row'>>,
): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(
    law.variables.map((name) => {
      const column = variableColumn(runs, name);
      if (!column) {
        const there = ['N', 'D', 'C', ...(runs.U ? ['U'] : []), ...Object.keys(runs.extra ?? {})];
        throw new ScalingLawsError(
          'E_LAW_VARIABLE',
          `${law.kind} reads ${name}: runs must have a column ${name}, got ${there.join(', ')}`,
          { law: law.kind, variable: name, columns: there },
        );
      }
      const least = law.least?.[name] ?? Number.NEGATIVE_INFINITY;
      const bad = column.findIndex((value) => !Number.isFinite(value) || value < least);
      if (bad >= 0) {
        const cell = runs.extra?.[name]?.[bad] ?? column[bad];
        const row = runs.row?.[bad] ?? bad + 1;
        const rule = least > Number.NEGATIVE_INFINITY ? `a finite number, ${least} or more` : 'a finite number';
        throw new ScalingLawsError(
          'E_LAW_VARIABLE',
          `row ${row}: ${name} must be ${rule}, got ${JSON.stringify(cell)}`,
          {
            law: law.kind,
            variable: name,
            row,
            value: cell,
          },
        );
      }
      return [name, column];
    }),
  );
}

/**
 * Loss that `fitted` predicts for each row of `runs`, in the unit of both.
 *
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`; `E_LOSS_UNIT` if their units differ; `E_LAW_VARIABLE` as {@link lawColumns}.
 */
export function predictRows(
  fitted: FittedLaw<string>,
  runs: VariableColumns & Pick<Runs, 'length' | 'lossUnit'>,
): Float64Array {
  sameLossUnit('the law and the rows', [fitted.lossUnit, runs.lossUnit]);
  const form = lawOf(fitted);
  const { coefficients } = fitted;
  const columns = Object.entries(lawColumns(form, runs));
  const point: Record<string, number> = {};
  return Float64Array.from({ length: runs.length }, (_, i) => {
    for (const [name, column] of columns) point[name] = column[i]!;
    return form.value(coefficients, point as Point);
  });
}
