/** All commands, in the order in which help lists them. A command is loaded when it runs. */

import type { Declared, Spec } from './command.ts';

/** A command as help lists it, and where the rest of it is. */
export interface Listed {
  readonly name: string;
  readonly description: string;
  readonly load: () => Promise<Spec>;
}

type Row = readonly [name: string, description: string, load: () => Promise<{ readonly declared: Declared }>];

const ROWS: readonly Row[] = [
  ['answer', 'Go from a table of runs to what to train.', () => import('./whole-answer.ts')],
  ['fit', 'Fit a scaling law to a table of runs.', () => import('./fit.ts')],
  ['summary', 'Print a saved fit as one block of text.', () => import('./summary.ts')],
  ['diagnose', 'Find what is wrong with a fit, and what to do about it.', () => import('./diagnose.ts')],
  ['profile', 'Give the profile-likelihood interval of a coefficient.', () => import('./profile.ts')],
  ['test', 'Test whether the rows behind a fit could come from another law.', () => import('./test-against.ts')],
  ['ablate', 'Fit to several cuts of the runs, and compare the answers.', () => import('./ablate.ts')],
  ['choose', 'Rank laws by how well they predict runs that they were not fitted to.', () => import('./choose.ts')],
  ['roll-out', 'Predict larger runs from smaller ones, step by step.', () => import('./roll-out.ts')],
  ['leave-out', 'Predict each model size, or each run, from all others.', () => import('./leave-out.ts')],
  ['approaches', 'Compare the three approaches of Hoffmann et al. on the same runs.', () => import('./approaches.ts')],
  ['fit-families', 'Fit families of models that share some coefficients.', () => import('./fit-families.ts')],
  ['hitchhike', 'Measure how well laws of other families predict the largest models.', () => import('./hitchhike.ts')],
  ['borrow', 'Keep some coefficients of another law, and fit the others to a few rows.', () => import('./borrow.ts')],
  ['predict', 'Predict the loss of a model, or the tokens or parameters for a loss.', () => import('./predict.ts')],
  ['predict-run-end', 'Predict the final loss of a run in progress.', () => import('./predict-run-end.ts')],
  ['downstream', 'Predict the accuracy of a model on a benchmark from its loss.', () => import('./downstream.ts')],
  ['optimal', 'Find the best model for a budget, or the cheapest for a loss.', () => import('./optimal.ts')],
  ['plan', 'Find the best model under a demand, a cost and constraints.', () => import('./plan.ts')],
  ['sweep', 'Repeat a plan over one or two of its numbers.', () => import('./sweep.ts')],
  ['design', 'Choose the runs to train next.', () => import('./design.ts')],
  ['plot', 'Draw a fit, its rows or its decisions, as SVG or PNG.', () => import('./plot.ts')],
  ['report', 'Write a fit as one page of HTML.', () => import('./report.ts')],
  ['laws', 'List the laws that can be fitted, and the published ones.', () => import('./laws.ts')],
  ['hardware', 'List the known GPUs.', () => import('./hardware.ts')],
  ['demo', 'Fit, predict and decide on bundled runs whose law is known.', () => import('./demo.ts')],
  ['init', 'Write a config file with every flag, commented out.', () => import('./init.ts')],
  ['completion', 'Print a script that completes commands and flags in a shell.', () => import('./completion.ts')],
];

/** The commands. */
export const COMMANDS: readonly Listed[] = ROWS.map(([name, description, load]) => ({
  name,
  description,
  load: async () => ({ name, description, ...(await load()).declared }),
}));

/** The declarations of all commands, or of those named. */
export const loaded = (names?: readonly string[]): Promise<readonly Spec[]> =>
  Promise.all(COMMANDS.filter(({ name }) => names?.includes(name) ?? true).map(({ load }) => load()));

/** What the program prints for `scaling-laws help`. */
export const HELP = 'Print the help of a command.';

/** Flags of the program itself. */
export const PROGRAM_FLAGS = [
  ['--version', 'Print the version.'],
  ['--config', 'File with defaults of flags (default: scaling-laws.config.jsonc or .json in this folder).'],
  ['--no-config', 'Use no config file.'],
  ['--help', 'Print this help.'],
] as const;
