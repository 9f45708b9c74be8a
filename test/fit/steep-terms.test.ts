/**
 * Terms so steep that they are nothing at the centre of the rows and still carry the smallest one: a floor of the amplitude at the centre would
 * cut them off, and a 0 in their place would be another law.
 */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import type { Penalty } from '../../src/objective/penalty.ts';
import { readRuns } from '../../src/runs/read-runs.ts';

type Row = Readonly<Record<'N' | 'D' | 'loss', number>>;

/** Eight to fifteen noisy rows: on a ray, near one, scattered, at one D, or on a ray with an exponent of 5 to 15, or of 9. */
function fewRows(k: number): readonly Row[] {
  const random = seededRandom(1000 + k);
  const form = k % 6;
  const span = 10 ** (1 + 2 * random.uniform());
  const n = 8 + random.integer(8);
  const noise = [0.002, 0.01, 0.05][random.integer(3)]!;
  const alpha = form === 4 ? 5 + 10 * random.uniform() : form === 5 ? 9 : 0.2 + 0.3 * random.uniform();
  return Array.from({ length: n }, (_, i) => {
    const N = form === 2 ? 1e8 * span ** random.uniform() : 1e8 * span ** (i / (n - 1));
    const ray = 20 * N * (form === 1 ? Math.exp(0.3 * random.normal()) : 1);
    const D = form === 2 ? 2e9 * span ** random.uniform() : form === 3 ? 1e10 : ray;
    const loss = form === 3 ? 2 : 1.7 + 0.8 * (N / 1e8) ** -alpha + 0.5 * (D / 2e9) ** -0.3;
    return { N, D, loss: loss * Math.exp(noise * random.normal()) };
  });
}

const PENALTIES: readonly Penalty[] = [{ kind: 'huber', delta: 1e-3 }, { kind: 'squared' }, { kind: 'absolute' }];

function objectiveOf(
  coefficients: Parameters<typeof chinchilla.value>[0],
  rows: readonly Row[],
  penalty: Penalty,
): number {
  return rows.reduce((sum, row) => {
    const r = Math.abs(Math.log(chinchilla.value(coefficients, row) / row.loss));
    if (penalty.kind === 'squared') return sum + (r * r) / 2;
    if (penalty.kind === 'absolute') return sum + r;
    return sum + (r <= penalty.delta ? (r * r) / 2 : penalty.delta * (r - penalty.delta / 2));
  }, 0);
}

describe('the saved coefficients of a fit to few rows', () => {
  it.each(Array.from({ length: 48 }, (_, k) => [k, PENALTIES[Math.floor(k / 6) % 3]!] as const))(
    'give its objective back: table %i, %o',
    (k, penalty) => {
      const rows = fewRows(k);
      const fit = fitScalingLaw(readRuns([...rows]), { penalty });
      const saved = JSON.parse(JSON.stringify(fit)).coefficients;
      expect(Math.abs(objectiveOf(saved, rows, penalty) / fit.objective.value - 1)).toBeLessThan(1e-10);
    },
  );
});

/** Minima that L-BFGS-B of scipy found from 120 starts, half of them with exponents up to 20, inside 0 <= alpha, beta <= 20, 0 < E <= lowest loss. */
const LOWEST: readonly (readonly [table: number, objective: number])[] = [
  [9, 0.02089955485213336],
  [12, 0.0004179719198203374],
  [16, 3.4216176738382696e-6],
  [17, 6.300772550922491e-5],
  [30, 0.00834165378317289],
  [46, 0.010338814624344883],
  [53, 2.044026101798515e-5],
  [58, 0.0001993073919580845],
];

describe('the search', () => {
  it.each(LOWEST)(
    'is as low on table %i as scipy is inside the same bounds: a step at the smallest N or D',
    (k, lowest) => {
      const fit = fitScalingLaw(readRuns([...fewRows(k)]), { penalty: PENALTIES[Math.floor(k / 6) % 2]! });
      expect(fit.objective.value / lowest).toBeLessThanOrEqual(1 + 1e-6);
    },
  );
});
