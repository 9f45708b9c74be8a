/**
 * Points that fill a box evenly without a grid and without chance: the additive recurrence
 *
 *     u_k = frac(1/2 + k (g^-1, g^-2, ..., g^-d)),   g the positive root of g^(d+1) = g + 1
 *
 * For d = 1 g is the golden ratio. Roberts 2018, "The unreasonable effectiveness of quasirandom sequences".
 */

/** The first `count` points in the unit cube of `dimensions`. */
export function evenPoints(count: number, dimensions: number): Float64Array[] {
  let g = 2;
  for (let k = 0; k < 64; k++) g = (1 + g) ** (1 / (dimensions + 1));
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: dimensions }, (_, j) => (0.5 + (k + 1) * g ** -(j + 1)) % 1),
  );
}
