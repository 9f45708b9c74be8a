/** Flags that say what other families tell of the coefficients of a fit. */

import { readFile } from 'node:fs/promises';
import { refusal, ScalingLawsError } from '../errors.ts';
import { choshenOptions, choshenPrior } from '../families/prior.ts';
import { type Prior, prior } from '../fit/prior.ts';
import { fileReason } from '../node/file-reason.ts';
import { check } from '../schema/check.ts';
import { text } from '../schema/fields.ts';
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
  widths: choshenOptions.entries.widths,
  noise: prior.entries.noise,
  strength: prior.entries.strength,
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
  const { prior: name, widths, noise, strength } = said;
  if (name === undefined) return undefined;
  if (name !== CHOSHEN) return { ...(await priorIn(name)), ...given({ noise, strength }) };
  if (widths === undefined) throw refusal('--prior-widths', `be given for ${CHOSHEN}`, 'none');
  if (noise === undefined) throw refusal('--prior-noise', `be given for ${CHOSHEN}`, 'none');
  return { ...choshenPrior({ widths, noise }), ...given({ strength }) };
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
