/**
 * A law with numbers in it: what a fit, a published law and a user's own coefficients have in common.
 *
 * What the library makes says its law by name, so that it is plain data, and carries the law itself beside it where JSON does not look.
 * Nothing is looked up: a law defined anywhere works everywhere in the process.
 */

import { recordOf } from '../arguments.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import type { LossUnit } from '../loss-unit.ts';
import type { Span } from '../numeric/span.ts';
import { checkCoefficients } from './check-coefficients.ts';
import type { ChinchillaCoefficient } from './chinchilla.ts';
import type { KeptUncertainty } from './kept-uncertainty.ts';
import { type Coefficients, isLaw, type Law, type LawForm } from './law.ts';

/** Span of the runs behind a law, in parameters, tokens, FLOPs and tokens per parameter. */
export interface FittedRange {
  readonly N: Span;
  readonly D: Span;
  readonly C: Span;
  readonly tokensPerParam: Span;
}

/** Usable wherever a law with coefficients is asked for: a `Fit`, one of `publishedLaws`, or `{ law: laws.kaplan, coefficients }` of your own. */
export interface FittedLaw<Name extends string = ChinchillaCoefficient> {
  /** The law itself; its name in what the library made. */
  readonly law: string | LawForm;
  readonly coefficients: Coefficients<Name>;
  /** Unit of its losses, and of its floor; where absent nobody said, and numbers are called nats per token. */
  readonly lossUnit?: LossUnit;
  /** Where the law was fitted; unknown if absent, and then nothing can be said about extrapolation. */
  readonly fittedRange?: FittedRange;
  /** What intervals of every answer about the law are made of; absent where it is not known. */
  readonly uncertainty?: KeptUncertainty<Name>;
}

/** Under this key, shared by every build of the library in a process, data carry their law. */
const LAW = Symbol.for('scaling-laws/law');

/**
 * `data`, carrying `law`: not enumerable, so that JSON, spreads and comparisons do not see it.
 *
 * @param data - An object that is not frozen yet; it is changed, and returned.
 */
export function withLaw<T extends object>(data: T, law: LawForm): T {
  return Object.defineProperty(data, LAW, { value: law });
}

/**
 * The law that `fitted` is of.
 *
 * @param where - Name of the argument in the message.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN` for what says its law by name only: a copy, or data parsed by `JSON.parse`.
 */
export function lawOf(fitted: { readonly law: string | LawForm }, where: string = 'law'): Law {
  const { law, [LAW]: carried } = recordOf(where, fitted) as { law: unknown; [LAW]?: Law };
  if (typeof law === 'object' && law !== null) return asLaw(law as LawForm, where);
  if (carried) return carried;
  if (typeof law !== 'string') throw refusal(`${where}.law`, 'be a law', law);
  throw new ScalingLawsError(
    'E_LAW_UNKNOWN',
    {
      argument: `${where}.law`,
      rule: 'be the law itself, since a name says too little',
      got: law,
      cure: `give { law: laws['${law}'], coefficients } or your own law, or load what was saved with fitFromJson or lawFromJson`,
    },
    { law },
  );
}

/** `law`, if it can do what laws made by the library can. */
function asLaw(law: LawForm, where: string): Law {
  if (isLaw(law)) return law;
  throw refusal(`${where}.law`, 'be a law made by defineLaw', law);
}

/**
 * As {@link lawOf}, with the coefficients checked.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for no object; `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`.
 */
export function lawBehind(fitted: FittedLaw<string>, where: string = 'law'): Law {
  const law = lawOf(fitted, where);
  checkCoefficients(law, fitted.coefficients);
  return law;
}
