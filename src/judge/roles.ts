/** What a coefficient is to its law, asked by its solver rule and never by its name. */

import { isFloor, type LawForm, type SolverRule } from '../laws/law.ts';

/** Name of the irreducible loss; undefined where the law has none, or more than one. */
export function floorOf({ coefficients, solver }: LawForm): string | undefined {
  const floors = coefficients.filter((name) => isFloor(solver[name]));
  return floors.length === 1 ? floors[0] : undefined;
}

/** A term c x^-e of one variable. */
export interface Term {
  readonly amplitude: string;
  readonly exponent: string;
}

/** The first term of `law` that falls with `variable` alone; undefined where there is none. */
export function termOf({ coefficients, solver }: LawForm, variable: string): Term | undefined {
  for (const amplitude of coefficients) {
    const { power } = solver[amplitude]!;
    if (power && readBy(power.of) === variable) return { amplitude, exponent: power.exponent };
  }
  return undefined;
}

/** Names of the variables that a function of a point reads, joined. */
function readBy(of: NonNullable<SolverRule['power']>['of']): string {
  const read = new Set<string>();
  of(new Proxy({}, { get: (_, name) => read.add(String(name)) && 1 }));
  return [...read].join();
}
