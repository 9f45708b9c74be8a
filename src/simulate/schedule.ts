/**
 * How far a checkpoint lies above the law because its learning rate has not come down yet.
 *
 *     excess = annealing x (lr - lr at the end) / (peak lr - lr at the end)
 *
 * A law describes runs at the end of their schedule; loss falls with the learning rate, and what is left to fall is about
 * proportional to it (Tissue et al. 2024, arXiv:2408.11029). So a cosine run meets its law only at its end (Hoffmann et al. 2022,
 * appendix B), and a warm-up-stable-decay run only in its cooldown (Hägele et al. 2024, arXiv:2405.18392).
 */

import { choice } from '../schema/fields.ts';
import type { Given } from '../schema/objects.ts';

/**
 * Learning rate over a run: `constant` never comes down, so that its checkpoints are all alike and lie on the law; `cosine` falls
 * from start to end, to any final share; `wsd` is stable, then cools down as 1 - sqrt over the last 20%.
 */
export const schedule = choice(['constant', 'cosine', 'wsd'], { help: 'Learning rate over a run.' });
export type Schedule = Given<typeof schedule>;

/** Checkpoints lie on the law unless told otherwise. */
export const DEFAULT_SCHEDULE: Schedule = 'constant';

/**
 * Three per cent of loss: in 81 cosine runs of Li et al. 2025 (arXiv:2502.18969; best learning rate, checkpoints past 1e9 tokens,
 * against the law of their ends) the median excess at 30 to 70% of the run is 0.02 to 0.04 times what is left of the cosine.
 */
export const DEFAULT_ANNEALING = 0.03;

/** Where the cooldown starts: Hägele et al. 2024 cool down over the last 20%. */
const COOLDOWN = 0.8;

/**
 * Share of the fall of the learning rate that is still to come.
 *
 * @param fraction - Part of the run that is done, in (0, 1].
 * @returns 1 at the peak, 0 at the end; 0 throughout for `constant`.
 */
export function annealingToCome(of: Schedule, fraction: number): number {
  switch (of) {
    case 'constant':
      return 0;
    case 'cosine':
      return (1 + Math.cos(Math.PI * fraction)) / 2;
    case 'wsd':
      return fraction <= COOLDOWN ? 1 : 1 - Math.sqrt((fraction - COOLDOWN) / (1 - COOLDOWN));
    default:
      return of satisfies never;
  }
}
