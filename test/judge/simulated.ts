/** Simulated fits with a known truth, for the tests of findings. */

import type { Finding } from '../../src/finding.ts';
import { diagnose } from '../../src/fit/diagnose.ts';
import type { Fit } from '../../src/fit/fit.ts';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import type { FitOptions } from '../../src/fit/options.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { withLaw } from '../../src/laws/fitted-law.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import type { Runs } from '../../src/runs/runs.ts';
import type { Layout } from '../../src/simulate/layout.ts';
import { type Simulation, simulateRuns } from '../../src/simulate/simulate-runs.ts';

export const SIZES = [5e7, 1.5e8, 5e8, 1.5e9, 5e9, 1.5e10] as const;
/** Six sizes by six token counts: both terms of the law in full view. */
export const GRID: Layout = { kind: 'grid', N: SIZES, D: [1e9, 3e9, 1e10, 3e10, 1e11, 3e11] };

/** Every size at every ratio of tokens to parameters. */
export const ratios = (of: readonly number[]): Layout => ({
  kind: 'points',
  points: SIZES.flatMap((N) => of.map((ratio) => ({ N, D: ratio * N }))),
});

/** Simulated runs: the grid with 0.5% noise unless told otherwise. */
export const simulated = (options: Partial<Simulation> = {}): Runs =>
  simulateRuns({ law: publishedLaws.besiroglu2024, layout: GRID, noise: 0.005, seed: 1, ...options });

/** Findings about the fit of `runs`. */
export const findingsOf = (runs: Runs, options: FitOptions = {}): readonly Finding[] =>
  diagnose(fitScalingLaw(runs, options), runs).findings;

/** Findings about `fit` with something in it changed, since a fit is plain data. */
export const findingsAbout = (runs: Runs, changed: (fit: Fit) => Partial<Fit>): readonly Finding[] => {
  const fit = fitScalingLaw(runs);
  return diagnose(withLaw({ ...fit, ...changed(fit) }, chinchilla), runs).findings;
};

export const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

/** The finding of that code, which must be there. */
export function finding(findings: readonly Finding[], code: string): Finding {
  const found = findings.find((each) => each.code === code);
  if (!found) throw new Error(`no ${code} among ${codes(findings).join(', ') || 'no findings'}`);
  return found;
}
