import fc from 'fast-check';
import { expect, it } from 'vitest';
import { computeOptimal } from '../../src/allocate/compute-optimal.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plan } from '../../src/plan/plan.ts';
import { magnitude } from '../some-law.ts';

const law = publishedLaws.sardana2024;

it('is the closed form of Hoffmann et al., equation 4, whatever is paid', () => {
  // $2 an hour at half of 989 TFLOP/s.
  const dollars = 2 / (3600 * 0.5 * 989e12);
  fc.assert(
    fc.property(magnitude(1e18, 1e28), (C) => {
      const { N, D } = computeOptimal(law, { C });
      const flops = plan({ law, goal: { kind: 'training-budget', budget: C }, demand: { tokens: 1e12 } });
      const paid = plan({
        law,
        goal: { kind: 'training-budget', budget: C * dollars },
        pay: 'dollars',
        training: { gpu: 'H100' },
      });
      for (const found of [flops, paid]) {
        expect(found.N / N).toBeCloseTo(1, 13);
        expect(found.D / D).toBeCloseTo(1, 13);
      }
    }),
  );
});
