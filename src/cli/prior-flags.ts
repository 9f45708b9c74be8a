/** Flags that say what other families tell of the coefficients of a fit. */

import { readFile } from 'node:fs/promises';
import { refusal, ScalingLawsError } from '../errors.ts';
import { choshenPrior } from '../families/prior.ts';
import { type Prior, prior } from '../fit/prior.ts';
import { fileReason } from '../node/file-reason.ts';
import { check } from '../schema/check.ts';
import { byName, notNegative, positive, text } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { type FlagSet, flagSet, given } from './flags.ts';
import { inFileSync } from './law-argument.ts';

const CHOSHEN = 'choshen';
const fields = object('prior options', {
  prior: optional(
    text({
      help: `What other families say: ${CHOSHEN}, or the file of a prior that familyPrior made.`,
      placeholder: 'name',
    }),
  ),
  priorWidths: optional(
    byName(positive('exponent'), {
      help: `Standard deviations about the lines of ${CHOSHEN}: alpha=0.05,beta=0.2.`,
      placeholder: 'name=value,...',
    }),
  ),
  priorNoise: optional(
    positive('relative loss', {
      help: 'Mean relative error of rows about a law: 0.01 is common.',
      placeholder: 'share',
    }),
  ),
  priorStrength: optional(
    notNegative('weights of the prior', {
      help: 'Weight of the prior; 0 is the plain fit. Default: 1.',
      placeholder: 'number',
    }),
  ),
});

/** The flags. */
export const priorFlags = flagSet(fields, {
  title: 'Prior',
  change: { prior: { choices: [CHOSHEN] } },
  needs: { 'prior-widths': ['prior'], 'prior-noise': ['prior'], 'prior-strength': ['prior'] },
});
type PriorSaid = typeof priorFlags extends FlagSet<infer T> ? T : never;

/** The prior that they ask for. */
export async function priorOf(said: PriorSaid): Promise<Prior | undefined> {
  const { prior: name, priorWidths: widths = {}, priorNoise: noise, priorStrength: strength } = said;
  if (name === undefined) return undefined;
  if (name !== CHOSHEN) return { ...(await priorIn(name)), ...given({ noise, strength }) };
  const { alpha, beta, ...others } = widths;
  if (alpha === undefined || beta === undefined || Object.keys(others).length > 0)
    throw refusal('--prior-widths', `be of alpha and beta for ${CHOSHEN}`, Object.keys(widths).join(' and ') || 'none');
  if (noise === undefined)
    throw refusal('--prior-noise', `be given for ${CHOSHEN}`, 'none', 'give --prior-noise 0.01, say');
  return { ...choshenPrior({ widths: { alpha, beta }, noise }), ...given({ strength }) };
}

async function priorIn(file: string): Promise<Prior> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const breach = {
      argument: '--prior',
      rule: `be ${CHOSHEN} or a readable file`,
      got: `${file}: ${fileReason(error)}`,
    };
    throw new ScalingLawsError('E_FILE', breach);
  });
  return inFileSync(file, () => check(prior, parsed(content), 'prior'));
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new ScalingLawsError('E_FORMAT', { argument: 'prior', rule: 'be JSON', got: content.slice(0, 20) });
  }
}
