/** Published laws against the numbers that their papers and code print. */

import { describe, expect, it } from 'vitest';
import { checkCoefficients } from '../../src/laws/check-coefficients.ts';
import { type PublishedLaw, publishedLaws } from '../../src/laws/published.ts';
import { lawNamed } from '../../src/laws/registry.ts';

const laws = Object.entries(publishedLaws);
type Name = {
  [K in keyof typeof publishedLaws]: (typeof publishedLaws)[K] extends PublishedLaw ? K : never;
}[keyof typeof publishedLaws];

/** Coefficients as printed: E, A, B, alpha, beta; and one unit of the last digit printed of each. */
const PRINTED: readonly (readonly [Name, readonly number[], readonly number[]])[] = [
  // Hoffmann et al. 2022, eq. 10.
  ['hoffmann2022', [1.69, 406.4, 410.7, 0.34, 0.28], [0.01, 0.1, 0.1, 0.01, 0.01]],
  // Their TeX source; rounded it is what they print (E 1.6934).
  ['hoffmann2022Unrounded', [1.6934, 406.4, 410.7, 0.33917084, 0.2849083], [1e-4, 0.1, 0.1, 1e-8, 1e-7]],
  // beyond-chinchilla's defaults.
  ['sardana2024', [1.69, 406.4, 410.7, 0.336, 0.283], [0.01, 0.1, 0.1, 1e-3, 1e-3]],
  // Besiroglu et al. 2024, table 1, and the best Huber sum of their notebook.
  ['besiroglu2024', [1.8172, 482.01, 2085.43, 0.34781, 0.36585], [1e-4, 0.01, 0.01, 1e-5, 1e-5]],
  ['besiroglu2024Huber', [1.81724, 477.84, 2143.86, 0.34731, 0.36718], [1e-5, 0.01, 0.01, 1e-5, 1e-5]],
  // Muennighoff et al. 2023: about 1.869, 521, 1488.
  ['muennighoff2023', [1.869, 521, 1488, 0.3526596, 0.3526596], [1e-3, 1, 1, 1e-7, 1e-7]],
  // Gadre et al. 2024, recomputed from their runs; eta = alpha / 2 is printed to 4 digits.
  ['gadre2024C4', [1.508, 113.7, 152.5, 0.2425, 0.2425], [1e-3, 0.1, 0.1, 1e-4, 1e-4]],
  ['gadre2024RedPajama', [1.837, 166.2, 287.2, 0.2729, 0.2729], [1e-3, 0.1, 0.1, 1e-4, 1e-4]],
  ['gadre2024RefinedWeb', [1.7345, 125.1, 196, 0.2544, 0.2544], [1e-4, 0.1, 0.1, 1e-4, 1e-4]],
];

describe('published laws', () => {
  it('of the Chinchilla form are all in the table above', () => {
    const names = laws.flatMap(([name, { law }]) => (law === 'chinchilla' ? [name] : []));
    expect(PRINTED.map(([name]) => name)).toEqual(names);
  });

  it.each(PRINTED)('%s has the coefficients of its source, to one unit of the last digit', (name, printed, unit) => {
    const { E, A, B, alpha, beta } = publishedLaws[name].coefficients;
    [E, A, B, alpha, beta].forEach((value, i) => {
      expect(Math.abs(value - printed[i]!)).toBeLessThanOrEqual(unit[i]!);
    });
  });

  it.each(laws)(
    '%s is a law of the registry, frozen, with source and a name for the command line',
    (key, published) => {
      checkCoefficients(lawNamed(published.law), published.coefficients);
      expect(Object.isFrozen(published.coefficients)).toBe(true);
      expect(published.source).toMatch(/arXiv:\d{4}\.\d{5}/);
      expect(published.name.replaceAll('-', '')).toBe(key.toLowerCase());
    },
  );

  it("unrounded, Hoffmann's logarithms are a = 6.0073404, b = 6.0179186, e = .5267228", () => {
    const { E, A, B } = publishedLaws.hoffmann2022Unrounded.coefficients;
    expect(Math.log(A)).toBeCloseTo(6.0073404, 12);
    expect(Math.log(B)).toBeCloseTo(6.0179186, 12);
    expect(Math.log(E)).toBeCloseTo(0.5267228, 12);
  });

  it('carry the standard errors of Besiroglu et al., table 1', () => {
    expect(publishedLaws.besiroglu2024.standardErrors).toEqual({
      E: 0.0257,
      A: 124.52,
      B: 1293.28,
      alpha: 0.0154,
      beta: 0.0206,
    });
  });
});
