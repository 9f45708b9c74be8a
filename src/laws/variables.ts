/** Values of the variables of a law that a caller hands in: there, positive, and where the law is defined. */

import { ScalingLawsError, shown } from '../errors.ts';
import type { LawForm, Variable } from './law.ts';

const UNITS: Readonly<Record<string, string>> = { N: 'parameters', D: 'tokens', U: 'tokens', C: 'FLOPs' };

/**
 * `value`, if `law` can read it as its variable `name`.
 *
 * @throws {ScalingLawsError} `E_LAW_VARIABLE`: `chinchilla reads D: it must be given, a positive finite number of tokens, got nothing`.
 */
export function variableOf(law: LawForm, name: Variable, value: unknown): number {
  const least = law.least?.[name] ?? 0;
  if (typeof value === 'number' && value > 0 && value >= least && value < Number.POSITIVE_INFINITY) return value;
  const unit = UNITS[name] ? ` of ${UNITS[name]}` : '';
  const rule = least > 0 ? `a finite number${unit}, ${least} or more` : `a positive finite number${unit}`;
  throw new ScalingLawsError(
    'E_LAW_VARIABLE',
    `${law.kind} reads ${name}: it must be given, ${rule}, got ${shown(value)}`,
    {
      law: law.kind,
      variable: name,
      value,
    },
  );
}
