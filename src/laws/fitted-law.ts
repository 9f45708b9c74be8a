/** A law with numbers in it: what a fit, a published law and a user's own coefficients have in common. */

import type { Span } from '../numeric/span.ts';
import type { ChinchillaCoefficient } from './chinchilla.ts';
import type { Coefficients } from './law.ts';

/** Span of the runs behind a law, in parameters, tokens, FLOPs and tokens per parameter. */
export interface FittedRange {
  readonly N: Span;
  readonly D: Span;
  readonly C: Span;
  readonly tokensPerParam: Span;
}

/** Usable wherever a law with coefficients is asked for: a `Fit`, one of `publishedLaws`, or an object of your own. */
export interface FittedLaw<Name extends string = ChinchillaCoefficient> {
  /** Name of the law in the registry. */
  readonly law: string;
  readonly coefficients: Coefficients<Name>;
  /** Where the law was fitted; unknown if absent, and then nothing can be said about extrapolation. */
  readonly fittedRange?: FittedRange;
}
