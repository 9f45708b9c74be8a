/**
 * A frontier as two power laws in compute, N* = k C^a and D* = k' C^b, fitted as straight lines in logarithms: the last step of
 * approaches 1 and 2. Hoffmann et al. 2022, arXiv:2203.15556, sections 3.1 and 3.2.
 */

/** value = prefactor C^exponent, C in FLOPs. */
export interface PowerLaw {
  readonly prefactor: number;
  readonly exponent: number;
}

/** Compute-optimal parameters and training tokens as powers of training compute. */
export interface Frontier {
  /** Parameters; its exponent is Hoffmann's a. */
  readonly N: PowerLaw;
  /** Training tokens; its exponent is Hoffmann's b. */
  readonly D: PowerLaw;
}

/** A compute-optimal model found at one budget. */
export interface Optimum {
  /** FLOPs. */
  readonly C: number;
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
}

/** Straight lines through ln N and ln D over ln C; undefined where the optima have one budget only. */
export function frontierThrough(optima: readonly Optimum[]): Frontier | undefined {
  const logC = optima.map(({ C }) => Math.log(C));
  const N = line(
    logC,
    optima.map(({ N }) => Math.log(N)),
  );
  const D = line(
    logC,
    optima.map(({ D }) => Math.log(D)),
  );
  return N && D && { N, D };
}

/**
 * Model that a frontier gives for a budget.
 *
 * @param frontier - Two power laws, of `approach1`, `approach2` or `publishedAllocations`.
 * @param C - Training FLOPs.
 * @returns Parameters and training tokens. Their product need not be C / 6: the two lines were fitted apart.
 * @example
 * frontierAt({ N: { prefactor: 0.1, exponent: 0.5 }, D: { prefactor: 2, exponent: 0.5 } }, 1e22).N // => 1e10
 */
export function frontierAt({ N, D }: Frontier, C: number): { readonly N: number; readonly D: number } {
  return { N: powerLawAt(N, C), D: powerLawAt(D, C) };
}

/** Value of a power law at `C` FLOPs. */
export const powerLawAt = ({ prefactor, exponent }: PowerLaw, C: number): number => prefactor * C ** exponent;

function line(x: readonly number[], y: readonly number[]): PowerLaw | undefined {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - x0) ** 2, 0);
  if (!(spread > 0)) return undefined;
  const exponent = x.reduce((sum, value, i) => sum + (value - x0) * (y[i]! - y0), 0) / spread;
  return { prefactor: Math.exp(y0 - exponent * x0), exponent };
}
