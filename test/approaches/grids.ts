/** IsoFLOP designs around a law's optimum, and other people's IsoFLOP data. */

import { readFileSync } from 'node:fs';
import { applyFilters } from '../../src/filters/apply.ts';
import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { simulateRuns } from '../../src/simulate/simulate-runs.ts';

/** N* = prefactor C^exponent of a Chinchilla law: Hoffmann et al. 2022, equation 4, written out. */
export function trueFrontier({ coefficients: { A, B, alpha, beta } }: FittedLaw): {
  prefactor: number;
  exponent: number;
} {
  const exponent = beta / (alpha + beta);
  return { prefactor: ((alpha * A) / (beta * B)) ** (1 / (alpha + beta)) / 6 ** exponent, exponent };
}

/** Sizes from 1 / width to width times `centre(C)`, evenly in ln N, at each budget; D = C / 6N. */
export function gridAround(
  law: FittedLaw,
  budgets: readonly number[],
  {
    width,
    sizes,
    noise = 0,
    seed = 1,
    shift = () => 1,
  }: {
    width: number;
    sizes: number;
    noise?: number;
    seed?: number;
    shift?: (C: number) => number;
  },
): Runs {
  const { prefactor, exponent } = trueFrontier(law);
  const points = budgets.flatMap((C) =>
    Array.from({ length: sizes }, (_, k) => {
      const N = prefactor * C ** exponent * shift(C) * width ** ((2 * k) / (sizes - 1) - 1);
      return { N, D: C / 6 / N };
    }),
  );
  return simulateRuns({ law, layout: { kind: 'points', points }, noise, seed });
}

/** The experiments of isoflop2026, by name. */
export function isoFlopExperiments(path: string): ReadonlyMap<string, Runs> {
  const runs = readRuns(readFileSync(path, 'utf8'), {
    columns: { N: 'params', D: 'tokens', C: 'budget', loss: 'loss' },
  });
  const names = [...new Set(runs.extra.experiment as readonly string[])];
  return new Map(
    names.map((value) => [value, applyFilters(runs, [{ kind: 'equals', column: 'experiment', value }]).kept]),
  );
}

export const CHINCHILLA = 'epochai_chinchilla__massivetext__chinchilla';
