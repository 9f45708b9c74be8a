/**
 * An engine takes a start to the local minimum beneath it. The search over starts is the same for all engines.
 */

import type { Objective } from '../objective/objective.ts';
import { custom } from '../schema/fields.ts';

/** How far to go on one level. */
export interface DescentOptions {
  /** Stop when a step lowers the value by less than this share of it. */
  readonly tolerance: number;
  /** Steps at most. */
  readonly iterations: number;
  /** Minima known on this level: a descent on its way to one of them may stop. */
  readonly known?: readonly Float64Array[];
}

/** Where a descent ended. */
export interface Descent {
  /** Whether it ended at a local minimum, judged by the derivative, not by the method's own word. */
  readonly converged: boolean;
  /** The known minimum it was on its way to, where it stopped for that. */
  readonly met?: Float64Array | undefined;
}

/** A local minimiser bound to one objective. */
export interface Engine {
  /**
   * Moves `theta` to a local minimum of the objective at Huber's `level` (see objective/penalty.ts).
   */
  descend(theta: Float64Array, level: number, options: DescentOptions): Descent;
}

/** An engine to choose, e.g. `levenbergMarquardt` of the entry `scaling-laws/levenberg-marquardt`. */
export interface EngineChoice {
  /** What a fit records. */
  readonly name: string;
  /** Makes the engine of an objective. */
  readonly of: (objective: Objective) => Engine;
}

/** Which engine: `newton` by its name, any other by the object that its entry exports. */
export const engine = custom<'newton' | EngineChoice>(
  'be newton, or an engine such as levenbergMarquardt of scaling-laws/levenberg-marquardt',
  (value) => value === 'newton' || typeof (value as EngineChoice | null)?.of === 'function',
  { help: 'Local minimiser.', placeholder: 'name' },
);
