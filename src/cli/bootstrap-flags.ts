/** Flags that ask how certain a fit is: its bootstrap. */

import { type Command, Option } from 'commander';
import type { BootstrapOptions } from '../uncertainty/bootstrap.ts';
import type { Resample } from '../uncertainty/resample.ts';
import { given, integer, numberFlag, type Rule } from './flags.ts';
import { UsageError } from './io.ts';

/** Values of the flags of {@link addBootstrapFlags}. */
export interface BootstrapFlags {
  readonly bootstrap?: number;
  readonly resample?: Resample;
  readonly seed?: number;
  readonly workers?: number;
}

const RESAMPLES: readonly Resample[] = ['rows', 'runs', 'sizes', 'residuals'];
const ANY_INTEGER: Rule = { must: 'an integer', holds: Number.isSafeInteger };

/** Adds the flags to `command`. */
export function addBootstrapFlags(command: Command): Command {
  return command
    .optionsGroup('Uncertainty:')
    .addOption(
      numberFlag('--bootstrap <k>', 'standard errors and intervals from so many re-fits, e.g. 1000', integer(2)),
    )
    .addOption(
      new Option(
        '--resample <what>',
        'what is redrawn (default: whole runs where a run has several rows, else rows)',
      ).choices(RESAMPLES),
    )
    .addOption(numberFlag('--seed <integer>', 'one seed, one answer (default: 1)', ANY_INTEGER))
    .addOption(
      numberFlag(
        '--workers <n>',
        'threads (default: as many as the machine has; no matter for the answer)',
        integer(1),
      ),
    );
}

/** The bootstrap that the flags ask for, if they do. */
export function bootstrapOf(
  flags: BootstrapFlags,
): Pick<BootstrapOptions, 'replicates' | 'resample' | 'seed'> | undefined {
  const { bootstrap: replicates, resample, seed } = flags;
  if (replicates !== undefined) return given({ replicates, resample, seed });
  refuseAlone('--resample', resample);
  refuseAlone('--seed', seed);
  return undefined;
}

/** Refuses a flag that says something about a bootstrap where there is none. */
export function refuseAlone(flag: string, value: unknown): void {
  if (value !== undefined) throw new UsageError(`${flag} must come with --bootstrap, got ${flag} ${value} alone`);
}
