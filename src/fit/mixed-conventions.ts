/** Whether a law and some rows count parameters and FLOPs in one way: else their N, D and C do not compare. */

import type { Finding } from '../finding.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { sameLossUnit } from '../loss-unit.ts';
import { type Convention, joinConventions } from '../runs/convention.ts';
import type { Runs } from '../runs/runs.ts';

/** What N and C of a law count: as its rows did, or as its paper says; undefined where nobody said. */
function conventionOf(law: FittedLaw<string>): Convention | undefined {
  const { convention, runs } = law as { convention?: Convention; runs?: { convention?: Convention } };
  return convention ?? runs?.convention;
}

/** A warning for N, and one for C where the law reads it, if `law` and `runs` are known to count differently; losses in two units are an error. */
export function mixedConventions(
  law: FittedLaw<string>,
  runs: Pick<Runs, 'convention' | 'lossUnit'>,
): readonly Finding[] {
  sameLossUnit('the law and the rows', [law.lossUnit, runs.lossUnit]);
  const { C, ...others } = conventionOf(law) ?? {};
  const own = C !== undefined && lawOf(law).variables.includes('C') ? { ...others, C } : others;
  return joinConventions([own, runs.convention], 'by the law and in the rows').warnings;
}
