/**
 * What could overturn a decision: the same question put to fits of other rows, of another penalty, of another form. None of them is the fit;
 * each is what somebody else would have done with the same table.
 */

import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { lawAsked } from '../fit/options.ts';
import { type RelativeErrors, relativeErrors } from '../hold-out/relative-error.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { count } from '../words.ts';
import { type Asked, type Budget, decide } from './decision.ts';

/** The decision of another fit. */
export interface Alternative {
  /** What it does otherwise, after "a fit": `without the largest size, 6.05B`. */
  readonly otherwise: string;
  /** Rows fitted. */
  readonly rows: number;
  /** Errors on the rows that it alone left out; null where it left out none. */
  readonly leftOut: RelativeErrors | null;
  readonly N: number;
  readonly D: number;
  /** Nats per token. */
  readonly loss: number;
}

/** One thing done otherwise. */
interface Change {
  readonly otherwise: string;
  readonly filters?: readonly Filter[];
  readonly options?: FitOptions<LawName | LawForm>;
}

/** Early checkpoints that an ordinary cut leaves out. */
const EARLY = 0.2;
/** Share of the rows that a cut of long runs keeps. */
const SHORT = 0.75;
/** Tokens per parameter must spread by this factor for the longest runs to be another question. */
const WIDE = 10;
/** A richer form of the same law: it has Chinchilla's as a special case. */
const RICHER: Readonly<Record<string, LawName>> = { chinchilla: 'skaling' };

/** The decisions of other fits to `kept`, the rows behind `fit`; those that cannot be made are left out. */
export function alternativesTo(
  fit: Fit<string>,
  kept: Runs,
  options: FitOptions<LawName | LawForm>,
  asked: Asked,
  budget: Budget,
): Alternative[] {
  return changesTo(fit, kept).flatMap(({ otherwise, filters = [], options: own = {} }) => {
    try {
      const rows = applyFilters(kept, filters).kept;
      const other = fitScalingLaw(rows, { ...options, ...own, filters: [] });
      const { N, D, loss } = decide(other, asked, budget).decision;
      const seen = new Set(rows.row);
      const rest = Array.from({ length: kept.length }, (_, i) => i).filter((i) => !seen.has(kept.row[i]!));
      const leftOut = rest.length > 0 ? relativeErrors(other, takeRuns(kept, rest)) : null;
      return [{ otherwise, rows: rows.length, leftOut, N, D, loss }];
    } catch (error) {
      if (error instanceof ScalingLawsError) return [];
      throw error;
    }
  });
}

function changesTo(fit: Fit<string>, { N, D, run, length }: Runs): readonly Change[] {
  const { penalty } = fit.objective;
  const hasCheckpoints = run !== undefined && new Set(run).size < length;
  const sizes = [...new Set(N)].sort((one, two) => one - two);
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const ratios = Array.from(D, (tokens, i) => tokens / N[i]!).sort((one, two) => one - two);
  const long = ratios[Math.floor(SHORT * (length - 1))]!;
  const richer = RICHER[fit.law];
  return [
    ...(hasCheckpoints
      ? [
          { otherwise: 'to the last checkpoint of each run', filters: [{ kind: 'final-only' }] as const },
          { otherwise: `without the first ${100 * EARLY}% of each run`, filters: [early()] },
        ]
      : []),
    ...(sizes.length > 2
      ? [
          { otherwise: `without the largest size, ${count(largest)}`, filters: [range('N', { max: sizes.at(-2)! })] },
          { otherwise: `without the smallest size, ${count(smallest)}`, filters: [range('N', { min: sizes[1]! })] },
        ]
      : []),
    ...(ratios.at(-1)! > WIDE * ratios[0]!
      ? [
          {
            otherwise: `at up to ${count(long)} tokens per parameter`,
            filters: [range('tokensPerParam', { max: long * (1 + 1e-9) })],
          },
        ]
      : []),
    penalty.kind === 'squared'
      ? { otherwise: 'with the Huber penalty', options: { penalty: 'huber' } }
      : { otherwise: 'with squared residuals', options: { penalty: 'squared' } },
    ...(richer && length >= 3 * lawAsked(richer).coefficients.length
      ? [{ otherwise: `of the ${richer} law`, options: { law: richer, search: { hops: 0 } } }]
      : []),
  ];
}

const early = (): Filter => ({ kind: 'exclude-early', fraction: EARLY });
const range = (of: 'N' | 'tokensPerParam', ends: { readonly min?: number; readonly max?: number }): Filter => ({
  kind: 'range',
  of,
  ...ends,
});
