/**
 * Table 1 of "Beyond Chinchilla-Optimal" (Sardana et al. 2024, arXiv:2401.00448): the same law fitted to runs of at most 100, 250,
 * 500, 1000 tokens per parameter, each fit judged on the runs it did not see.
 *
 *     npx tsx examples/ablation-of-fitting-ranges.ts                        bundled, simulated runs
 *     npx tsx examples/ablation-of-fitting-ranges.ts trainingresults.csv    the authors' own runs
 *
 * The authors' file is in the repository nikhilsardana/beyond-chinchilla. On simulated runs the law is true at every ratio, so
 * a fit to short runs predicts long ones. On the authors' runs it predicts them about 6% too low.
 */

import { fileURLToPath } from 'node:url';
import { ablate, type Varied } from 'scaling-laws';
import { readRunsFile } from 'scaling-laws/node';

const cuts: Varied = { kind: 'range', of: 'tokensPerParam', max: [100, 250, 500, 1000, Number.POSITIVE_INFINITY] };

const path = process.argv[2];
const runs = path
  ? await readRunsFile(path, { columns: { N: 'Parameters', D: 'Tokens', loss: 'Smoothed Loss' } })
  : await readRunsFile(fileURLToPath(new URL('data/simulated-runs.csv', import.meta.url)));

// The bundled file holds checkpoints; the authors' file holds finished runs only.
const { rows } = ablate(runs, { filters: path ? [cuts] : [{ kind: 'final-only' }, cuts] });

const percent = (share: number | null | undefined): string => (share == null ? '-' : (100 * share).toFixed(2));
console.log('D/N up to   rows   alpha    beta       E  |  held out   mean error %   largest %');
for (const { filters, fit, heldOut } of rows) {
  const cut = filters.find((filter) => filter.kind === 'range');
  const { alpha, beta, E } = fit!.coefficients;
  console.log(
    [
      String(cut?.max ?? 'all').padStart(9),
      String(fit!.runs.kept).padStart(6),
      ...[alpha, beta, E].map((value) => value.toFixed(4).padStart(7)),
      ' |',
      String(heldOut!.rows).padStart(8),
      percent(heldOut!.meanSignedError).padStart(14),
      percent(heldOut!.maxAbsoluteRelativeError).padStart(11),
    ].join(' '),
  );
}
