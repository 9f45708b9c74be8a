/** What the playground knows at a moment. */

import type { Bootstrap, Fit, Plan, PlanProblem, Runs } from '../../src/index.ts';
import type { Spans } from './bindings.ts';
import type { NamedSvg } from './figures.ts';
import { INITIAL, type State } from './state.ts';

/** Rows, and what was found for them so far; each part is undefined until it is known, and again once it no longer holds. */
export interface Session {
  state: State;
  /** What was opened. */
  text: string;
  runs: Runs | undefined;
  spans: Spans | undefined;
  fit: Fit | undefined;
  bootstrap: Bootstrap<string> | undefined;
  problem: PlanProblem | undefined;
  plan: Plan | undefined;
  figures: readonly NamedSvg[];
}

export const newSession = (): Session => ({
  state: INITIAL,
  text: '',
  runs: undefined,
  spans: undefined,
  fit: undefined,
  bootstrap: undefined,
  problem: undefined,
  plan: undefined,
  figures: [],
});
