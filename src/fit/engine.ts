/**
 * An engine takes a start to the local minimum beneath it. The search over starts is the same for all engines.
 */

import type { Objective } from '../objective/objective.ts';
import { choice } from '../schema/fields.ts';
import type { Given } from '../schema/objects.ts';

/** Engines to choose from. */
export const engine = choice(['newton', 'levenberg-marquardt'], { help: 'Local minimiser.', placeholder: 'name' });
/** Name of an engine. */
export type EngineName = Given<typeof engine>;

/** Our own damped Newton, with exact Hessian. */
export const DEFAULT_ENGINE: EngineName = 'newton';

/** How far to go on one level. */
export interface DescentOptions {
  /** Stop when a step lowers the value by less than this share of it. */
  readonly tolerance: number;
  /** Steps at most. */
  readonly iterations: number;
}

/** A local minimiser bound to one objective. */
export interface Engine {
  /**
   * Moves `theta` to a local minimum of the objective at Huber's `level` (see objective/penalty.ts).
   *
   * @returns Whether it ended at a local minimum, judged by the derivative, not by the method's own word.
   */
  descend(theta: Float64Array, level: number, options: DescentOptions): boolean;
}

/** Makes an engine for an objective. */
export type EngineFactory = (objective: Objective) => Engine;
