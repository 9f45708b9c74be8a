/**
 * A chain of servers over a network, each with a run of the model's layers: a step passes them one after another and comes back.
 *
 *     step = sum of the servers' steps + (servers + 1) (one-way delay + activation bytes / link)
 *
 * Unverified: an engineering model of systems such as Petals (Borzunov et al. 2023, arXiv:2209.01188), which publish measurements and no
 * formula. docs/serving.md holds it against them.
 */

import type { Chain } from './deployment.ts';
import type { StepTime } from './roofline.ts';

/** Seconds on the way for activations of so many bytes. Trusts its input. */
export function travelSeconds({ servers, delaySeconds, bytesPerSecond }: Chain, bytes: number): number {
  return (servers + 1) * (delaySeconds + bytes / bytesPerSecond);
}

/** `step`, the sum over the servers, with `travel` seconds on the way. Trusts its input. */
export function chained(step: StepTime, travel: number): StepTime {
  return { ...step, seconds: step.seconds + travel, network: step.network + travel };
}
