/** No fit may be worse than the best that an independent search of thousands of starts has found (golden.json). */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { goldenCase, goldenFits } from '../golden.ts';

const fits = goldenFits();

describe.skipIf(fits.length === 0)('golden.json (skipped where the shared data are absent)', () => {
  it.each(fits.map((golden) => [`${golden.file}: ${golden.filter}, ${golden.penalty.kind}`, golden] as const))(
    '%s',
    (_, golden) => {
      const { runs, filters } = goldenCase(golden);
      const fit = fitScalingLaw(runs, { filters, penalty: golden.penalty });
      expect(fit.runs.kept).toBe(golden.rows);
      expect(fit.objective.value / golden.objective).toBeLessThanOrEqual(1 + 1e-6);
      expect(fit.status.kind).toBe('converged');
      // Near-equal minima along one flat valley are no rivals.
      expect(fit.rivals).toEqual([]);
    },
  );
});
