/** Three families of three laws, without noise. */

/** Coefficients by family. */
export const THREE = {
  llama: { E: 1.7, A: 400, B: 500, alpha: 0.34, beta: 0.28 },
  pythia: { E: 2.1, A: 150, B: 900, alpha: 0.28, beta: 0.33 },
  opt: { E: 1.9, A: 900, B: 250, alpha: 0.39, beta: 0.25 },
} as const;

/** One row of a table. */
export type FamilyRow = {
  readonly family: string;
  readonly run: string;
  readonly N: number;
  readonly D: number;
  readonly loss: number;
};

/** Rows of all families, mixed, 5 sizes at 4 ratios of tokens to parameters. */
export const threeFamilies: readonly FamilyRow[] = [5e7, 1.5e8, 5e8, 1.5e9, 5e9].flatMap((N) =>
  [5, 20, 80, 320].flatMap((ratio) =>
    Object.entries(THREE).map(([family, { E, A, B, alpha, beta }]) => {
      const D = ratio * N;
      return { family, run: `${family}-${N}`, N, D, loss: E + A / N ** alpha + B / D ** beta };
    }),
  ),
);

/** The same as CSV. */
export const csvOf = (rows: readonly FamilyRow[]): string =>
  ['family,run,N,D,loss', ...rows.map((row) => Object.values(row).join())].join('\n');
