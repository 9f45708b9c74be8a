/** The default engine: Levenberg-damped Newton with the exact Hessian of the objective (numeric/newton.ts). */

import { newtonMinimiser } from '../numeric/newton.ts';
import type { Objective } from '../objective/objective.ts';
import type { Engine, EngineChoice } from './engine.ts';

export function newtonEngine(objective: Objective): Engine {
  const minimise = newtonMinimiser(objective.kernel.dimension);
  return {
    descend: (theta, level, options) => minimise(objective.atLevel(level), theta, options),
  };
}

/** Our own damped Newton, with exact Hessian. */
export const newton: EngineChoice = Object.freeze({ name: 'newton', of: newtonEngine });

/** The engine that `given` means. */
export const engineOf = (given: 'newton' | EngineChoice): EngineChoice => (given === 'newton' ? newton : given);
