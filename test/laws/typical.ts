/** Where a law is tried: coefficients of the sizes that its literature knows, points that its variables span. */

import fc from 'fast-check';
import type { Coefficients, Law, Point } from '../../src/laws/law.ts';

type Span = readonly [low: number, high: number];

/** What the contract needs to know of a law. */
export interface Typical {
  /** Coefficients, evenly spread in their logarithms where positive. */
  readonly coefficients: Readonly<Record<string, Span>>;
  /** Variables beside N, D and C, over these values in the design. */
  readonly others?: Readonly<Record<string, readonly number[]>>;
  /** Variables in which the loss falls, whatever the coefficients. */
  readonly falls: readonly string[];
  /** Coefficients that only many more rows than the design has could tell: given to the fit. */
  readonly given?: readonly string[];
  /** How near the predictions come back from runs without noise; default 1e-6. */
  readonly tolerance?: number;
  /** Starts of the search for that, default 4: more where valleys are many. */
  readonly starts?: number;
  /** Noiseless sets of runs that are fitted, default 4: fewer where one fit takes long. */
  readonly examples?: number;
  /** Whether the law bends so near a point that no derivative is to be tried there. */
  readonly kink?: (coefficients: Coefficients, point: Point) => boolean;
  /** For the law that most people fit: more examples, second derivatives to 1e-6, the whole search. */
  readonly thorough?: true;
}

/** Coefficients of the Chinchilla law of the sizes that its literature knows. */
export const CHINCHILLA_SPANS = {
  E: [0.1, 2.5],
  A: [5, 2000],
  B: [5, 5000],
  alpha: [0.1, 0.7],
  beta: [0.1, 0.7],
} as const;

/** Any coefficients of `law` of typical size. */
export const anyCoefficients = (law: Law, typical: Typical): fc.Arbitrary<Coefficients> =>
  fc.record(
    Object.fromEntries(
      law.coefficients.map((name) => {
        const [low, high] = typical.coefficients[name]!;
        const uniform = (from: number, to: number): fc.Arbitrary<number> =>
          fc.double({ min: from, max: to, noNaN: true });
        return [name, low > 0 ? uniform(Math.log(low), Math.log(high)).map(Math.exp) : uniform(low, high)];
      }),
    ),
  ) as fc.Arbitrary<Coefficients>;

/** Six sizes at six ratios of tokens to parameters; other variables take their values in turn, so that no two go together. */
export function designOf(typical: Pick<Typical, 'others'>): Record<string, number>[] {
  const others = Object.entries(typical.others ?? {});
  const cells = [5e7, 1e8, 3e8, 1e9, 3e9, 1e10].flatMap((N) => [2, 8, 20, 60, 200, 1000].map((k) => ({ N, D: k * N })));
  const most = Math.max(1, ...others.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, turn) =>
    cells.map(({ N, D }, i) => ({
      N,
      D,
      C: 6 * N * D,
      ...Object.fromEntries(
        others.map(([variable, values], j) => [variable, values[(turn + (j + 1) * i + j * turn) % values.length]!]),
      ),
    })),
  ).flat();
}

/** A point of a design, moved by up to a factor of 3 in each variable. */
export const anyPoint = (design: readonly Record<string, number>[]): fc.Arbitrary<Record<string, number>> =>
  fc
    .tuple(fc.constantFrom(...design), fc.double({ min: 1 / 3, max: 3, noNaN: true }))
    .map(([point, factor]) => ({ ...point, N: point.N! * factor, D: point.D! / factor ** 2, C: point.C! / factor }));
