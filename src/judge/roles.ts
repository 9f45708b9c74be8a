/** The terms of a law, asked by the solver rules of its coefficients and never by their names. */

import type { LawForm, SolverRule } from '../laws/law.ts';

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
