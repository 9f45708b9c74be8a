/**
 * How much unique data there is, and what that makes of the law. A law that reads `U` is told; so is a Chinchilla law whose data repeat,
 * which becomes the law of repeated data with its own coefficients, and the published constants of how fast repeated tokens, and surplus
 * parameters, lose their worth.
 *
 * Muennighoff et al. 2023, arXiv:2305.16264.
 */

import { refusal } from '../errors.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { muennighoff, REPEATED_DATA } from '../laws/muennighoff.ts';
import type { Variables } from '../predict/surface.ts';
import type { CheckedProblem } from './problem.ts';

/** Unique tokens where nothing limits them: more than any model is trained on, so none repeats. */
const ENDLESS = 1e30;

/**
 * The law of a problem and the variables that it reads, unique tokens among them.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` for data that repeat under a law that cannot tell.
 */
export function withUniqueData({ law, given, data }: CheckedProblem): {
  readonly law: FittedLaw<string>;
  readonly given: Variables;
} {
  const form = lawOf(law);
  const unique = uniqueTokensOf(form);
  if (unique !== undefined) {
    if (data && given[unique] !== undefined)
      throw refusal(`given.${unique}`, 'be absent beside data.unique', given[unique]);
    return { law, given: { [unique]: data?.unique ?? ENDLESS, ...given } };
  }
  if (!data?.repeat) return { law, given };
  if (form.kind !== chinchilla.kind) {
    const rule = `be absent or false where the law, ${form.kind}, does not read U: it cannot tell repeated tokens from fresh ones`;
    throw refusal('data.repeat', rule, true);
  }
  return {
    law: { ...law, law: muennighoff, coefficients: { ...law.coefficients, ...REPEATED_DATA } },
    given: { ...given, U: data.unique },
  };
}

/** The variable of a law that stands for unique tokens: U, unless the law says otherwise. */
function uniqueTokensOf({ roles = {}, variables }: LawForm): string | undefined {
  return variables.find((name) => (roles[name] ?? (name === 'U' ? UNIQUE : undefined)) === UNIQUE);
}

const UNIQUE = 'unique-tokens';
