/** What a table of runs spans: how many rows, runs and sizes, and from where to where. */

import { type Span, spanOf } from '../numeric/span.ts';
import { knows, type Runs } from './runs.ts';

/** Counts and spans of a table of runs, as plain data. */
export interface RunsSummary {
  /** Number of rows, i.e. of measured losses. */
  readonly rows: number;
  /** Number of different runs; absent if no column says which run a row belongs to. */
  readonly runs?: number;
  /** Number of different model sizes `N`; absent where the table does not tell them. */
  readonly sizes?: number;
  /** Parameters; absent where the table does not tell them, like what follows. */
  readonly N?: Span;
  /** Tokens. */
  readonly D?: Span;
  /** FLOPs. */
  readonly C?: Span;
  /** Tokens per parameter, D / N. */
  readonly tokensPerParam?: Span;
  /** Nats per token. */
  readonly loss: Span;
}

/**
 * Counts and spans of `runs`.
 *
 * @param runs - At least one row.
 * @example
 * summarizeRuns(readRuns('N,D,loss\n1B,20B,2.5\n2B,20B,2.4')).tokensPerParam // => [10, 20]
 */
export function summarizeRuns(runs: Runs): RunsSummary {
  const span = (name: 'N' | 'D' | 'C'): { readonly [K in typeof name]?: Span } =>
    knows(runs, name) ? { [name]: spanOf(runs[name]) } : {};
  return Object.freeze({
    rows: runs.length,
    ...(runs.run && { runs: new Set(runs.run).size }),
    ...(knows(runs, 'N') && { sizes: new Set(runs.N).size }),
    ...span('N'),
    ...span('D'),
    ...span('C'),
    ...(knows(runs, 'N') && knows(runs, 'D') && { tokensPerParam: spanOf(runs.D.map((D, i) => D / runs.N[i]!)) }),
    loss: spanOf(runs.loss),
  });
}
